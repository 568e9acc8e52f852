"""See a rise in weekly counts, over one to six weeks at once, and say how sure it is.

A rise of children being blackmailed rarely fits into one calendar week. Each week is therefore judged by
the sums of the last one to six weeks, most of all the last two, each against what its own history leads
one to expect. An alarm opens a review on the desk; it never publishes anything.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from lightkeeper.watch.baseline import LEAST_HISTORY, Expectation, Look, expect_weeks
from lightkeeper.watch.chance import Counts, Flags, Reals, highest_usual, middle_chance

# How the false alarms that are allowed are shared out among the sums of 1, 2, ... 6 weeks. An outbreak
# that is over in a fortnight is the one that is hardest to see in time; a slow one has longer to show.
SHARES = (0.05, 0.85, 0.05, 0.02, 0.02, 0.01)
LONGEST = len(SHARES)
# Fewer reports than this in so many weeks are looked at one by one; they need no alarm.
LEAST_CASES, LEAST_WEEKS = 3, 4
_BLOCK = 1024  # series judged together, a thread each


@dataclass(frozen=True, slots=True)
class Rises:
    """What is seen in the judged weeks: one row a series, one column a week.

    A week alarms exactly when its count is above `upper`, which depends on the weeks just before it.
    """

    alarm: Flags
    p: Reals  # small: such a week, or worse, comes by chance once in 1/p weeks
    expected: Reals  # in this week
    upper: Counts  # the highest count that would not have alarmed
    window: Counts  # over how many weeks the rise is clearest, 1 to 6
    baseline: Expectation


def find_rises(counts: Counts, weeks: int, alpha: float = 0.005, look: Look | None = None) -> Rises:
    """Judge the last `weeks` weeks of every series (one a row), each from the weeks before it alone.

    `alpha` is the share of quiet weeks that may alarm. Raises UnreadableInput when there are fewer than
    eight weeks before the first week judged.
    """
    counts = np.asarray(counts, dtype=np.int64)
    blocks = [counts[start : start + _BLOCK] for start in range(0, max(1, len(counts)), _BLOCK)]
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as workers:  # NumPy lets go of the lock as it counts
        found = list(workers.map(lambda block: _find_in_block(block, weeks, alpha, look), blocks))
    return found[0] if len(found) == 1 else _joined(found)


def _find_in_block(counts: Counts, weeks: int, alpha: float, look: Look | None) -> Rises:
    # The first judged week also looks back over earlier weeks, which need an expectation of their own.
    before = max(0, min(LONGEST - 1, counts.shape[1] - weeks - LEAST_HISTORY))
    wide = expect_weeks(counts, weeks + before, look)
    now = Expectation(wide.mean[:, before:], wide.spread[:, before:], wide.error[:, before:])
    seen = counts[:, -weeks:]
    p, window = np.full(now.mean.shape, np.inf), np.ones(now.mean.shape, dtype=np.int64)
    upper = np.full(now.mean.shape, np.iinfo(np.int64).max)
    for length in range(1, min(LONGEST, before + 1) + 1):
        total, mean = _sums(counts[:, -(weeks + before) :], length, weeks), _sums(wide.mean, length, weeks)
        spread = spread_of_sum(mean, now)
        share = SHARES[length - 1]
        here = middle_chance(total, mean, spread) / share
        window, p = np.where(here < p, length, window), np.minimum(p, here)
        earlier = total - seen
        bound = highest_usual(alpha * share, mean, spread, middle_chance) - earlier.astype(np.int64)
        upper = np.minimum(upper, bound)
    recent = _sums(np.pad(counts, ((0, 0), (LEAST_WEEKS, 0))), LEAST_WEEKS, weeks)
    needed = LEAST_CASES - 1 - (recent.astype(np.int64) - seen)
    upper = np.maximum(upper, np.maximum(needed, 0))
    return Rises(seen > upper, np.minimum(p, 1.0), now.mean, upper, window, now)


def _joined(found: list[Rises]) -> Rises:
    alarm, p, expected, upper, window = (
        np.concatenate([getattr(one, name) for one in found])
        for name in ("alarm", "p", "expected", "upper", "window")
    )
    mean, spread, error = (
        np.concatenate([getattr(one.baseline, name) for one in found]) for name in ("mean", "spread", "error")
    )
    return Rises(alarm, p, expected, upper, window, Expectation(mean, spread, error))


def spread_of_sum(mean: Reals, baseline: Expectation) -> Reals:
    """The spread of a sum of weeks, with what is unsure about the baseline itself added to it."""
    return np.asarray(baseline.spread + mean * baseline.error)


def _sums(weekly: Reals | Counts, length: int, weeks: int) -> Reals:
    """The sums of `length` weeks that end in each of the last `weeks` weeks."""
    total = np.cumsum(np.pad(np.asarray(weekly, dtype=np.float64), ((0, 0), (1, 0))), axis=1)
    ends = np.arange(weekly.shape[1] - weeks, weekly.shape[1]) + 1
    return np.asarray(total[:, ends] - total[:, ends - length])
