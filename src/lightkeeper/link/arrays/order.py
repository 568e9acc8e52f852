"""Putting numbers in order by counting their digits: stable, and cheaper than comparing when they are short."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link.arrays.compiled import Ints, compiled

DIGIT = 11  # bits that are counted at once


@compiled
def order_of(key: NDArray[Any], bits: int) -> Ints:
    """The places of unsigned numbers of so many bits, the smallest first; equal ones stay in order."""
    order = np.arange(len(key), dtype=np.int32)
    other = np.empty(len(key), np.int32)
    mask = (1 << DIGIT) - 1
    for shift in range(0, bits, DIGIT):
        counts = np.zeros(mask + 2, np.int64)
        for one in order:
            counts[((np.int64(key[one]) >> shift) & mask) + 1] += 1
        for digit in range(mask):
            counts[digit + 1] += counts[digit]
        for one in order:
            its = (np.int64(key[one]) >> shift) & mask
            other[counts[its]] = one
            counts[its] += 1
        order, other = other, order
    return order
