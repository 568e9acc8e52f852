"""Keys as numbers: which report has which token, from which of its identifiers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link.arrays.compiled import Bools, Ints, Longs, compiled

Tiny = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Sightings in the order of reports: report r holds token[start[r]:start[r+1]], in order."""

    start: Longs
    token: Ints
    source: Tiny
    kind: Tiny  # of each token
    reports_with: Ints  # each token

    @property
    def reports(self) -> int:
        return len(self.start) - 1

    def without(self, dropped: Bools) -> "Tokens":
        """The same without some tokens; their numbers stay."""
        if not dropped.any():
            return self
        kept = ~dropped[self.token]
        before = np.concatenate([[0], np.cumsum(kept)])
        fewer = np.where(dropped, 0, self.reports_with).astype(np.int32)
        return replace(
            self, start=before[self.start], token=self.token[kept], source=self.source[kept], reports_with=fewer
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """Sightings of one kind, each value a number from 0 to `values`; what was seen only once is left out."""

    kind: int
    values: int
    report: Ints
    source: Tiny
    number: Ints


def number_kind(kind: int, report: Ints, source: Tiny, value: NDArray[np.uint64]) -> Seen:
    """Number the values of one kind that were seen twice at least; reports below 0 do not count."""
    if len(report) and report.min() < 0:
        kept = report >= 0
        report, source, value = report[kept], source[kept], value[kept]
    order = np.argsort(value)
    value = value[order]
    new = np.ones(len(value) + 1, np.bool_)
    np.not_equal(value[1:], value[:-1], out=new[1:-1])
    del value
    again = ~(new[1:] & new[:-1])
    order, new = order[again], new[:-1][again]
    number = np.full(len(report), -1, np.int32)
    number[order] = np.cumsum(new, dtype=np.int32) - 1
    del order
    kept = number >= 0
    return Seen(kind, int(new.sum()), report[kept], source[kept], number[kept])


def tokens_from(seen: Sequence[Seen], reports: int) -> Tokens:
    """The sightings of all kinds, report by report; the same value twice in one report counts once."""
    start = np.zeros(reports + 1, np.int64)
    for one in seen:
        start[1:] += np.bincount(one.report, minlength=reports)
    np.cumsum(start, out=start)
    token, source = np.empty(start[-1], np.int32), np.empty(start[-1], np.int8)
    at, base = start[:-1].copy(), 0
    for one in seen:
        _fill(one.report, one.source, one.number, base, at, token, source)
        base += one.values
    kinds = np.repeat(np.array([one.kind for one in seen], np.int8), [one.values for one in seen])
    del at, seen
    start, token, source = _each_once(start, token, source)
    counts = np.bincount(token, minlength=base).astype(np.int32)
    shared = counts > 1
    start, token, source = _renumbered(start, token, source, shared)
    return Tokens(start, token, source, kinds[shared], counts[shared])


@compiled
def _fill(report: Ints, source: Tiny, number: Ints, base: int, at: Longs, token: Ints, sources: Tiny) -> None:
    for one in range(len(report)):
        place = at[report[one]]
        token[place], sources[place] = base + number[one], source[one]
        at[report[one]] += 1


@compiled
def _each_once(start: Longs, token: Ints, source: Tiny) -> tuple[Longs, Ints, Tiny]:
    """Put each report's tokens in order, in their place; the first of a report's identifiers keeps a token."""
    begins, kept = np.zeros(len(start), np.int64), 0
    for report in range(len(start) - 1):
        first = kept
        for place in range(start[report], start[report + 1]):
            this, where, low = token[place], source[place], kept
            while low > first and (token[low - 1] > this or (token[low - 1] == this and source[low - 1] > where)):
                low -= 1
            if low > first and token[low - 1] == this:
                continue
            if low < kept and token[low] == this:
                source[low] = where
                continue
            for each in range(kept, low, -1):
                token[each], source[each] = token[each - 1], source[each - 1]
            token[low], source[low] = this, where
            kept += 1
        begins[report + 1] = kept
    return begins, token[:kept], source[:kept]


@compiled
def _renumbered(start: Longs, token: Ints, source: Tiny, shared: Bools) -> tuple[Longs, Ints, Tiny]:
    """Only the tokens that are shared, with numbers that leave no gap; in their place."""
    number, count = np.empty(len(shared), np.int32), 0
    for one in range(len(shared)):
        number[one] = count
        count += shared[one]
    begins, kept = np.zeros(len(start), np.int64), 0
    for report in range(len(start) - 1):
        for place in range(start[report], start[report + 1]):
            if shared[token[place]]:
                token[kept], source[kept] = number[token[place]], source[place]
                kept += 1
        begins[report + 1] = kept
    return begins, token[:kept].copy(), source[:kept].copy()
