"""The different words of many scripts as sorted 32-bit hashes, cut from their bytes in one sweep."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link.arrays.compiled import Longs, compiled
from lightkeeper.link.arrays.families import WordHashes
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
def _cut(data: NDArray[np.uint8], start: Longs, words: WordHashes) -> Longs:
    found = np.zeros(len(start), np.int64)
    filled = 0
    for one in range(len(start) - 1):
        first, count, hashed, length = filled, 0, np.uint64(0xCBF29CE484222325), 0
        for place in range(start[one], start[one + 1] + 1):
            sign = data[place] if place < start[one + 1] else np.uint8(32)
            if 65 <= sign <= 90:
                sign += np.uint8(32)
            if 97 <= sign <= 122 or 48 <= sign <= 57 or sign >= 128:
                hashed = (hashed ^ np.uint64(sign)) * np.uint64(0x100000001B3)
                length += 1
            elif length:
                words[filled] = np.uint32((hashed ^ (hashed >> np.uint64(32))) & np.uint64(0xFFFFFFFF))
                filled += 1
                count += 1
                hashed, length = np.uint64(0xCBF29CE484222325), 0
                if count == MOST_WORDS:
                    break
        filled = _different(words, first, filled)
        if filled - first < FEWEST_WORDS:
            filled = first
        found[one + 1] = filled
    return found


@compiled
def _different(words: WordHashes, first: int, end: int) -> int:
    """Sort words[first:end] and drop the doubles; gives the new end."""
    words[first:end].sort()
    kept = first
    for place in range(first, end):
        if kept == first or words[place] != words[kept - 1]:
            words[kept] = words[place]
            kept += 1
    return kept
