"""Farrington Flexible: the rule by which health agencies see a rise in weekly counts (Noufaily and others, 2013).

Each week is held against what the same season of earlier years leads one to expect. The model is
quasi-Poisson with a level for each of ten parts of the year and, where it is sure, a trend. Because a
level per season has a closed form once the trend is given, all weeks of all series are fitted at once
by Newton steps in one number, the trend.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.baseline import CHUNK
from lightkeeper.watch.chance import Counts, Flags, Reals, chance_of_at_least, highest_usual

YEAR = 52
_NEWTON_STEPS = 30
_CLOSE_ENOUGH = 1e-10


@dataclass(frozen=True, slots=True)
class Settings:
    """How the rule looks back. The defaults are those that UKHSA is known to use (FACTS C11)."""

    years: int = 5  # how many years back
    half_window: int = 3  # weeks on either side of the same week in earlier years
    seasons: int = 10  # levels of the season
    left_out: int = 26  # most recent weeks that do not count as baseline
    reweight_above: float = 2.58  # residuals above this are past outbreaks and count less
    trend_below: float = 1.0  # a trend is kept when its p is below this; 1: whenever it can be fitted
    least_cases: int = 5  # fewer than these ...
    least_weeks: int = 4  # ... in as many weeks never alarm
    alpha: float = 0.005


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rule says, one row a series and one column a judged week. NaN: too few cases to judge."""

    alarm: Flags
    expected: Reals
    upper: Reals
    p: Reals
    spread: Reals


@dataclass(frozen=True, slots=True)
class _Fit:
    slope: Reals  # (fits,)
    mean: Reals  # (fits, weeks of the baseline)
    now: Reals  # (fits,) the mean expected in the judged week
    around: Reals  # (fits, weeks): weeks from the weighted centre of their season
    information: Reals  # (fits,): of the slope


def judge_weeks(counts: Counts, weeks: int, settings: Settings | None = None) -> Judged:
    """Judge the last `weeks` weeks of every series (one a row) by Farrington Flexible.

    Raises UnreadableInput when a series is too short: five years and three weeks before the first
    week to be judged.
    """
    settings = settings or Settings()
    counts = np.asarray(counts, dtype=np.int64)
    reach = settings.years * YEAR + settings.half_window
    if counts.shape[1] - weeks < reach:
        raise UnreadableInput(f"Farrington's rule needs {reach} weeks before the first week it judges")
    chunks = [counts[start : start + CHUNK] for start in range(0, len(counts), CHUNK)]
    found = [_judge_chunk(chunk, weeks, settings) for chunk in chunks]
    expected, spread = (np.concatenate(part) for part in zip(*found, strict=True))
    seen = counts[:, -weeks:]
    upper = highest_usual(settings.alpha, expected, spread).astype(np.float64)
    p = chance_of_at_least(seen, expected, spread)
    enough = _recent_sums(counts, weeks, settings.least_weeks) >= settings.least_cases
    alarm = enough & (seen > upper) & (seen > 0)
    blank = np.where(enough, 1.0, np.nan)
    return Judged(alarm, expected * blank, upper * blank, p, spread)


def seasons_of(settings: Settings) -> tuple[Counts, Counts]:
    """The baseline of a judged week: weeks before it (negative) and the season, from 0, each belongs to.

    The last season is the one around the judged week itself; the rest of the year is cut into equal
    parts, the first of them one week longer where it does not come out even.
    """
    w, parts = settings.half_window, settings.seasons - 1
    season = {}
    for year in range(settings.years, -1, -1):
        middle = -YEAR * year
        for week in range(middle - w, middle + w + 1):
            season[week] = parts
        if year and parts:
            between = range(middle + w + 1, middle + YEAR - w)
            for part, block in enumerate(np.array_split(np.array(between), parts)):
                season.update(dict.fromkeys(block.tolist(), part))
    reach = -YEAR * settings.years - w
    weeks = [week for week in range(reach, -settings.left_out) if week in season]
    return np.array(weeks), np.array([season[week] for week in weeks])


def _judge_chunk(counts: Counts, weeks: int, settings: Settings) -> tuple[Reals, Reals]:
    judged = range(counts.shape[1] - weeks, counts.shape[1])
    columns = [_judge_week(counts, week, settings) for week in judged]
    expected, spread = (np.stack(part, axis=1) for part in zip(*columns, strict=True))
    return expected, spread


def _judge_week(counts: Counts, week: int, settings: Settings) -> tuple[Reals, Reals]:
    """The mean expected in one week, and the spread, for every series."""
    offsets, season = seasons_of(settings)
    seen = counts[:, week + offsets].astype(np.float64)
    first_season = season[offsets == -YEAR][0]
    ground = _Ground(offsets.astype(np.float64), np.eye(settings.seasons)[season], int(first_season))
    trended, spread, weight = _fit_twice(seen, ground, settings, trend=True)
    keep = _trend_is_sure(trended, seen, weight, ground, settings) & (trended.now <= seen.max(axis=1))
    flat, flat_spread, _ = _fit_twice(seen, ground, settings, trend=False)
    return np.where(keep, trended.now, flat.now), np.where(keep, spread, flat_spread)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all fits of a week share: the baseline's weeks, their seasons as columns, and the season of now."""

    time: Reals
    seasons: Reals
    now: int


