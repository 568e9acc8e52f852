"""What each group is known by, which groups agree on something, and what all their other keys say."""

from dataclasses import dataclass

import numpy as np

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
    row: Longs
    key: Ints
    other_key: Ints
    report: Ints  # of the big group, that has the keys
    other_report: Ints
    established: Longs
    evidence: Floats


def group_up(tokens: Tokens, roots: Ints) -> Groups:
    """The profiles of all groups; `roots` is each report's smallest fellow."""
    smallest = np.flatnonzero(roots == np.arange(len(roots), dtype=np.int32))
    number = np.full(len(roots), -1, np.int32)
    number[smallest] = np.arange(len(smallest), dtype=np.int32)
    group = number[roots]
    report = np.repeat(np.arange(tokens.reports, dtype=np.int32), np.diff(tokens.start))
    key = (group[report].astype(np.int64) << 32) | tokens.token
    order = np.argsort(key)
    key = key[order]
    begins = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else np.empty(0, np.int64)
    token, owner = (key[begins] & 0xFFFFFFFF).astype(np.int32), (key[begins] >> 32).astype(np.int32)
    count = np.diff(np.append(begins, len(key))).astype(np.int32)
    holder = np.minimum.reduceat(report[order], begins) if len(begins) else report[:0]
    del order, key, report
    seen, once = _seen(owner, token, count, tokens.kind, len(smallest))
    groups_with = np.bincount(token, minlength=len(tokens.kind)).astype(np.int32)
    showing = (seen > 0).sum(axis=0)
    return Groups(
        group=group,
        size=np.bincount(group, minlength=len(smallest)).astype(np.int32),
        start=np.searchsorted(owner, np.arange(len(smallest) + 1)).astype(np.int64),
        token=token,
        count=count,
        holder=holder,
        seen=seen,
        once=once,
        groups_with=groups_with,
        kin=_kin(tokens.start, tokens.token, tokens.source, tokens.kind, groups_with),
        share=(groups_with + 1) / (showing[tokens.kind] + weigh.TYPICAL),
    )


def find_candidates(tokens: Tokens, groups: Groups, doubtful: Pairs) -> Candidates:
    """Groups that share a key which few groups have, or a doubtful pair of keys, with the rest of the evidence."""
    owner = np.repeat(np.arange(len(groups.size), dtype=np.int32), np.diff(groups.start))
    few = groups.groups_with[groups.token]
    kind = tokens.kind[groups.token]
    most = np.array([weigh.most_groups(each) for each in range(len(weigh.KINDS))])[kind]
    wanted = np.flatnonzero((few > 1) & (few <= most) & (kind != weigh.NAME))
    order = np.sort((groups.token[wanted].astype(np.int64) << 32) | wanted) & 0xFFFFFFFF
    by_key = _by_key(order, owner, groups.token, groups.holder, groups.size, tokens.kind, groups.kin)
    by_pair = _by_pair(
        doubtful.a, doubtful.b, doubtful.chance, doubtful.start, doubtful.report, groups.group, groups.size
    )
    columns = [np.concatenate(both) for both in zip(by_key, by_pair, strict=True)]
    big, small, row, key, other_key, report, other_report = columns
    established = (groups.size[big] >= weigh.ESTABLISHED).astype(np.int64) + (
        groups.size[small] >= weigh.ESTABLISHED
    )
    evidence = weigh_rest(groups, tokens.kind, (big, small, key, other_key), np.empty((0, 9)))
    found = Candidates(
        big, small, row.astype(np.int64), key, other_key, report, other_report, established, evidence
    )
    return _least_doubtful(found, len(by_key[0]))


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


def _least_doubtful(found: Candidates, keys: int) -> Candidates:
    """Of several doubtful pairs between the same two groups, the one that is least so."""
    place = np.arange(keys, len(found.big))
    order = place[
        np.lexsort((-np.round(found.evidence[keys:], 6), found.row[keys:], found.small[keys:], found.big[keys:]))
    ]
    same = (found.big[order][1:] == found.big[order][:-1]) & (found.small[order][1:] == found.small[order][:-1])
    kept = np.concatenate([np.arange(keys), order[np.concatenate([[True], ~same])] if len(order) else order])
    return Candidates(*(getattr(found, name)[kept] for name in Candidates.__slots__))


@compiled
def _seen(owner: Ints, token: Ints, count: Ints, kind: Tiny, groups: int) -> tuple[Ints, Ints]:
    seen, once = np.zeros((groups, 9), np.int32), np.zeros((groups, 9), np.int32)
    for place in range(len(owner)):
        seen[owner[place], kind[token[place]]] += count[place]
        if count[place] == 1:
            once[owner[place], kind[token[place]]] += 1
    return seen, once


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
    order: Longs, owner: Ints, token: Ints, holder: Ints, size: Ints, kind: Tiny, kin: Ints
) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints]:
    total = 0
    for fill in range(2):
        big, small, row = np.empty(total, np.int32), np.empty(total, np.int32), np.empty(total, np.int32)
        key, other_key = np.empty(total, np.int32), np.full(total, -1, np.int32)
        report, other_report = np.empty(total, np.int32), np.empty(total, np.int32)
        total, first = 0, 0
        while first < len(order):
            end, known, largest = first, 0, first
            this = token[order[first]]
            while end < len(order) and token[order[end]] == this:
                known += size[owner[order[end]]] >= weigh.ESTABLISHED
                if size[owner[order[end]]] > size[owner[order[largest]]]:
                    largest = end
                end += 1
            for i in range(first, end):
                for j in range(i + 1, end):
                    if end - first > weigh.CROWD and largest not in (i, j):
                        continue
                    if fill:
                        a, b = order[i], order[j]
                        if size[owner[a]] < size[owner[b]]:  # owners come in order: a is the earlier one
                            a, b = b, a
                        big[total], small[total] = owner[a], owner[b]
                        row[total] = key_class(kind[this], end - first, known > 1, kin[this])
                        key[total], report[total], other_report[total] = this, holder[a], holder[b]
                    total += 1
            first = end
    return big, small, row, key, other_key, report, other_report


@compiled
def _by_pair(
    a: Ints, b: Ints, chance: Floats, start: Longs, members: Ints, group: Ints, size: Ints
) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints]:
    """Each group of a doubtful pair with the largest of them (the earliest of equal ones)."""
    most = len(members)
    big, small, row = np.empty(most, np.int32), np.empty(most, np.int32), np.empty(most, np.int32)
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
