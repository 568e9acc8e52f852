"""The letters as they are meant: capitals, accents, look-alikes of other scripts, and picture signs.

Made once, when the rules are compiled, and written into them, so that both engines fold the same way
whatever Unicode tables they come with.
"""

import unicodedata
from string import ascii_lowercase

# Look-alikes that Unicode itself does not fold to a Latin letter.
LOOK_ALIKES = {
    "а": "a", "А": "a", "ɑ": "a", "α": "a", "Α": "a", "Λ": "a", "∀": "a",
    "в": "b", "В": "b", "ь": "b", "Ь": "b", "β": "b", "Β": "b", "ß": "ss", "ẞ": "ss",
    "с": "c", "С": "c", "ϲ": "c", "ⅽ": "c", "ԁ": "d", "ɗ": "d", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d",
    "е": "e", "Е": "e", "ё": "e", "Ё": "e", "є": "e", "Є": "e", "ε": "e", "Ε": "e", "э": "e", "ə": "e",
    "ƒ": "f", "ɡ": "g", "ց": "g", "һ": "h", "Н": "h", "н": "h", "Η": "h", "ħ": "h", "Ħ": "h",
    "і": "i", "І": "i", "ї": "i", "Ї": "i", "ι": "i", "Ι": "i", "ı": "i", "ɩ": "i",
    "ј": "j", "Ј": "j", "к": "k", "К": "k", "κ": "k", "Κ": "k", "ӏ": "l", "Ӏ": "l", "ł": "l", "Ł": "l",
    "м": "m", "М": "m", "Μ": "m", "п": "n", "Ν": "n", "η": "n", "и": "n", "ո": "n",
    "о": "o", "О": "o", "ο": "o", "Ο": "o", "σ": "o", "ø": "o", "Ø": "o", "օ": "o", "ө": "o", "○": "o",
    "р": "p", "Р": "p", "ρ": "p", "Ρ": "p", "ԛ": "q", "г": "r", "я": "r", "Я": "r",
    "ѕ": "s", "Ѕ": "s", "ʂ": "s", "т": "t", "Т": "t", "τ": "t", "Τ": "t", "ŧ": "t", "†": "t",
    "υ": "u", "ц": "u", "ս": "u", "ν": "v", "ѵ": "v", "ԝ": "w", "ѡ": "w", "ω": "w", "ш": "w",
    "х": "x", "Х": "x", "χ": "x", "Χ": "x", "у": "y", "У": "y", "ү": "y", "γ": "y", "Υ": "y", "ý": "y",
    "ʐ": "z", "Ζ": "z", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th",
}  # fmt: skip

# Signs that are words. The left-hand side is written in the wording files like any other word.
_SIGNS = {
    **{"$": "$", "£": "£", "€": "€", "₿": "₿", "💳": "💳", "🎁": "🎁", "🔪": "🔪", "🤫": "🤫🤐", "🗑": "🗑"},
    **{"💰": "💰💸💵💴💶💷🤑🪙", "⏳": "⏳⌛⏰⏱⏲🕐🕛", "📷": "📷📸🖼🤳", "📹": "📹🎥📽🎬", "📤": "📤📲✉📧📩🚀"},
    **{"➡": "➡→➜➔⇒👉", "👪": "👪👨👩", "🏫": "🏫🎒", "👥": "👥", "🌍": "🌍🌎🌐", "👮": "👮🚔", "🚫": "🚫📵"},
}
SIGNS = {sign: word for word, signs in _SIGNS.items() for sign in signs}

# Inside a word these say nothing: apostrophes, zero-width characters, joiners, soft hyphens, accents alone.
SILENT = (
    "'’‘`´ʼ′\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
    + "".join(map(chr, range(0x300, 0x370)))
)

# What stands for a letter in "p1cs", "$end" and "m@ney"; the first is tried first.
LEET = {
    "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g",
    "$": "s", "@": "a", "!": "il", "|": "li", "€": "e", "+": "t", "£": "l", "¡": "i", "(": "c", "§": "s",
}  # fmt: skip

_RANGES = (
    *((0x41, 0x5B), (0xAA, 0x250), (0x1E00, 0x1F00), (0x2070, 0x20A0), (0x2100, 0x2190)),
    *((0x2460, 0x24F0), (0xFF10, 0xFF5B), (0x1D400, 0x1D800)),
)


def fold_table() -> dict[str, str]:
    """Each character that is not a plain small letter or digit but means one, with what it means."""
    table = {chr(code): folded for span in _RANGES for code in range(*span) if (folded := _fold(chr(code)))}
    for start in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6):  # squared, circled, boxed and flag letters
        table |= {chr(start + place): letter for place, letter in enumerate(ascii_lowercase)}
    return dict(sorted((table | LOOK_ALIKES).items()))


def _fold(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character).lower()
    kept = "".join(one for one in plain if one.isascii() and one.isalnum())
    return kept if len(kept) <= 2 and kept != character else ""
