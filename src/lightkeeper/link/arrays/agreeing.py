"""Which groups agree on a key or on a pair of keys, with what all their other keys say."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link import weigh
from lightkeeper.link.arrays.compiled import Floats, Ints, Longs, compiled, key_class, pair_class
from lightkeeper.link.arrays.evidence import weigh_rest
from lightkeeper.link.arrays.groups import Groups
from lightkeeper.link.arrays.pairs import Pairs
from lightkeeper.link.arrays.tokens import Tiny, Tokens

_Found = tuple[Ints, Ints, NDArray[np.int16], Ints, Ints, Ints, Ints]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of groups that agree; `big` is the larger or earlier one, `keys` the one or two keys (or -1)."""

    big: Ints
    small: Ints
    row: NDArray[np.int16]
    key: Ints
    other_key: Ints
    report: Ints  # of the big group, that has the keys
    other_report: Ints
    established: Tiny
    evidence: Floats


def find_candidates(tokens: Tokens, groups: Groups, doubtful: Pairs) -> Candidates:
    """Groups that share a key which few groups have, or a doubtful pair of keys, with the rest of the evidence."""
    most = np.array([0 if kind == weigh.NAME else weigh.most_groups(kind) for kind in range(len(weigh.KINDS))])
    shared = (groups.start, groups.token, groups.groups_with, most[tokens.kind].astype(np.int32))
    by_key = _by_key(*_sharing(*shared), groups.token, groups.holder, groups.size, tokens.kind, groups.kin)
    by_pair = _by_pair(
        doubtful.a, doubtful.b, doubtful.chance, doubtful.start, doubtful.report, groups.group, groups.size
    )
    return _both(_weighed(tokens, groups, by_key), _least_doubtful(_weighed(tokens, groups, by_pair)))


def _weighed(tokens: Tokens, groups: Groups, found: _Found) -> Candidates:
    """Pairs of groups with what all but the keys they were found by says."""
    big, small, row, key, other_key, report, other_report = found
    established = (groups.size[big] >= weigh.ESTABLISHED).astype(np.int8)
    established += groups.size[small] >= weigh.ESTABLISHED
    evidence = weigh_rest(groups, tokens.kind, (big, small, key, other_key), np.empty((0, len(weigh.KINDS))))
    return Candidates(big, small, row, key, other_key, report, other_report, established, evidence)


def _both(one: Candidates, other: Candidates) -> Candidates:
    if not len(other.big):
        return one
    return Candidates(*(np.concatenate([getattr(x, name) for x in (one, other)]) for name in Candidates.__slots__))


def _least_doubtful(found: Candidates) -> Candidates:
    """Of several doubtful pairs between the same two groups, the one that is least so."""
    order = np.lexsort((-np.round(found.evidence, 6), found.row, found.small, found.big))
    same = (found.big[order][1:] == found.big[order][:-1]) & (found.small[order][1:] == found.small[order][:-1])
    kept = order[np.concatenate([[True], ~same])] if len(order) else order
    return Candidates(*(getattr(found, name)[kept] for name in Candidates.__slots__))


@compiled
def _sharing(start: Longs, token: Ints, groups_with: Ints, most: Ints) -> tuple[Ints, Ints]:
    """The sightings of tokens that two groups have, and not too many, token by token; and whose each is."""
    at, total = np.full(len(groups_with), -1, np.int64), 0
    for one in range(len(groups_with)):
        if 1 < groups_with[one] <= most[one]:
            at[one] = total
            total += groups_with[one]
    order, owner = np.empty(total, np.int32), np.empty(total, np.int32)
    for group in range(len(start) - 1):
        for place in range(start[group], start[group + 1]):
            if at[token[place]] >= 0:
                order[at[token[place]]], owner[at[token[place]]] = place, group
                at[token[place]] += 1
    return order, owner


@compiled
def _by_key(
    order: Ints, owner: Ints, token: Ints, holder: Ints, size: Ints, kind: Tiny, kin: Ints
) -> tuple[Ints, Ints, NDArray[np.int16], Ints, Ints, Ints, Ints]:
    total = 0
    for fill in range(2):
        big, small, row = np.empty(total, np.int32), np.empty(total, np.int32), np.empty(total, np.int16)
        key, other_key = np.empty(total, np.int32), np.full(total, -1, np.int32)
        report, other_report = np.empty(total, np.int32), np.empty(total, np.int32)
        total, first = 0, 0
        while first < len(order):
            end, known, largest = first, 0, first
            this = token[order[first]]
            while end < len(order) and token[order[end]] == this:
                known += size[owner[end]] >= weigh.ESTABLISHED
                if size[owner[end]] > size[owner[largest]]:
                    largest = end
                end += 1
            for i in range(first, end):
                for j in range(i + 1, end):
                    if end - first > weigh.CROWD and largest not in (i, j):
                        continue
                    if fill:
                        a, b = i, j
                        if size[owner[a]] < size[owner[b]]:  # owners come in order: a is the earlier one
                            a, b = b, a
                        big[total], small[total] = owner[a], owner[b]
                        row[total] = key_class(kind[this], end - first, known > 1, kin[this])
                        key[total], report[total], other_report[total] = this, holder[order[a]], holder[order[b]]
                    total += 1
            first = end
    return big, small, row, key, other_key, report, other_report


@compiled
def _by_pair(
    a: Ints, b: Ints, chance: Floats, start: Longs, members: Ints, group: Ints, size: Ints
) -> tuple[Ints, Ints, NDArray[np.int16], Ints, Ints, Ints, Ints]:
    """Each group of a doubtful pair with the largest of them (the earliest of equal ones)."""
    most = len(members)
    big, small, row = np.empty(most, np.int32), np.empty(most, np.int32), np.empty(most, np.int16)
    key, other_key = np.empty(most, np.int32), np.empty(most, np.int32)
    report, other_report = np.empty(most, np.int32), np.empty(most, np.int32)
    total = 0
    for pair in range(len(a)):
        top, held = -1, -1
        for place in range(start[pair], start[pair + 1]):
            mine = group[members[place]]
            if top < 0 or size[mine] > size[top] or (size[mine] == size[top] and mine < top):
                top, held = mine, members[place]
        for place in range(start[pair], start[pair + 1]):
            mine = group[members[place]]
            if mine != top:
                big[total], small[total], row[total] = top, mine, pair_class(chance[pair])
                key[total], other_key[total] = a[pair], b[pair]
                report[total], other_report[total] = held, members[place]
                total += 1
    return (
        big[:total],
        small[:total],
        row[:total],
        key[:total],
        other_key[:total],
        report[:total],
        other_report[:total],
    )
