"""Near-equal scripts without comparing all: MinHash (Broder, 1997) in bands; alike scripts meet in a bucket."""

import zlib
from collections.abc import Sequence

import numpy as np

BANDS, ROWS = 48, 4  # at half of the words in common a pair meets in one band at least with probability 0.96
_RANDOM = np.random.default_rng(20_230_917)  # fixed: an index must find what it stored last year
_MULTIPLY = _RANDOM.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_ADD = _RANDOM.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)
_MIX = _RANDOM.integers(1, 2**63, ROWS, dtype=np.uint64) | np.uint64(1)
_SHIFT = np.uint64(17)


def bands_of(words: Sequence[str]) -> list[int]:
    """The buckets of a script's words, as signed 64-bit numbers; the band's place is part of each."""
    hashes = np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)
    mixed = hashes[:, None] * _MULTIPLY
    mixed += _ADD
    least = (mixed.min(axis=0) >> _SHIFT).reshape(BANDS, ROWS)  # the least shifted is the shifted least
    joined = (least * _MIX).sum(axis=1, dtype=np.uint64) * np.uint64(64) + np.arange(BANDS, dtype=np.uint64)
    found: list[int] = joined.view(np.int64).tolist()
    return found
