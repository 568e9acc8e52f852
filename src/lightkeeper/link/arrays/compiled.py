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
is_company = compiled(weigh.is_company)
is_hub = compiled(weigh.is_hub)
key_class = compiled(weigh.key_class)
pair_class = compiled(weigh.pair_class)
agreement = compiled(weigh.agreement)
disagreement = compiled(weigh.disagreement)
standing = compiled(weigh.standing)
bar = compiled(weigh.bar)
rare_enough = compiled(weigh.rare_enough)


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
def star_edges(order: Longs, start: Longs, member: Ints, chance: Floats, size: Ints) -> tuple[Ints, Ints, Ints]:
    """Each member of a pair with the one whose group is largest, if chance allows for the smaller group.

    `size` is that of each report's group. Gives the pair and the two reports of each edge, in the given order.
    """
    total = 0
    for fill in range(2):
        star, a, b = np.empty(total, np.int32), np.empty(total, np.int32), np.empty(total, np.int32)
        total = 0
        for one in order:
            centre = member[start[one]]
            for place in range(start[one], start[one + 1]):
                if size[member[place]] > size[centre]:
                    centre = member[place]
            for place in range(start[one], start[one + 1]):
                other = member[place]
                if other != centre and rare_enough(chance[one], min(size[centre], size[other])):
                    if fill:
                        star[total], a[total], b[total] = one, centre, other
                    total += 1
    return star, a, b


@compiled
def join_all(parent: Ints, a: Ints, b: Ints, order: Longs) -> Bools:
    """Join edge after edge in the given order; says which edges brought something together."""
    joined = np.zeros(len(a), np.bool_)
    for place in order:
        joined[place] = join(parent, a[place], b[place])
    return joined
