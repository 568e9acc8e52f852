"""Near-equal pictures and scripts among millions: candidates by keys that near ones share, then compared exactly.

A few thousand are compared each with each, like the judge does. Above that, near ones are looked for in buckets:
for pictures chunks of the 256 bits under several orders (pigeonhole: what differs little agrees on some chunk),
for scripts the smallest hashes of their words (MinHash). In a bucket each is compared with the bucket's leaders,
so that a script sent a hundred thousand times costs a hundred thousand comparisons and not their square.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link.arrays.compiled import Bools, Ints, Longs, compiled, find, join, roots
from lightkeeper.link.arrays.order import order_of
from lightkeeper.link.arrays.signs import Hashes, stirred
from lightkeeper.link.family import ALIKE
from lightkeeper.link.forms.image import BITS, FEWEST_BYTES, FEWEST_SET, NEAR

EACH_WITH_EACH = 3_000
ORDERS = 2  # shuffles of the bits
BANDS = 12  # pairs of smallest word hashes; half the words in common meet in one of twelve with 97 %
HASHES = 2 * BANDS  # smallest hashes kept of each script
IMAGE_LEADERS, SCRIPT_LEADERS = 16, 4
WordHashes = NDArray[np.uint32]  # the different words of all scripts, one after the other, sorted within each
_dice = np.random.default_rng(1)
_TIMES = (_dice.integers(0, 2**31, HASHES) * 2 + 1).astype(np.uint32)
_PLUS = _dice.integers(0, 2**32, HASHES).astype(np.uint32)


def image_groups(hashes: Hashes) -> Ints:
    """For each picture the first of its family."""
    parent = np.arange(len(hashes), dtype=np.int32)
    if len(hashes) <= EACH_WITH_EACH:
        _each_image(hashes, parent)
        return roots(parent)
    key = np.empty(len(hashes), np.uint32)
    for bits in chunks(len(hashes)):
        chunk_keys(hashes, bits, key)
        join_images(order_of(key, len(bits)), key, hashes, parent)
    return roots(parent)


def chunks(count: int) -> Iterator[Longs]:
    """Which bits make a key, for each of the buckets that so many pictures are looked for in."""
    width, shuffle = min(24, max(12, int(np.log2(count)) + 2)), np.random.default_rng(1)
    for _ in range(ORDERS):
        bits = shuffle.permutation(BITS)
        for start in range(0, BITS - width + 1, width):
            yield bits[start : start + width]


def script_groups(words: WordHashes, start: Longs, sketches: WordHashes) -> Ints:
    """For each script (its words stand from start[i] to start[i+1]) the first of its family."""
    count = len(start) - 1
    parent = np.arange(count, dtype=np.int32)
    if count <= EACH_WITH_EACH:
        _each_script(words, start, parent)
        return roots(parent)
    for band in range(BANDS):
        key = band_keys(sketches, band)
        join_scripts(order_of(key, 32), key, words, start, parent)
    return roots(parent)


@compiled
def _ones(x: np.uint64) -> np.uint64:
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (x * np.uint64(0x0101010101010101)) >> np.uint64(56)


@compiled
def _same_picture(hashes: Hashes, a: int, b: int) -> bool:
    differ = np.uint64(0)
    for part in range(4):
        differ += _ones(hashes[a, part] ^ hashes[b, part])
    return bool(differ <= np.uint64(NEAR))


@compiled
def _same_script(words: WordHashes, start: Longs, a: int, b: int) -> bool:
    i, end_i, j, end_j = start[a], start[a + 1], start[b], start[b + 1]
    total, both = end_i - i + end_j - j, 0
    while i < end_i and j < end_j:
        if words[i] == words[j]:
            both += 1
            i += 1
            j += 1
        elif words[i] < words[j]:
            i += 1
        else:
            j += 1
    return bool(both > 0 and both / (total - both) >= ALIKE)


@compiled
def _each_image(hashes: Hashes, parent: Ints) -> None:
    for a in range(len(hashes)):
        for b in range(a):
            if _same_picture(hashes, a, b):
                join(parent, a, b)


@compiled
def _each_script(words: WordHashes, start: Longs, parent: Ints) -> None:
    for a in range(len(start) - 1):
        for b in range(a):
            if _same_script(words, start, a, b):
                join(parent, a, b)


@compiled
def chunk_keys(hashes: Hashes, bits: Longs, key: NDArray[np.uint32]) -> None:
    for one in range(len(hashes)):
        found = np.uint64(0)
        for bit in bits:
            found = (found << np.uint64(1)) | ((hashes[one, bit >> 6] >> np.uint64(bit & 63)) & np.uint64(1))
        key[one] = found


@compiled
def is_degenerate(picture: Hashes) -> bool:
    """Whether a hash is too plain to tell pictures apart: the compiled twin of `forms.image.is_degenerate`."""
    ones, seen, patterns = np.int64(0), np.zeros(4, np.uint64), 0
    for part in range(4):
        rest = picture[part]
        ones += np.int64(_ones(rest))
        for _ in range(8):
            byte = rest & np.uint64(255)
            bit = np.uint64(1) << (byte & np.uint64(63))
            patterns += (seen[byte >> np.uint64(6)] & bit) == np.uint64(0)
            seen[byte >> np.uint64(6)] |= bit
            rest >>= np.uint64(8)
    return not FEWEST_SET <= ones <= BITS - FEWEST_SET or patterns < FEWEST_BYTES


@compiled
def degenerate(hashes: Hashes) -> Bools:
    """Which of many hashes are too plain."""
    found = np.zeros(len(hashes), np.bool_)
    for one in range(len(hashes)):
        found[one] = is_degenerate(hashes[one])
    return found


@compiled
def sketch(words: WordHashes, first: int, end: int, smallest: WordHashes) -> None:
    """The smallest of the words' hashes, by each of some ways to hash them (MinHash)."""
    for one in range(len(smallest)):
        times, plus, low = _TIMES[one], _PLUS[one], np.uint32(0xFFFFFFFF)
        for place in range(first, end):
            low = min(low, np.uint32(words[place] * times + plus))
        smallest[one] = low


