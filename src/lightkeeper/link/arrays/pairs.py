"""Pairs of keys within one report: what joins reports, and which identifiers keep no company."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link import weigh
from lightkeeper.link.arrays.compiled import (
    Bools,
    Floats,
    Ints,
    Longs,
    compiled,
    is_company,
    is_hub,
    shared_by_chance,
)
from lightkeeper.link.arrays.tokens import Tiny, Tokens

AT_ONCE = 40_000_000  # pairs held in memory; more are done in parts


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs that several reports have: pair p has the keys a[p] and b[p] and report[start[p]:start[p+1]]."""

    a: Ints
    b: Ints
    chance: Floats  # how many reports would hold both by chance
    start: Longs
    report: Ints

    def only(self, wanted: Bools) -> "Pairs":
        counts = np.diff(self.start)
        start = np.concatenate([[0], np.cumsum(counts[wanted])])
        report = self.report[np.repeat(wanted, counts)]
        return Pairs(self.a[wanted], self.b[wanted], self.chance[wanted], start, report)


def repeated_pairs(tokens: Tokens) -> tuple[Pairs, Bools, float]:
    """The pairs that two reports at least have and few would by chance, which tokens are hubs, and the worlds."""
    total = int(_count(tokens.start, tokens.source))
    parts = max(1, -(-total // AT_ONCE))
    company, loyal = np.zeros(len(tokens.kind), np.int64), np.zeros(len(tokens.kind), np.int64)
    worlds, found = weigh.count_worlds(_meetings(tokens)), []
    for part in range(parts):
        pairs = _part(tokens, part, parts)
        pairs = replace(pairs, chance=pairs.chance * worlds)
        counts = np.diff(pairs.start)
        _company(pairs.a, pairs.b, counts, tokens.reports_with, tokens.reports, worlds, company, loyal)
        seen = (pairs.chance < weigh.PAIR_SEEN) | (counts > weigh.PAIR_MORE * pairs.chance)
        found.append(pairs.only((counts > 1) & seen))
    hubs = _hubs(tokens.kind, tokens.reports_with, company, loyal)
    pairs = _together(found)
    return pairs.only(~(hubs[pairs.a] | hubs[pairs.b])), hubs, worlds


def pairs_between(pairs: Pairs, tokens: Tokens, groups_with: Ints, groups: int, worlds: float) -> Pairs:
    """The same pairs with their chance among groups: an offender's many reports made his keys look common."""
    return replace(pairs, chance=_chances(pairs.a, pairs.b, tokens.kind, groups_with, groups) * worlds)


def _meetings(tokens: Tokens) -> list[tuple[int, float]]:
    """How often names and scripts that are common meet, and would by chance: the arrays' `weigh.tells_worlds`."""
    told = np.isin(tokens.kind, (weigh.NAME, weigh.SCRIPT)) & (tokens.reports_with >= weigh.COMMON)
    pairs = _part(tokens.without(~told), 0, 1)  # of all such keys at once, however many parts the rest is done in
    common = (tokens.kind[pairs.a] != tokens.kind[pairs.b]) & (pairs.chance >= weigh.MET)
    return list(zip(np.diff(pairs.start)[common].tolist(), pairs.chance[common].tolist(), strict=True))


def _part(tokens: Tokens, part: int, parts: int) -> Pairs:
    """All pairs of some of the tokens, with their chance in one world."""
    key, report = _list(tokens.start, tokens.token, tokens.source, part, parts)
    order = np.argsort(key, kind="stable")  # reports stay in order
    key, report = key[order], report[order]
    del order
    begins = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else np.empty(0, np.int64)
    a, b = (key[begins] >> 32).astype(np.int32), (key[begins] & 0xFFFFFFFF).astype(np.int32)
    chance = _chances(a, b, tokens.kind, tokens.reports_with, tokens.reports)
    return Pairs(a, b, chance, np.append(begins, len(key)), report)


def _together(parts: list[Pairs]) -> Pairs:
    before = np.cumsum([0, *(len(one.report) for one in parts)])
    start = [np.zeros(1, np.int64), *(one.start[1:] + base for one, base in zip(parts, before, strict=False))]
    return Pairs(
        np.concatenate([one.a for one in parts]),
        np.concatenate([one.b for one in parts]),
        np.concatenate([one.chance for one in parts]),
        np.concatenate(start),
        np.concatenate([one.report for one in parts]),
    )


@compiled
def _count(start: Longs, source: Tiny) -> int:
    total = 0
    for report in range(len(start) - 1):
        for i in range(start[report], start[report + 1]):
            for j in range(i + 1, start[report + 1]):
                total += source[i] != source[j]
    return total


@compiled
def _list(start: Longs, token: Ints, source: Tiny, part: int, parts: int) -> tuple[NDArray[np.int64], Ints]:
    """The pairs whose smaller token falls in this part, as one number each, and their reports in order."""
    size = 0
    for fill in range(2):
        key, owner = np.empty(size, np.int64), np.empty(size, np.int32)
        size = 0
        for report in range(len(start) - 1):
            for i in range(start[report], start[report + 1]):
                for j in range(i + 1, start[report + 1]):
                    low, high = min(token[i], token[j]), max(token[i], token[j])
                    if source[i] != source[j] and low % parts == part:
                        if fill:
                            key[size] = (np.int64(low) << 32) | np.int64(high)
                            owner[size] = report
                        size += 1
    return key, owner


@compiled
def _chances(a: Ints, b: Ints, kind: Tiny, reports_with: Ints, reports: int) -> Floats:
    chance = np.empty(len(a))
    for p in range(len(a)):
        chance[p] = shared_by_chance(kind[a[p]], reports_with[a[p]], kind[b[p]], reports_with[b[p]], reports)
    return chance


@compiled
def _company(
    a: Ints, b: Ints, counts: Longs, reports_with: Ints, reports: int, worlds: float, company: Longs, loyal: Longs
) -> None:
    for p in range(len(a)):
        if is_company(counts[p], reports_with[a[p]], reports_with[b[p]], reports, worlds):
            company[a[p]] += counts[p]
            company[b[p]] += counts[p]
            if counts[p] > 1:
                loyal[a[p]] += counts[p]
                loyal[b[p]] += counts[p]


@compiled
def _hubs(kind: Tiny, reports_with: Ints, company: Longs, loyal: Longs) -> Bools:
    found = np.zeros(len(kind), np.bool_)
    for token in range(len(kind)):
        found[token] = is_hub(kind[token], reports_with[token], company[token], loyal[token])
    return found