def _fit_twice(seen: Reals, ground: _Ground, settings: Settings, trend: bool) -> tuple[_Fit, Reals, Reals]:
    """Fit, weigh past outbreaks down by their Anscombe residuals, and fit again."""
    free = len(ground.time) - settings.seasons - (1 if trend else 0)
    first = _fit(seen, np.ones_like(seen), ground, trend)
    spread = np.maximum(_pearson(seen, first.mean, np.ones_like(seen)) / free, 1.0)
    weight = _weights(seen, first, spread, ground, settings.reweight_above)
    second = _fit(seen, weight, ground, trend, first.slope)
    return second, np.maximum(_pearson(seen, second.mean, weight) / free, 1.0), weight


def _fit(seen: Reals, weight: Reals, ground: _Ground, trend: bool, slope: Reals | None = None) -> _Fit:
    slope = np.zeros(len(seen)) if slope is None else slope.copy()
    by_season = (weight * seen) @ ground.seasons
    for _ in range(_NEWTON_STEPS if trend else 1):
        shape = weight * np.exp(slope[:, None] * ground.time)
        mass = shape @ ground.seasons
        level = by_season / mass
        centre = ((shape * ground.time) @ ground.seasons) / mass
        square = ((shape * ground.time**2) @ ground.seasons) / mass
        information = (by_season * (square - centre**2)).sum(axis=1)
        if not trend:
            break
        score = (weight * seen) @ ground.time - (by_season * centre).sum(axis=1)
        step = score / np.where(information > 0, information, np.inf)
        slope += np.clip(step, -0.05, 0.05)
        if np.abs(step).max() < _CLOSE_ENOUGH:
            break
    mean = (level @ ground.seasons.T) * np.exp(slope[:, None] * ground.time)
    return _Fit(slope, mean, level[:, ground.now], ground.time - centre @ ground.seasons.T, information)


def _pearson(seen: Reals, mean: Reals, weight: Reals) -> Reals:
    safe = np.where(mean > 0, mean, 1.0)
    return np.asarray((weight * np.where(mean > 0, (seen - mean) ** 2 / safe, 0.0)).sum(axis=1))


def _weights(seen: Reals, fit: _Fit, spread: Reals, ground: _Ground, above: float) -> Reals:
    mass = fit.mean @ ground.seasons
    season_mass = mass @ ground.seasons.T
    safe_mean, safe_mass = np.where(fit.mean > 0, fit.mean, 1.0), np.where(season_mass > 0, season_mass, 1.0)
    leverage = fit.mean / safe_mass
    if fit.slope.any():
        safe_information = np.where(fit.information > 0, fit.information, np.inf)
        leverage += fit.mean * fit.around**2 / safe_information[:, None]
    raw = 1.5 * (np.cbrt(seen) ** 2 * safe_mean ** (-1 / 6) - np.sqrt(fit.mean))
    residual = np.where(fit.mean > 0, raw, 0.0) / np.sqrt(spread[:, None] * np.maximum(1 - leverage, 1e-12))
    weight = np.where(residual > above, 1 / np.maximum(residual, above) ** 2, 1.0)
    return np.asarray(weight * (weight.shape[1] / weight.sum(axis=1))[:, None])


def _trend_is_sure(fit: _Fit, seen: Reals, weight: Reals, ground: _Ground, settings: Settings) -> Flags:
    """Whether the trend's t-test is below its threshold.

    The t-test's own spread is made of working residuals, (seen - mean) / mean, as in R's `surveillance`:
    the trend is kept in the same weeks only if it is tested in the same way.
    """
    if settings.years < 3:
        return np.zeros(len(seen), dtype=np.bool_)
    free = len(ground.time) - settings.seasons - 1
    safe = np.where(fit.mean > 0, fit.mean, 1.0)
    working = np.where(fit.mean > 0, (seen - fit.mean) / safe, -1.0)
    spread = (weight * working**2).sum(axis=1) / free
    error = np.sqrt(spread / np.where(fit.information > 0, fit.information, np.nan))
    t = np.abs(fit.slope) / error
    return np.asarray(np.nan_to_num(2 * stdtr(free, -t), nan=1.0) < settings.trend_below)


def _recent_sums(counts: Counts, weeks: int, window: int) -> Counts:
    total = np.cumsum(np.pad(counts, ((0, 0), (1, 0))), axis=1)
    ends = np.arange(counts.shape[1] - weeks, counts.shape[1]) + 1
    return np.asarray(total[:, ends] - total[:, np.maximum(ends - window, 0)])