@compiled
def sketch_each(words: WordHashes, start: Longs) -> WordHashes:
    """The sketches of many scripts."""
    found = np.empty((len(start) - 1, HASHES), np.uint32)
    for one in range(len(found)):
        sketch(words, start[one], start[one + 1], found[one])
    return found


@compiled
def band_keys(sketches: WordHashes, band: int) -> WordHashes:
    """Two smallest hashes of each script as one number: scripts with the same may be alike."""
    key = np.empty(len(sketches), np.uint32)
    for one in range(len(sketches)):
        both = (np.uint64(sketches[one, 2 * band]) << np.uint64(32)) | np.uint64(sketches[one, 2 * band + 1])
        key[one] = np.uint32(stirred(both) & np.uint64(0xFFFFFFFF))
    return key


@compiled
def join_images(order: Ints, key: NDArray[np.uint32], hashes: Hashes, parent: Ints) -> None:
    leaders = np.empty(IMAGE_LEADERS, np.int64)
    first, count = 0, 0
    for place in range(len(order)):
        one, new = order[place], True
        if key[one] != key[order[first]]:
            first, count = place, 0
        for leader in leaders[:count]:
            if find(parent, one) == find(parent, leader) or _same_picture(hashes, one, leader):
                join(parent, one, leader)
                new = False
                break
        if new and count < IMAGE_LEADERS:
            leaders[count] = one
            count += 1


@compiled
def join_scripts(order: Ints, key: WordHashes, words: WordHashes, start: Longs, parent: Ints) -> None:
    leaders = np.empty(SCRIPT_LEADERS, np.int64)
    first, count = 0, 0
    for place in range(len(order)):
        one, new = order[place], True
        if key[one] != key[order[first]]:
            first, count = place, 0
        for leader in leaders[:count]:
            if find(parent, one) == find(parent, leader) or _same_script(words, start, one, leader):
                join(parent, one, leader)
                new = False
                break
        if new and count < SCRIPT_LEADERS:
            leaders[count] = one
            count += 1
