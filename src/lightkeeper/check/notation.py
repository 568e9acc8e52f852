"""Reads the short notation of the wording files: word families, and phrases made of them.

A family is a list of entries: `post//s/ed/ing` is a stem with its endings, `gift_card` is two words that
follow each other. A phrase is a list of elements, read from left to right: `WILL SHARE ~4 your|ur PIC?`.
Capitals name a family, small letters a word, `|` parts choices, `?` marks what may be missing, `#` is any
number, and `~4` lets up to four other words come between (two, where nothing is said).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from lightkeeper.core.errors import UnreadableInput

USUAL_GAP = 2
WIDEST_GAP = 8
LONGEST_PHRASE = 8
WIDEST_PHRASE = 21  # words from its first to its last, the tail's window and one


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a phrase: any of these families and words, after at most `gap` others."""

    families: tuple[str, ...]
    words: tuple[str, ...]
    gap: int


def read_words(entries: str) -> tuple[str, ...]:
    """All words of a list of entries, each stem with each of its endings, sorted and once each."""
    return tuple(sorted({word for entry in entries.split() for word in _endings(entry)}))


def _endings(entry: str) -> Iterator[str]:
    stem, *endings = entry.split("/")
    yield from (stem + ending for ending in endings) if endings else (stem,)


def read_phrase(text: str) -> tuple[tuple[Element, ...], ...]:
    """One phrase, as every way of leaving out what may be missing. Raises UnreadableInput."""
    elements: list[Element] = []
    may_miss: list[bool] = []
    gap = USUAL_GAP
    for part in text.split():
        if part.startswith("~"):
            gap = int(part[1:])
            continue
        elements.append(_read_element(part.removesuffix("?"), gap if elements else 0))
        may_miss.append(part.endswith("?"))
        gap = USUAL_GAP
    if sum(one.gap + 1 for one in elements) > WIDEST_PHRASE:
        raise UnreadableInput(f"the phrase {text!r} may be longer than {WIDEST_PHRASE} words")
    if may_miss and may_miss[-1]:
        raise UnreadableInput(f"the phrase {text!r}: what may be missing at its end changes nothing")
    if not elements or len(elements) > LONGEST_PHRASE or any(one.gap > WIDEST_GAP for one in elements):
        raise UnreadableInput(f"the phrase {text!r} needs 1 to {LONGEST_PHRASE} places, gaps to {WIDEST_GAP}")
    choices = product(*((True, False) if missing else (True,) for missing in may_miss))
    ways = (tuple(one for one, kept in zip(elements, choice, strict=True) if kept) for choice in choices)
    return tuple(dict.fromkeys(way for way in ways if way))


def _read_element(part: str, gap: int) -> Element:
    choices = [choice for choice in part.split("|") if choice]
    families = tuple(one for one in choices if one.isupper() and one.isascii())
    words = tuple(word for one in choices if one not in families for word in read_words(one))
    return Element(families, words, gap)
