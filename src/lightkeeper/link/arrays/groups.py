"""What each group is known by."""

from dataclasses import dataclass

import numpy as np

from lightkeeper.link import weigh
from lightkeeper.link.arrays.compiled import Floats, Ints, Longs, compiled
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
