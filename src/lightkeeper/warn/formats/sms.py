"""A text message: what to do and whom to call, in as few parts as can be."""

from dataclasses import dataclass

from lightkeeper.core.errors import WarningRefused
from lightkeeper.warn.warning import PublicWarning
from lightkeeper.warn.wording import wording

# The alphabet of GSM 03.38; a sign outside it makes every part much shorter.
_BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = set("^{}\\[~]|€")
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "…": "...", "·": "-", "â": "a", "ê": "e"}
)
_PLAIN |= str.maketrans({"î": "i", "ô": "o", "û": "u", "ŵ": "w", "ŷ": "y", "Â": "A", "Ê": "E", "Ŵ": "W", "Ŷ": "Y"})
_MOST_PARTS = 2


@dataclass(frozen=True, slots=True)
class TextMessage:
    text: str
    parts: int


def write_sms(warning: PublicWarning) -> TextMessage:
    """The message in the plain alphabet. Raises WarningRefused when it needs more than two parts."""
    text = wording(warning.language).say("post/sms", force=warning.force).translate(_PLAIN)
    parts = count_parts(text)
    if parts > _MOST_PARTS:
        raise WarningRefused(f"a text message has at most {_MOST_PARTS} parts, this has {parts}")
    return TextMessage(text, parts)


def count_parts(text: str) -> int:
    """How many parts a phone company charges for: 160 signs or parts of 153; 70 and 67 outside the alphabet."""
    if all(sign in _BASIC or sign in _DOUBLE for sign in text):
        length, alone, each = sum(2 if sign in _DOUBLE else 1 for sign in text), 160, 153
    else:
        length, alone, each = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if length <= alone else -(-length // each)
