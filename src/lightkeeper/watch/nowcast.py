"""How many there really were in the last weeks, when children tell late.

Counts by the week in which the harm happened always seem to fall at the end, because the last weeks'
reports are still to come. From the reporting triangle (week of harm by weeks of delay) the share that has
come in by now is learned, and from it what is still missing, with an interval (as in Lawless 1994).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.chance import Counts, Reals

DRAWS = 4000
MEMORY = 26  # weeks from which the delay is learned: habits of telling change
LEVELS = (0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975)


@dataclass(frozen=True, slots=True)
class Nowcast:
    """For each week, oldest first: what came in so far, and what there will be in the end."""

    seen: Counts
    quantiles: Reals  # (weeks, levels): of the final count, at LEVELS
    share_in: Reals  # (weeks,): the share that is believed to have come in

    @property
    def middle(self) -> Reals:
        return np.asarray(self.quantiles[:, LEVELS.index(0.5)])

    def interval(self, share: float = 0.95) -> tuple[Reals, Reals]:
        """The interval that holds the final count with this probability: 0.5, 0.8, 0.9 or 0.95."""
        tail = round((1 - share) / 2, 6)
        if tail not in LEVELS or tail == 0.5:
            raise UnreadableInput("a nowcast has intervals of 0.5, 0.8, 0.9 and 0.95")
        return (
            np.asarray(self.quantiles[:, LEVELS.index(tail)]),
            np.asarray(self.quantiles[:, LEVELS.index(round(1 - tail, 6))]),
        )


def triangle_of(pairs: Iterable[tuple[date, date]], today: date, weeks: int, longest_delay: int) -> Counts:
    """Count reports by the week of harm (rows, oldest first, the last one holding today) and weeks of delay.

    `pairs` are days of harm and of report. Reports with a longer delay stand in the last column. Raises
    UnreadableInput when something was reported before it happened.
    """
    triangle = np.zeros((weeks, longest_delay + 1), dtype=np.int64)
    this_week = _week(today)
    for occurred, received in pairs:
        delay, row = _week(received) - _week(occurred), weeks - 1 - (this_week - _week(occurred))
        if delay < 0:
            raise UnreadableInput("a report cannot come in before the harm happened")
        if 0 <= row < weeks and received <= today:
            triangle[row, min(delay, longest_delay)] += 1
    return triangle


def nowcast(triangle: Counts, seed: int = 0, memory: int = MEMORY) -> Nowcast:
    """Estimate the final counts of the weeks of a reporting triangle; its last row is the current week.

    Cells that lie in the future (row + delay beyond the last row) are not looked at. The same seed gives
    the same intervals. Raises UnreadableInput when there are fewer weeks than twice the longest delay.
    """
    triangle = np.asarray(triangle, dtype=np.int64)
    weeks, delays = triangle.shape
    if weeks < 2 * (delays - 1) or delays < 1:
        raise UnreadableInput("a nowcast needs twice as many weeks as the longest delay")
    age = weeks - 1 - np.arange(weeks)
    past = np.arange(delays)[None, :] <= age[:, None]
    known = np.where(past, triangle, 0)
    seen = known.sum(axis=1)
    dice = np.random.default_rng(seed)
    share = _shares_in(known, age, memory, dice)[:, np.minimum(age, delays - 1)]  # (draws, weeks)
    shape, rate = _usual_level(seen, share.mean(axis=0), memory)
    level = dice.gamma(shape + seen, 1 / (rate + share))
    missing = dice.poisson(level * (1 - share))
    quantiles = np.quantile(seen + missing, LEVELS, axis=0, method="inverted_cdf").T
    return Nowcast(seen, quantiles.astype(np.float64), share.mean(axis=0))


def weighted_interval_score(quantiles: Reals, truth: Reals) -> Reals:
    """How far off quantile forecasts at LEVELS are, in counts; 0 is perfect (Bracher and others 2021)."""
    levels = np.array(LEVELS)
    error = np.asarray(truth, dtype=np.float64)[:, None] - quantiles
    return np.asarray(2 * np.maximum(levels * error, (levels - 1) * error).mean(axis=1))


def _shares_in(known: Counts, age: Counts, memory: int, dice: np.random.Generator) -> Reals:
    """Draws of the share of a week's reports that come within 0, 1, ... weeks: (DRAWS, delays)."""
    delays = known.shape[1]
    share = np.ones((DRAWS, delays))
    for delay in range(delays - 1, 0, -1):
        rows = (age >= delay) & (age < delay + memory)
        late, by_then = known[rows, delay].sum(), known[rows, : delay + 1].sum()
        share[:, delay - 1] = share[:, delay] * (1 - dice.beta(late + 0.5, by_then - late + 0.5, DRAWS))
    return share


def _usual_level(seen: Counts, share: Reals, memory: int) -> tuple[float, float]:
    """The gamma prior of a week's level, from the recent weeks of which most has come in."""
    rows = np.flatnonzero(share > 0.5)[-memory:]
    if len(rows) < 2:
        return 0.5, 1e-3
    final = seen[rows] / share[rows]
    mean = max(float(final.mean()), 0.1)
    extra = max(float(final.var(ddof=1)) - mean, 0.05 * mean**2)  # never surer of the level than to a fifth
    return mean**2 / extra, mean / extra


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7
