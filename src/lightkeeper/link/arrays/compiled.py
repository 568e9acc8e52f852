"""The plain functions of `weigh`, compiled as they are, and groups that only ever grow."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from lightkeeper.link import weigh

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_F = TypeVar("_F", bound=Callable[..., Any])


def compiled(function: _F) -> _F:
    """Compile to machine code at the first call and keep that for the next run."""
    return cast(_F, numba.njit(cache=True, nogil=True)(function))


shared_by_chance = compiled(weigh.shared_by_chance)
is_company = compiled(weigh.is_company)
is_hub = compiled(weigh.is_hub)
key_class = compiled(weigh.key_class)
pair_class = compiled(weigh.pair_class)
agreement = compiled(weigh.agreement)
disagreement = compiled(weigh.disagreement)
standing = compiled(weigh.standing)
bar = compiled(weigh.bar)
may_join = compiled(weigh.may_join)


@compiled
def find(parent: Ints, one: int) -> int:
    while parent[one] != one:
        parent[one] = parent[parent[one]]
        one = parent[one]
    return one


@compiled
def join(parent: Ints, a: int, b: int) -> bool:
    """Join two groups under their smallest member; False when they were one already."""
    a, b = find(parent, a), find(parent, b)
    parent[max(a, b)] = min(a, b)
    return a != b


@compiled
def roots(parent: Ints) -> Ints:
    found = np.empty(len(parent), np.int32)
    for one in range(len(parent)):
        found[one] = find(parent, one)
    return found
