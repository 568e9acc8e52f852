"""The different words of many scripts as sorted 32-bit hashes, cut from their bytes in one sweep."""

from collections.abc import Sequence

import numpy as np

from lightkeeper.link.arrays.compiled import Longs, compiled
from lightkeeper.link.arrays.families import WordHashes
from lightkeeper.link.arrays.signs import BASIS, LOWER, PRIME, Bytes
from lightkeeper.link.forms.script import FEWEST_WORDS, MOST_WORDS
from lightkeeper.link.forms.text import plain_text


def word_hashes(scripts: Sequence[str]) -> tuple[WordHashes, Longs]:
    """Hashes and where each script's begin; a script with fewer than eight different words has none."""
    plain = [text if text.isascii() else letters_only(text) for text in scripts]
    ends = np.cumsum(np.array([len(text.encode()) for text in plain], np.int64))
    data = np.frombuffer("".join(plain).encode(), np.uint8)
    start = np.concatenate([[0], ends]).astype(np.int64)
    words = np.empty(len(data) // 2 + len(scripts) + 1, np.uint32)
    found = _cut(data, start, words)
    return words[: found[-1]].copy(), found


def letters_only(text: str) -> str:
    """A script that is not plain ASCII, with everything but letters and digits as spaces."""
    return "".join(sign if sign.isalnum() else " " for sign in plain_text(text))


@compiled
def _cut(data: Bytes, start: Longs, words: WordHashes) -> Longs:
    found = np.zeros(len(start), np.int64)
    for one in range(len(start) - 1):
        found[one + 1] = cut_words(data, start[one], start[one + 1], words, found[one])
    return found


@compiled
def cut_words(data: Bytes, start: int, end: int, words: WordHashes, first: int) -> int:
    """The different words of one text, sorted, from words[first] on; gives the end, or `first` if too few."""
    filled, hashed, length = first, BASIS, 0
    for place in range(start, end + 1):
        sign = data[place] if place < end else np.uint8(32)
        letter = LOWER[sign] if sign < 128 else sign
        if letter:
            hashed = (hashed ^ np.uint64(letter)) * PRIME
            length += 1
        elif length:
            words[filled] = np.uint32((hashed ^ (hashed >> np.uint64(32))) & np.uint64(0xFFFFFFFF))
            filled += 1
            hashed, length = BASIS, 0
            if filled - first == MOST_WORDS:
                break
    filled = _different(words, first, filled)
    return filled if filled - first >= FEWEST_WORDS else first


@compiled
def _different(words: WordHashes, first: int, end: int) -> int:
    """Sort words[first:end], mostly some fifty, and drop the doubles; gives the new end."""
    kept = first
    for place in range(first, end):
        word, low = words[place], kept
        while low > first and words[low - 1] > word:
            low -= 1
        if low > first and words[low - 1] == word:
            continue
        for each in range(kept, low, -1):
            words[each] = words[each - 1]
        words[low] = word
        kept += 1
    return kept
