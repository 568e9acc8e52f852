"""What each group is known by, which groups agree on something, and what all their other keys say."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link import weigh
from lightkeeper.link.arrays.compiled import (
    Floats,
    Ints,
    Longs,
    agreement,
    compiled,
    disagreement,
    key_class,
    pair_class,
)
from lightkeeper.link.arrays.pairs import Pairs
from lightkeeper.link.arrays.tokens import Tiny, Tokens


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups in the order of their smallest report; group g shows token[start[g]:start[g+1]], in order."""

    group: Ints  # of each report
    size: Ints
    start: Longs
    token: Ints
    count: Ints  # how many of the group's reports have the token
    holder: Ints  # the first of them
    seen: Ints  # group by kind: sightings
    once: Ints  # group by kind: keys seen once
    groups_with: Ints  # each token
    kin: Ints  # each handle: how many more groups have its stem
    share: Floats  # each token: part of the groups showing its kind that show it


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


def group_up(tokens: Tokens, roots: Ints, worlds: float) -> Groups:
    """The profiles of all groups; `roots` is each report's smallest fellow."""
    smallest = np.flatnonzero(roots == np.arange(len(roots), dtype=np.int32))
    number = np.full(len(roots), -1, np.int32)
    number[smallest] = np.arange(len(smallest), dtype=np.int32)
    group = number[roots]
    del number
    size = np.bincount(group, minlength=len(smallest)).astype(np.int32)
    start, token, count, holder = _profiles(tokens.start, tokens.token, *_members(group, size))
    seen, once = _seen(start, token, count, tokens.kind)
    groups_with = np.bincount(token, minlength=len(tokens.kind)).astype(np.int32)
    showing = (seen > 0).sum(axis=0)
    share = np.minimum(weigh.MOST_SHARE, (groups_with + 1) / (showing[tokens.kind] + weigh.TYPICAL) * worlds)
    kin = _kin(tokens.start, tokens.token, tokens.source, tokens.kind, groups_with)
    return Groups(group, size, start, token, count, holder, seen, once, groups_with, kin, share)


def find_candidates(tokens: Tokens, groups: Groups, doubtful: Pairs) -> Candidates:
    """Groups that share a key which few groups have, or a doubtful pair of keys, with the rest of the evidence."""
    most = np.array([0 if kind == weigh.NAME else weigh.most_groups(kind) for kind in range(len(weigh.KINDS))])
    shared = (groups.start, groups.token, groups.groups_with, most[tokens.kind].astype(np.int32))
    by_key = _by_key(*_sharing(*shared), groups.token, groups.holder, groups.size, tokens.kind, groups.kin)
    by_pair = _by_pair(
        doubtful.a, doubtful.b, doubtful.chance, doubtful.start, doubtful.report, groups.group, groups.size
    )
    return _both(_weighed(tokens, groups, by_key), _least_doubtful(_weighed(tokens, groups, by_pair)))


_Found = tuple[Ints, Ints, NDArray[np.int16], Ints, Ints, Ints, Ints]


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


def weigh_rest(groups: Groups, kind: Tiny, found: tuple[Ints, Ints, Ints, Ints], rest: Floats) -> Floats:
    """The evidence of all keys but those that candidates were found by: big, small, key, other key of each."""
    big, small, key, other_key = found
    return weigh_others(
        big,
        small,
        key,
        other_key,
        groups.start,
        groups.token,
        groups.count,
        groups.seen,
        groups.once,
        groups.share,
        kind,
        rest,
    )


def _least_doubtful(found: Candidates) -> Candidates:
    """Of several doubtful pairs between the same two groups, the one that is least so."""
    order = np.lexsort((-np.round(found.evidence, 6), found.row, found.small, found.big))
    same = (found.big[order][1:] == found.big[order][:-1]) & (found.small[order][1:] == found.small[order][:-1])
    kept = order[np.concatenate([[True], ~same])] if len(order) else order
    return Candidates(*(getattr(found, name)[kept] for name in Candidates.__slots__))


@compiled
def _members(group: Ints, size: Ints) -> tuple[Ints, Longs]:
    """The reports of each group, in order, one group after the other, and where each group's begin."""
    start = np.zeros(len(size) + 1, np.int64)
    for one in range(len(size)):
        start[one + 1] = start[one] + size[one]
    at, member = start[:-1].copy(), np.empty(len(group), np.int32)
    for report in range(len(group)):
        member[at[group[report]]] = report
        at[group[report]] += 1
    return member, start


