"""Weekly series with outbreaks, drawn as Noufaily and others (2013, 10.1002/sim.5595) describe them (FACTS C17).

624 weeks: 1 to 312 quiet, 313 to 575 with four past outbreaks, 576 to 624 with one outbreak to be found.
Seven kinds of series, each with and without a trend and a season: 28 scenarios.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WEEKS = 624
FIRST_CURRENT = 575  # counted from 0: weeks 576 to 624 as the paper counts
LAST_START = 616
PAST = (313, 575)
PAST_OUTBREAKS = 4
STRENGTH = (2, 10)  # an outbreak brings Poisson(k sd) cases, k between these

# theta, beta, gamma 1, gamma 2, phi
KINDS = (
    (0.1, 0.0025, 0.6, 0.6, 1.5),
    (-2.0, 0.005, 0.1, 0.3, 2.0),
    (1.5, 0.003, 0.2, -0.4, 1.0),
    (0.5, 0.002, 0.5, 0.5, 5.0),
    (2.5, 0.001, 1.0, 0.1, 3.0),
    (3.75, 0.001, 0.1, -0.1, 1.1),
    (5.0, 0.0001, 0.05, 0.01, 1.2),
)

Counts = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Series by week (one a row): without and with the current outbreak, and what is true of them."""

    quiet: Counts
    loud: Counts
    outbreak: Counts  # the cases that the current outbreak adds
    mean: Reals
    phi: Reals  # one a series
    scenario: Counts  # 1 to 28, one a series
    strength: Reals  # of the current outbreak, in standard deviations

    def __len__(self) -> int:
        return len(self.quiet)


def scenario_means() -> tuple[Reals, Reals]:
    """The mean of each scenario by week (28 x 624) and its phi, in the benchmark's order of scenarios."""
    week = np.arange(1, WEEKS + 1)
    rows, spreads = [], []
    for theta, beta, cosine, sine, phi in KINDS:
        for trend in (0, 1):
            for season in (0, 1):
                wave = cosine * np.cos(2 * np.pi * week / 52) + sine * np.sin(2 * np.pi * week / 52)
                rows.append(np.exp(theta + trend * beta * week + season * wave))
                spreads.append(phi)
    return np.array(rows), np.array(spreads)


def draw(seed: int, each: int) -> Drawn:
    """Draw `each` series of every scenario. The same seed gives the same series."""
    dice = np.random.default_rng(seed)
    means, spreads = scenario_means()
    scenario = np.repeat(np.arange(len(means)), each)
    mean, phi = means[scenario], spreads[scenario]
    quiet = draw_counts(dice, mean, phi[:, None])
    for _ in range(PAST_OUTBREAKS):
        start = dice.integers(PAST[0] - 1, PAST[1] - 8, len(scenario))
        quiet += draw_outbreaks(dice, mean, phi, start)[0]
    start = dice.integers(FIRST_CURRENT, LAST_START, len(scenario))
    outbreak, strength = draw_outbreaks(dice, mean, phi, start)
    return Drawn(quiet, quiet + outbreak, outbreak, mean, phi, scenario + 1, strength)


def draw_several_streams(seed: int, each: int, streams: int) -> Drawn:
    """Groups of streams (platforms, neighbouring areas), one after another, with one rise in all of them at once.

    The streams of a group are of different kinds, and in each the rise is half as strong as a single one.
    """
    dice = np.random.default_rng(seed)
    means, spreads = scenario_means()
    scenario = dice.integers(0, len(means), 28 * each * streams)
    mean, phi = means[scenario], spreads[scenario]
    quiet = draw_counts(dice, mean, phi[:, None])
    for _ in range(PAST_OUTBREAKS):
        quiet += draw_outbreaks(dice, mean, phi, dice.integers(PAST[0] - 1, PAST[1] - 8, len(scenario)))[0]
    start = np.repeat(dice.integers(FIRST_CURRENT, LAST_START, len(scenario) // streams), streams)
    strength = np.repeat(dice.integers(STRENGTH[0], STRENGTH[1] + 1, len(scenario) // streams), streams) / 2
    outbreak = draw_outbreaks(dice, mean, phi, start, strength)[0]
    return Drawn(quiet, quiet + outbreak, outbreak, mean, phi, scenario + 1, strength)


def draw_counts(dice: np.random.Generator, mean: Reals, phi: Reals) -> Counts:
    """Negative binomial counts with variance phi times the mean; Poisson where phi is 1."""
    extra = np.maximum(phi - 1, 1e-9)
    spread = dice.negative_binomial(mean / extra, 1 / (1 + extra))
    return np.where(phi > 1, spread, dice.poisson(mean)).astype(np.int64)


def draw_outbreaks(
    dice: np.random.Generator, mean: Reals, phi: Reals, start: Counts, strength: Reals | None = None
) -> tuple[Counts, Reals]:
    """One outbreak a series that starts in the given week (from 0): the added cases by week, and its strength."""
    rows = np.arange(len(mean))
    if strength is None:
        strength = dice.integers(STRENGTH[0], STRENGTH[1] + 1, len(mean)).astype(np.float64)
    size = np.maximum(1, dice.poisson(strength * np.sqrt(phi * mean[rows, start])))
    added = np.zeros(mean.shape, dtype=np.int64)
    owner = np.repeat(rows, size)
    week = np.repeat(start, size) + np.floor(dice.lognormal(0, 0.5, size.sum())).astype(np.int64)
    kept = week < WEEKS
    np.add.at(added, (owner[kept], week[kept]), 1)
    return added, strength


def draw_triangles(seed: int, count: int, weeks: int = 52, longest_delay: int = 8) -> tuple[Counts, Counts]:
    """Reporting triangles (count, weeks, delays), complete, and the final counts of their weeks.

    Levels from 2 to 60 a week that wander and jump, and a habit of telling that differs from one triangle
    to the next and slowly changes.
    """
    dice = np.random.default_rng(seed)
    level = np.exp(dice.uniform(np.log(2), np.log(60), count))[:, None]
    wander = np.cumsum(dice.normal(0, 0.06, (count, weeks)), axis=1)
    jump = dice.integers(0, 2, count)[:, None] * dice.uniform(0, 0.7, count)[:, None]
    mean = level * np.exp(wander + jump * (np.arange(weeks) >= dice.integers(30, 52, count)[:, None]))
    final = draw_counts(dice, mean, np.full((count, 1), 1.5))
    slow = (
        dice.uniform(0.35, 0.75, count)[:, None]
        + np.linspace(-0.05, 0.05, weeks) * dice.choice([-1, 1], count)[:, None]
    )
    delay = slow[..., None] ** np.arange(longest_delay + 1)
    delay /= delay.sum(axis=-1, keepdims=True)
    return dice.multinomial(final, delay), final
