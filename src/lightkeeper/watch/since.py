"""Since when: the week in which a rise most likely began, how large it is, and how sure both are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lightkeeper.core.errors import UnreadableInput

# Twice the drop in log likelihood that a 95 per cent range allows (chi-square, one degree of freedom).
_DROP = 3.841 / 2


@dataclass(frozen=True, slots=True)
class Since:
    """Where a rise began; weeks are places in the counts that were given, from 0."""

    week: int
    earliest: int  # the range in which, with 95 per cent confidence, it began
    latest: int
    times: float  # how many times as many as expected since then
    seen: int  # since then
    expected: float  # since then


def find_start(counts: ArrayLike, expected: ArrayLike, spread: float = 1.0) -> Since | None:
    """Find where the counts began to be above what was expected, up to the last of them.

    The most likely start is where a Poisson level that is higher from there on fits best (the log
    likelihood is divided by the spread). None when there is no start from which more came than expected.
    Raises UnreadableInput when the two are not of one length.
    """
    seen, usual = np.asarray(counts, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if seen.shape != usual.shape or seen.ndim != 1 or not len(seen):
        raise UnreadableInput("a start needs as many expected counts as counts")
    total, mean = np.cumsum(seen[::-1])[::-1], np.maximum(np.cumsum(usual[::-1])[::-1], 1e-9)
    ratio = np.maximum(total / mean, 1.0)
    gain = (total * np.log(ratio) - (ratio - 1) * mean) / max(spread, 1.0)
    best = int(np.argmax(gain))
    if gain[best] <= 0:
        return None
    likely = np.flatnonzero((gain >= gain[best] - _DROP) & (gain > 0))
    return Since(best, int(likely[0]), int(likely[-1]), float(ratio[best]), int(total[best]), float(mean[best]))
