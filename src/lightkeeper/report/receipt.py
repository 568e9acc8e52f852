"""The receipt: nine words that bring a person back to the answer, without a name, a phone or an account.

Eight words are 80 random bits; the ninth is computed from them, so that a wrong word is noticed on the
spot. Nobody keeps the words: from them, and from a secret of the public site (the pepper), come a lookup
under which replies wait and an age key that opens them.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from pyrage import x25519

from lightkeeper.core.errors import WrongReceipt
from lightkeeper.report.bech32 import encode

BITS_A_WORD = 10
RANDOM_WORDS = 8
WORDS = RANDOM_WORDS + 1
BYTES = RANDOM_WORDS * BITS_A_WORD // 8
DISTINCT = 4  # no two words of the list share their first four letters


@dataclass(frozen=True, slots=True)
class Receipt:
    """The 80 random bits behind the words."""

    entropy: bytes = field(repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """The nine words, the last one for checking."""
        number = int.from_bytes(self.entropy, "big")
        places = [number >> BITS_A_WORD * step & 1023 for step in reversed(range(RANDOM_WORDS))]
        return (*(word_list()[place] for place in places), _check_word(self.entropy))


@dataclass(frozen=True, slots=True)
class Door:
    """What a receipt opens: `lookup` (64 hex digits) names the replies, `identity` reads them."""

    lookup: str = field(repr=False)
    identity: str = field(repr=False)

    @property
    def recipient(self) -> str:
        """The public half, which travels inside the sealed envelope so that the team can seal a reply."""
        return str(x25519.Identity.from_str(self.identity).to_public())


def make_receipt() -> Receipt:
    """Draw 80 bits from the system's random source."""
    return Receipt(secrets.token_bytes(BYTES))


def read_receipt(text: str) -> Receipt:
    """Understand words as they were typed: any case, any separators, four letters or one slip a word.

    Raises WrongReceipt, without saying what was typed, when a word is unknown or missing or when the
    check word does not fit.
    """
    typed = re.findall(r"[a-z]+", text.lower())
    if len(typed) != WORDS:
        raise WrongReceipt(f"a receipt has {WORDS} words")
    places = [_find(word, place) for place, word in enumerate(typed, 1)]
    number = 0
    for place in places[:RANDOM_WORDS]:
        number = number << BITS_A_WORD | place
    receipt = Receipt(number.to_bytes(BYTES, "big"))
    if receipt.words[-1] != word_list()[places[-1]]:
        raise WrongReceipt("the words do not fit together: one of them is another word")
    return receipt


def door(receipt: Receipt, pepper: bytes) -> Door:
    """What this receipt opens on the site that holds this pepper (32 bytes or more, kept off the database)."""
    secret = hmac.new(pepper, b"lightkeeper receipt 1" + receipt.entropy, hashlib.sha512).digest()
    lookup = hmac.new(secret, b"lookup", hashlib.sha256).hexdigest()
    key = hmac.new(secret, b"identity", hashlib.sha256).digest()
    return Door(lookup=lookup, identity=encode("age-secret-key-", key).upper())


@cache
def word_list() -> tuple[str, ...]:
    """The 1,024 words, in order. Two letters at least differ between any two of them."""
    return tuple(files("lightkeeper.report").joinpath("words.txt").read_text(encoding="ascii").split())


def _check_word(entropy: bytes) -> str:
    digest = hashlib.sha256(b"lightkeeper check word" + entropy).digest()
    return word_list()[int.from_bytes(digest[:2], "big") & 1023]


@cache
def _by_beginning() -> Mapping[str, int]:
    return MappingProxyType({word[:DISTINCT]: place for place, word in enumerate(word_list())})


def _find(typed: str, at: int) -> int:
    known = word_list()
    place = _by_beginning().get(typed[:DISTINCT])
    if place is not None and (len(typed) == DISTINCT or known[place] == typed):
        return place
    close = [number for number, word in enumerate(known) if one_slip(typed, word)]
    if len(close) != 1:
        raise WrongReceipt("a word is not in the list that receipts are made of", place=at)
    return close[0]


def one_slip(typed: str, word: str) -> bool:
    """Whether one letter is missing, too many or wrong, or two neighbours are swapped."""
    if typed == word or abs(len(typed) - len(word)) > 1:
        return typed == word
    start = next((at for at, pair in enumerate(zip(typed, word, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True  # one is the other with one letter more at its end
    if len(typed) == len(word):
        swapped = typed[start : start + 2] == word[start : start + 2][::-1]
        return typed[start + 1 :] == word[start + 1 :] or (swapped and typed[start + 2 :] == word[start + 2 :])
    longer, shorter = (typed, word) if len(typed) > len(word) else (word, typed)
    return longer[start + 1 :] == shorter[start:]
