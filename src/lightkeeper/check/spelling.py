"""How far one spelling is from another: doubled letters and one-edit typos."""

import re
from itertools import pairwise

_RUN = re.compile(r"(.)\1\1", re.DOTALL)


def squeeze(word: str) -> str:
    """The word without doubled letters."""
    return word[:1] + "".join(after for before, after in pairwise(word) if before != after)


def has_run(word: str) -> bool:
    """True when a letter stands three times in a row."""
    return _RUN.search(word) is not None


def deletions(word: str) -> list[str]:
    """The word with each of its letters left out in turn."""
    return [word[:place] + word[place + 1 :] for place in range(len(word))]


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
