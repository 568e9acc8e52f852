"""The inner loops of the hash index, compiled by numba (which ships its own compiler: none is needed at install).

Multi-index hashing by pigeonhole (Norouzi, Punjani and Fleet, 2012): cut 256 bits into 11 chunks. If two hashes
differ in at most 31 bits, then one of the first ten chunks differs in at most 2 bits, or the last in at most 1
(otherwise at least 10 * 3 + 2 = 32 bits would differ). So every near hash is met by looking up 2,843 chunk values.

Each chunk value heads a chain of the hashes that have it: `heads` holds, for every value, the newest hash (0:
none, n: hash n - 1), `nexts[hash, chunk]` the one before it. A new hash is put at the head of its 11 chains:
nothing moves.
"""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

CHUNKS = 11
WIDTHS = np.array([24] * 3 + [23] * 8, dtype=np.int64)  # bits of each chunk; 256 in all
STARTS = np.concatenate([[0], np.cumsum(WIDTHS)[:-1]]).astype(np.int64)
OFFSETS = np.concatenate([[0], np.cumsum(1 << WIDTHS)]).astype(np.int64)  # where a chunk's heads begin
HEADS = int(OFFSETS[-1])


def flip_masks() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All flips to try, chunk after chunk, in rising order (neighbours share cache lines), and their bounds."""
    masks: list[int] = []
    bounds = [0]
    for place, width in enumerate(WIDTHS.tolist()):
        flips = [0, *(1 << a for a in range(width))]
        if place < CHUNKS - 1:
            flips += [(1 << a) | (1 << b) for a in range(width) for b in range(a)]
        masks += sorted(flips)
        bounds.append(len(masks))
    return np.array(masks, dtype=np.int64), np.array(bounds, dtype=np.int64)


@intrinsic
def _popcount(_typing: Any, _value: Any) -> Any:
    def generate(_context: Any, builder: "ir.IRBuilder", _signature: Any, values: Any) -> Any:
        return builder.ctpop(values[0])

    return types.uint64(types.uint64), generate


@njit(cache=True, inline="always")
def _chunk(words: Any, start: int, width: int) -> Any:
    word, shift = start >> 6, np.uint64(start & 63)
    value = words[word] >> shift
    if (start & 63) + width > 64:
        value |= words[word + 1] << np.uint64(64 - (start & 63))
    return np.int64(value & np.uint64((1 << width) - 1))


@njit(cache=True)
def put_in_chains(
    hashes: Any, first: int, last: int, heads: Any, nexts: Any, starts: Any, widths: Any, offsets: Any
) -> None:
    """Put hashes `first` up to (not with) `last` at the heads of their chains."""
    for one in range(first, last):
        for place in range(nexts.shape[1]):
            head = offsets[place] + _chunk(hashes[one], starts[place], widths[place])
            nexts[one, place] = heads[head]
            heads[head] = one + 1


@njit(cache=True)
def take_from_chains(
    hashes: Any, first: int, last: int, heads: Any, nexts: Any, starts: Any, widths: Any, offsets: Any
) -> None:
    """Take hashes `first` up to (not with) `last`, the newest there are, out of their chains again."""
    for one in range(last - 1, first - 1, -1):
        for place in range(nexts.shape[1]):
            head = offsets[place] + _chunk(hashes[one], starts[place], widths[place])
            if heads[head] == one + 1:  # a degenerate hash is in no chain
                heads[head] = nexts[one, place]


@njit(cache=True)
def find_near(
    query: Any, radius: int, hashes: Any, heads: Any, nexts: Any, starts: Any, widths: Any, offsets: Any,
    masks: Any, bounds: Any, waiting: Any, found: Any, distances: Any,
) -> int:  # fmt: skip
    """Write the hashes within `radius` bits, and how far each is, into `found` and `distances`; return how many.

    A hash may be found through several chunks and is then written as often. When more are found than the arrays
    hold, the count goes on without writing, so that the caller can come back with longer ones.
    """
    count = 0
    for place in range(nexts.shape[1]):
        base, value = offsets[place], _chunk(query, starts[place], widths[place])
        length = 0
        for at in range(bounds[place], bounds[place + 1]):
            head = heads[base + (value ^ masks[at])]
            if head:
                waiting[length] = head
                length += 1
        # All chains of this chunk are walked side by side: the processor then waits for many of them at once.
        while length:
            still = 0
            for at in range(length):
                one = np.int64(waiting[at]) - 1
                following = nexts[one, place]
                if following:
                    waiting[still] = following
                    still += 1
                far = (
                    _popcount(query[0] ^ hashes[one, 0])
                    + _popcount(query[1] ^ hashes[one, 1])
                    + _popcount(query[2] ^ hashes[one, 2])
                    + _popcount(query[3] ^ hashes[one, 3])
                )
                if far <= radius:
                    if count < found.shape[0]:
                        found[count] = one
                        distances[count] = far
                    count += 1
            length = still
    return count
