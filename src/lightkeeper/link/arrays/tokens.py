"""Keys as numbers: which report has which token, from which of its identifiers."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link.arrays.compiled import Bools, Ints, Longs

Tiny = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Sightings in the order of reports: report r holds token[start[r]:start[r+1]]."""

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
        kept = ~dropped[self.token]
        before = np.concatenate([[0], np.cumsum(kept)])
        fewer = np.where(dropped, 0, self.reports_with).astype(np.int32)
        return replace(
            self, start=before[self.start], token=self.token[kept], source=self.source[kept], reports_with=fewer
        )


def number_tokens(report: Ints, source: Tiny, kind: Tiny, value: NDArray[np.uint64], reports: int) -> Tokens:
    """Number the values that two reports at least have. `value` are hashes that differ between kinds."""
    order = np.argsort(value)
    new = np.ones(len(value), np.bool_)
    np.not_equal(value[order[1:]], value[order[:-1]], out=new[1:])
    kinds = kind[order[new]]
    number = np.empty(len(value), np.int32)
    number[order] = np.cumsum(new, dtype=np.int32) - 1
    del order, new
    # Report, token and source in one number, so that one sort puts all three in order.
    packed = (report.astype(np.int64) << _REPORT) | (number.astype(np.int64) << _TOKEN) | source
    del number
    packed.sort()
    packed = packed[_first(packed >> _TOKEN)]  # the same value twice in one report counts once
    token = ((packed >> _TOKEN) & _TOKENS).astype(np.int32)
    counts = np.bincount(token, minlength=len(kinds)).astype(np.int32)
    shared = counts > 1
    kept = shared[token]
    packed, token = packed[kept], token[kept]
    renumbered = (np.cumsum(shared, dtype=np.int32) - 1)[token]
    start = np.searchsorted(packed >> _REPORT, np.arange(reports + 1)).astype(np.int64)
    sources = (packed & 63).astype(np.int8)
    return Tokens(start, renumbered, sources, kinds[shared].astype(np.int8), counts[shared])


_TOKEN, _REPORT, _TOKENS = 6, 34, (1 << 28) - 1


def _first(values: Longs) -> Bools:
    """Which of the sorted values stand there for the first time."""
    new = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return new
