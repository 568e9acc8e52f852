"""Near-equal pictures and scripts among millions: candidates by keys that near ones share, then compared exactly.

A few thousand are compared each with each, like the judge does. Above that, near ones are looked for in buckets:
for pictures chunks of the 256 bits under several orders (pigeonhole: what differs little agrees on some chunk),
for scripts the smallest hashes of their words (MinHash). In a bucket each is compared with the bucket's leaders,
so that a script sent a hundred thousand times costs a hundred thousand comparisons and not their square.
"""

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link.arrays.compiled import Ints, Longs, compiled, find, join, roots
from lightkeeper.link.family import ALIKE
from lightkeeper.link.forms.image import BITS, NEAR

EACH_WITH_EACH = 3_000
ORDERS = 2  # shuffles of the bits
BANDS = 12  # pairs of smallest word hashes; half the words in common meet in one of twelve with 97 %
IMAGE_LEADERS, SCRIPT_LEADERS = 16, 4
Hashes = NDArray[np.uint64]  # four 64-bit words a picture
WordHashes = NDArray[np.uint32]  # the different words of all scripts, one after the other, sorted within each


def image_groups(hashes: Hashes) -> Ints:
    """For each picture the first of its family."""
    parent = np.arange(len(hashes), dtype=np.int32)
    if len(hashes) <= EACH_WITH_EACH:
        _each_image(hashes, parent)
        return roots(parent)
    width = min(24, max(12, int(np.log2(len(hashes))) + 2))
    shuffle = np.random.default_rng(1)
    key = np.empty(len(hashes), np.uint32)
    for _ in range(ORDERS):
        bits = shuffle.permutation(BITS)
        for start in range(0, BITS - width + 1, width):
            _chunk(hashes, bits[start : start + width], key)
            order = np.argsort(key, kind="stable")
            _join_images(order, key[order], hashes, parent)
    return roots(parent)


def script_groups(words: WordHashes, start: Longs) -> Ints:
    """For each script (its words stand from start[i] to start[i+1]) the first of its family."""
    count = len(start) - 1
    parent = np.arange(count, dtype=np.int32)
    if count <= EACH_WITH_EACH:
        _each_script(words, start, parent)
        return roots(parent)
    for band in range(BANDS):
        key = _smallest(words, start, band)
        order = np.argsort(key, kind="stable")
        _join_scripts(order, key[order], words, start, parent)
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
def _chunk(hashes: Hashes, bits: Longs, key: NDArray[np.uint32]) -> None:
    for one in range(len(hashes)):
        found = np.uint64(0)
        for bit in bits:
            found = (found << np.uint64(1)) | ((hashes[one, bit >> 6] >> np.uint64(bit & 63)) & np.uint64(1))
        key[one] = found


@compiled
def _mix(x: np.uint64) -> np.uint64:
    x ^= x >> np.uint64(33)
    x *= np.uint64(0xFF51AFD7ED558CCD)
    x ^= x >> np.uint64(33)
    x *= np.uint64(0xC4CEB9FE1A85EC53)
    return x ^ (x >> np.uint64(33))


@compiled
def _smallest(words: WordHashes, start: Longs, band: int) -> Hashes:
    """Two smallest hashes of each script's words, side by side: the band's key."""
    key = np.empty(len(start) - 1, np.uint64)
    salt = np.uint64(band + 1) * np.uint64(0x9E3779B97F4A7C15)
    for one in range(len(start) - 1):
        low, high = np.uint32(0xFFFFFFFF), np.uint32(0xFFFFFFFF)
        for place in range(start[one], start[one + 1]):
            mixed = _mix(np.uint64(words[place]) + salt)
            low = min(low, np.uint32(mixed & np.uint64(0xFFFFFFFF)))
            high = min(high, np.uint32(mixed >> np.uint64(32)))
        key[one] = (np.uint64(high) << np.uint64(32)) | np.uint64(low)
    return key


@compiled
def _join_images(order: Longs, key: NDArray[np.uint32], hashes: Hashes, parent: Ints) -> None:
    leaders = np.empty(IMAGE_LEADERS, np.int64)
    first, count = 0, 0
    for place in range(len(order)):
        if key[place] != key[first]:
            first, count = place, 0
        one, new = order[place], True
        for leader in leaders[:count]:
            if find(parent, one) == find(parent, leader) or _same_picture(hashes, one, leader):
                join(parent, one, leader)
                new = False
                break
        if new and count < IMAGE_LEADERS:
            leaders[count] = one
            count += 1


@compiled
def _join_scripts(order: Longs, key: Hashes, words: WordHashes, start: Longs, parent: Ints) -> None:
    leaders = np.empty(SCRIPT_LEADERS, np.int64)
    first, count = 0, 0
    for place in range(len(order)):
        if key[place] != key[first]:
            first, count = place, 0
        one, new = order[place], True
        for leader in leaders[:count]:
            if find(parent, one) == find(parent, leader) or _same_script(words, start, one, leader):
                join(parent, one, leader)
                new = False
                break
        if new and count < SCRIPT_LEADERS:
            leaders[count] = one
            count += 1
