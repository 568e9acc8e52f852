"""The forest that links are joined in: the arrays' twin of `cluster.Forest`."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from lightkeeper.link.arrays.compiled import Bools, Floats, Ints, Longs, compiled, may_join


class Forest(NamedTuple):
    """The arrays' twin of `cluster.Forest`."""

    parent: Ints  # a report of the larger of the two groups that were joined
    risk: Floats  # that this report, and what hangs on it, was joined to its parent by chance
    size: Ints  # of the group, where nothing is above it; as the next two
    first: Ints  # its smallest report
    marked: Bools  # whether it has a report of a rejected pair; of no length when there is none
    rejected: Ints  # pairs of reports, a row each


def make_forest(size: int, rejected: Sequence[tuple[int, int]] = ()) -> Forest:
    """Each report a group of its own."""
    pairs = np.array(rejected, np.int32).reshape(-1, 2)
    marked = np.zeros(size if len(pairs) else 0, np.bool_)
    marked[pairs.ravel()] = True
    numbers = np.arange(size, dtype=np.int32)
    return Forest(numbers, np.zeros(size), np.ones(size, np.int32), numbers.copy(), marked, pairs)


@compiled
def top(forest: Forest, one: int) -> tuple[int, float]:
    """The report above all others of a group, and the risk that this one hangs there by chance."""
    parent, risk, worst = forest.parent, forest.risk, 0.0
    while parent[one] != one:
        above = parent[one]
        if parent[above] != above:
            risk[one] = max(risk[one], risk[above])
            parent[one] = parent[above]
        worst = max(worst, risk[one])
        one = parent[one]
    return one, worst


@compiled
def groups_of(forest: Forest) -> Ints:
    """Each report's smallest fellow."""
    found = np.empty(len(forest.parent), np.int32)
    for one in range(len(found)):
        found[one] = forest.first[top(forest, one)[0]]
    return found


@compiled
def join_groups(forest: Forest, a: int, b: int, risk: float) -> bool:
    """Join two groups; False when they were one already, or when an officer's word keeps them apart."""
    a, b = top(forest, a)[0], top(forest, b)[0]
    if a == b:
        return False
    if len(forest.marked) and forest.marked[a] and forest.marked[b]:
        for pair in forest.rejected:
            one, other = top(forest, pair[0])[0], top(forest, pair[1])[0]
            if (one == a and other == b) or (one == b and other == a):
                return False
    if forest.size[a] < forest.size[b] or (forest.size[a] == forest.size[b] and forest.first[b] < forest.first[a]):
        a, b = b, a
    forest.parent[b], forest.risk[b] = a, risk
    forest.size[a] += forest.size[b]
    forest.first[a] = min(forest.first[a], forest.first[b])
    if len(forest.marked):
        forest.marked[a] |= forest.marked[b]
    return True


@compiled
def join_stars(
    forest: Forest, order: Longs, start: Longs, member: Ints, chance: Floats
) -> tuple[Ints, Ints, Ints]:
    """Join each member of a pair with the one whose group is largest, if chance allows for the smaller group.

    Gives the pair and the two reports of each edge that joined something, in the given order.
    """
    room, total = 1024, 0
    star, a, b = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32)
    for one in order:
        centre, largest = member[start[one]], 0
        for place in range(start[one], start[one + 1]):
            size = forest.size[top(forest, member[place])[0]]
            if size > largest:
                centre, largest = member[place], size
        for place in range(start[one], start[one + 1]):
            other = member[place]
            here, here_risk = top(forest, centre)
            there, there_risk = top(forest, other)
            if here == there:
                continue
            smaller = min(forest.size[here], forest.size[there])
            if not may_join(chance[one], smaller, max(here_risk, there_risk)):
                continue
            if not join_groups(forest, centre, other, chance[one]):
                continue
            if total == room:
                room *= 2
                star, a, b = grown(star), grown(a), grown(b)
            star[total], a[total], b[total] = one, centre, other
            total += 1
    return star[:total].copy(), a[:total].copy(), b[:total].copy()


@compiled
def grown(column: Ints) -> Ints:
    """The same with as much room again."""
    found = np.empty(2 * len(column), column.dtype)
    found[: len(column)] = column
    return found


@compiled
def join_all(forest: Forest, a: Ints, b: Ints, risk: Floats, order: Longs) -> Bools:
    """Join edge after edge in the given order; says which edges brought something together."""
    joined = np.zeros(len(a), np.bool_)
    for place in order:
        joined[place] = join_groups(forest, a[place], b[place], risk[place])
    return joined


@compiled
def turns(start: Longs, member: Ints) -> Longs:
    """`weigh.turn` of each pair."""
    found = np.empty(len(start) - 1, np.int64)
    for one in range(len(found)):
        mixed = np.int64(0)
        for place in range(start[one], start[one + 1]):
            mixed = (mixed * 31 + member[place]) & 0xFFFFFFFF
        found[one] = (np.int64(member[start[one]]) << 32) | mixed
    return found


@compiled
def still_apart(start: Longs, member: Ints, forest: Forest) -> Bools:
    """Which pairs have reports of more than one group."""
    found = np.zeros(len(start) - 1, np.bool_)
    for one in range(len(found)):
        first = top(forest, member[start[one]])[0]
        for place in range(start[one] + 1, start[one + 1]):
            if top(forest, member[place])[0] != first:
                found[one] = True
                break
    return found
