"""How far one spelling is from another: doubled letters and one-edit typos."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, product

_RUN = re.compile(r"(.)\1\1+", re.DOTALL)
_PAIR = re.compile(r"(?=(.)\1)", re.DOTALL)
MOST_RUNS = 4  # in one word, for which each way is tried


def squeeze(word: str) -> str:
    """The word without doubled letters."""
    return word[:1] + "".join(after for before, after in pairwise(word) if before != after)


def has_run(word: str) -> bool:
    """True when a letter stands three times in a row."""
    return _RUN.search(word) is not None


def unstretch(word: str) -> Iterator[str]:
    """What a word with drawn-out letters may mean: each run of three and more is two letters or one."""
    runs = len(_RUN.findall(word))
    if runs > MOST_RUNS:
        yield _RUN.sub(r"\1", word)
        return
    for sizes in product((2, 1), repeat=runs):
        yield _shorten(word, sizes)


def _shorten(word: str, sizes: Iterable[int]) -> str:
    left = iter(sizes)
    return _RUN.sub(lambda run: run[1] * next(left), word)


def jumble(word: str) -> str:
    """The same for all words that differ in the order of the letters after the first alone."""
    return word[:1] + "".join(sorted(word[1:]))


def is_swap(word: str, other: str) -> bool:
    """True when two letters that stand together changed places, and nothing else is different."""
    different = [place for place in range(len(word)) if word[place] != other[place]]
    return len(different) == 2 and different[1] == different[0] + 1


def deletions(word: str) -> list[str]:
    """The word with each of its letters left out in turn."""
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


def slips(word: str) -> set[str]:
    """What is left of a word without one of the letters inside it."""
    return {word[:place] + word[place + 1 :] for place in range(1, len(word) - 1)}


def undouble(word: str) -> set[str]:
    """What a word is without one of two equal letters that stand together."""
    return {word[: pair.start()] + word[pair.start() + 1 :] for pair in _PAIR.finditer(word)}


def is_typo(word: str, key: str, hidden: bool = False) -> bool:
    """True when one edit turns the key word into the word; short keys allow fewer kinds of edit.

    `hidden` means that a letter was hidden behind a star: then the word is the key with one letter less.
    """
    if hidden:
        return len(word) == len(key) - 1 and len(key) >= 4 and word[0] == key[0] and word in deletions(key)
    if len(word) == len(key):
        different = [place for place in range(len(key)) if word[place] != key[place]]
        if len(different) == 2 and different[1] == different[0] + 1:
            first, second = different
            return word[first] == key[second] and word[second] == key[first]
        return len(different) == 1 and len(key) >= 5 and (different[0] > 0 or len(key) >= 6)
    if len(word) == len(key) + 1:
        return key in deletions(word) and (word[0] == key[0] or len(key) >= 6)
    return len(key) >= 5 and word in deletions(key) and (word[0] == key[0] or len(key) >= 6)
