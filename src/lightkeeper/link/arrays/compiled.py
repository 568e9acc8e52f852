"""The plain functions of `weigh`, compiled as they are, and the forest that every step joins in."""

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
    return cast(_F, numba.njit(cache=True)(function))


shared_by_chance = compiled(weigh.shared_by_chance)
is_hub = compiled(weigh.is_hub)
key_class = compiled(weigh.key_class)
pair_class = compiled(weigh.pair_class)
agreement = compiled(weigh.agreement)
disagreement = compiled(weigh.disagreement)
standing = compiled(weigh.standing)
bar = compiled(weigh.bar)


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
    if a == b:
        return False
    if a < b:
        parent[b] = a
    else:
        parent[a] = b
    return True


@compiled
def roots(parent: Ints) -> Ints:
    found = np.empty(len(parent), np.int32)
    for one in range(len(parent)):
        found[one] = find(parent, one)
    return found


@compiled
def join_stars(parent: Ints, order: Longs, start: Longs, member: Ints) -> tuple[Longs, Ints, Ints]:
    """Join the members of each star with its first, star after star; gives star and ends of what joined."""
    star, a, b = np.empty(len(parent), np.int64), np.empty(len(parent), np.int32), np.empty(len(parent), np.int32)
    total = 0
    for one in order:
        centre = member[start[one]]
        for place in range(start[one] + 1, start[one + 1]):
            if join(parent, centre, member[place]):
                star[total], a[total], b[total] = one, centre, member[place]
                total += 1
    return star[:total], a[:total], b[:total]


@compiled
def join_all(parent: Ints, a: Ints, b: Ints, order: Longs) -> Bools:
    """Join edge after edge in the given order; says which edges brought something together."""
    joined = np.zeros(len(a), np.bool_)
    for place in order:
        joined[place] = join(parent, a[place], b[place])
    return joined