@compiled
def _profiles(start: Longs, token: Ints, member: Ints, begins: Longs) -> tuple[Longs, Ints, Ints, Ints]:
    """Each group's tokens in order: where they begin, how many of its reports have each, and the first one."""
    ends = np.zeros(len(begins), np.int64)
    room = len(token)
    tokens, counts, holders = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32)
    scratch, filled = np.empty(64, np.int64), 0
    for group in range(len(begins) - 1):
        total = 0
        for place in range(begins[group], begins[group + 1]):
            report = member[place]
            if total + start[report + 1] - start[report] > len(scratch):
                larger = np.empty(2 * len(scratch) + start[report + 1] - start[report], np.int64)
                larger[:total] = scratch[:total]
                scratch = larger
            for each in range(start[report], start[report + 1]):
                scratch[total] = (np.int64(token[each]) << 32) | report
                total += 1
        if begins[group + 1] > begins[group] + 1:  # the tokens of one report are in order already
            scratch[:total].sort()
        for each in range(total):
            this = np.int32(scratch[each] >> 32)
            if each and tokens[filled - 1] == this:
                counts[filled - 1] += 1
                continue
            tokens[filled], counts[filled], holders[filled] = this, 1, np.int32(scratch[each] & 0xFFFFFFFF)
            filled += 1
        ends[group + 1] = filled
    return ends, tokens[:filled].copy(), counts[:filled].copy(), holders[:filled].copy()


@compiled
def _seen(start: Longs, token: Ints, count: Ints, kind: Tiny) -> tuple[Ints, Ints]:
    seen, once = np.zeros((len(start) - 1, 9), np.int32), np.zeros((len(start) - 1, 9), np.int32)
    for group in range(len(start) - 1):
        for place in range(start[group], start[group + 1]):
            seen[group, kind[token[place]]] += count[place]
            once[group, kind[token[place]]] += count[place] == 1
    return seen, once


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
def _kin(start: Longs, token: Ints, source: Tiny, kind: Tiny, groups_with: Ints) -> Ints:
    kin = np.zeros(len(kind), np.int32)
    for report in range(len(start) - 1):
        for i in range(start[report], start[report + 1]):
            if kind[token[i]] != weigh.HANDLE:
                continue
            for j in range(start[report], start[report + 1]):
                if source[i] == source[j] and kind[token[j]] == weigh.STEM:
                    kin[token[i]] = max(kin[token[i]], groups_with[token[j]] - groups_with[token[i]])
    return kin


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


@compiled
def weigh_others(
    big: Ints,
    small: Ints,
    key: Ints,
    other_key: Ints,
    start: Longs,
    token: Ints,
    count: Ints,
    seen: Ints,
    once: Ints,
    share: Floats,
    kind: Tiny,
    rest: Floats,
) -> Floats:
    """The evidence of everything but the keys, in all; by kind in `rest` too, if that has a row a candidate."""
    evidence = np.empty(len(big))
    parts = np.empty(9)
    for one in range(len(big)):
        mine = rest[one] if len(rest) else parts
        mine[:] = 0.0
        by_stem = kind[key[one]] == weigh.STEM or (other_key[one] >= 0 and kind[other_key[one]] == weigh.STEM)
        for place in range(start[small[one]], start[small[one] + 1]):
            this = token[place]
            what = kind[this]
            known = seen[big[one], what]
            used = this == key[one] or this == other_key[one] or what == weigh.STEM
            if used or known == 0 or (by_stem and what == weigh.HANDLE):
                continue
            found = _place_of(this, token, start[big[one]], start[big[one] + 1])
            if found >= 0:
                mine[what] += agreement(count[found], known, once[big[one], what], share[this])
            else:
                mine[what] += disagreement(known, once[big[one], what])
        evidence[one] = mine.sum()
    return evidence


@compiled
def _place_of(wanted: int, token: Ints, low: int, end: int) -> int:
    """Where a token stands among the sorted ones of a group, or -1."""
    high = end
    while low < high:
        middle = (low + high) // 2
        if token[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < end and token[low] == wanted else -1
