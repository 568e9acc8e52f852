"""Reads the short notation of the wording files: word families, and phrases made of them.

A family is a list of entries: `post//s/ed/ing` is a stem with its endings, `gift_card` is two words that
follow each other. A phrase is a list of elements, read from left to right: `WILL SHARE ~4 your|ur PIC?`.
Capitals name a family, small letters a word, `|` parts choices, `?` marks what may be missing, `#` is any
number, and `~4` lets up to four other words come between (two, where nothing is said). `<whom>` stands for
each of the parts that the wording file gives that name, and `{~3 A <whom> B}` for these in any order, with up
to three words between: "send the pics to your mum", "your mum gets the pics" are one thought.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product

from lightkeeper.core.errors import UnreadableInput

USUAL_GAP = 2
WIDEST_GAP = 8
LONGEST_PHRASE = 8
WIDEST_PHRASE = 21  # words from its first to its last, the tail's window and one
MOST_WAYS = 400  # that one line of a wording file may stand for
_ANY_ORDER = re.compile(r"\{([^{}]*)\}")
_PART = re.compile(r"<([a-z_]+)>")


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


def spread(text: str, parts: Mapping[str, Sequence[str]]) -> list[str]:
    """A phrase with orders and named parts, as all the plain phrases it stands for. Raises UnreadableInput."""
    done: dict[str, None] = {}
    waiting = [text]
    while waiting:
        one = waiting.pop()
        ways = _open_one(one, parts)
        if ways is None:
            done[one] = None
        else:
            waiting.extend(reversed(ways))
        if len(waiting) + len(done) > MOST_WAYS:
            raise UnreadableInput(f"the phrase {text!r} stands for more than {MOST_WAYS}")
    return list(done)


def _open_one(text: str, parts: Mapping[str, Sequence[str]]) -> list[str] | None:
    """The ways of its first order or part, orders before parts; None when it has neither."""
    if order := _ANY_ORDER.search(text):
        gap, *items = order[1].split() if order[1].strip().startswith("~") else ["", *order[1].split()]
        ways = [f" {gap} ".join(way) for way in permutations(items)]
    elif order := _PART.search(text):
        if order[1] not in parts:
            raise UnreadableInput(f"the phrase {text!r} names the unknown part {order[1]}")
        ways = list(parts[order[1]])
    else:
        return None
    return [text[: order.start()] + way + text[order.end() :] for way in ways]


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
