"""What one should expect: the usual level of each week, from its own history, with season and trend.

A quasi-Poisson regression on all the history there is (ten years at most), a smooth season (one wave a
year) and a trend; weeks far above it, which are past outbreaks, count less. All series are fitted
together, and each judged week only from weeks before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.chance import Counts, Reals

YEAR = 52.1775  # weeks
LEAST_HISTORY = 8  # weeks
_TREND_FROM, _SEASON_FROM = 52, 104  # weeks of history
CHUNK = 64  # series fitted together: larger arrays leave the cache and take ten times as long
_TREND_UNIT = 100.0  # weeks: keeps the columns of one size
_PLAIN_PASSES = 3
_MOST_PASSES = 30
_CLOSE_ENOUGH = 1e-4
_FARTHEST_STEP = 1.0
_LOG_RANGE = 15.0


@dataclass(frozen=True, slots=True)
class Look:
    """How the history is read."""

    years: int = 10  # at most so many years back
    left_out: int = 6  # most recent weeks that are no baseline: a rise must not raise its own bar
    reweight_above: float = 2.3  # residuals above this are past outbreaks and count less
    season_weeks: float = YEAR  # how long a season is; series with 52 weeks a year say 52


@dataclass(frozen=True, slots=True)
class Expectation:
    """What each judged week should bring: one row a series, one column a week."""

    mean: Reals
    spread: Reals  # variance over mean, 1 or more
    error: Reals  # the variance of the logarithm of the mean: how unsure it is


def expect_weeks(counts: Counts, weeks: int, look: Look | None = None) -> Expectation:
    """Expect the last `weeks` weeks of every series (one a row), each from the weeks before it alone.

    Raises UnreadableInput when there are fewer than eight weeks before the first week expected.
    """
    look = look or Look()
    seen = np.asarray(counts, dtype=np.float64)
    if weeks < 1 or seen.shape[1] - weeks < LEAST_HISTORY:
        raise UnreadableInput(f"a series needs {LEAST_HISTORY} weeks of history before the first week judged")
    parts = [_expect_chunk(seen[start : start + CHUNK], weeks, look) for start in range(0, len(seen), CHUNK)]
    return Expectation(*(np.concatenate([part[place] for part in parts]) for place in range(3)))


def _expect_chunk(counts: Reals, weeks: int, look: Look) -> tuple[Reals, Reals, Reals]:
    mean, spread, error = (np.empty((len(counts), weeks)) for _ in range(3))
    fit = None
    for column, ground in enumerate(_grounds(counts.shape[1], weeks, look)):
        fit = _fit(counts[:, ground.first : ground.end], ground, look, fit.moved_to(ground) if fit else None)
        mean[:, column] = np.exp(np.clip(fit.terms @ ground.now, -_LOG_RANGE, _LOG_RANGE))
        spread[:, column] = fit.spread
        error[:, column] = fit.spread * np.einsum("i,sij,j->s", ground.now, fit.inverse, ground.now)
    return mean, spread, error


@dataclass(frozen=True, slots=True)
class _Ground:
    """The baseline of one judged week: which weeks, their columns, and the judged week's own row."""

    first: int
    end: int
    columns: Reals  # (weeks, terms): one, and where the history is long enough, trend, cosine, sine
    pairs: Reals  # (weeks, terms * terms)
    now: Reals  # (terms,)


@dataclass(frozen=True, slots=True)
class _Fit:
    terms: Reals  # (series, terms)
    spread: Reals  # (series,)
    inverse: Reals  # (series, terms, terms)

    def moved_to(self, ground: _Ground) -> "_Fit | None":
        """The fit as a start for the next week, whose time is counted from one week later."""
        if ground.columns.shape[1] != self.terms.shape[1]:
            return None
        terms = self.terms.copy()
        if terms.shape[1] > 1:
            terms[:, 0] += terms[:, 1] / _TREND_UNIT
        return _Fit(terms, self.spread, self.inverse)


def _grounds(length: int, weeks: int, look: Look) -> Iterator[_Ground]:
    for week in range(length - weeks, length):
        end = week - min(look.left_out, week // 5)
        first = max(0, week - round(look.years * YEAR))
        history = end - first
        time = np.arange(first, end)
        columns, now = (_columns(at, week, history, look) for at in (time, np.array([week])))
        pairs = (columns[:, :, None] * columns[:, None, :]).reshape(history, -1)
        yield _Ground(first, end, columns, pairs, now[0])


def _columns(time: Counts, week: int, history: int, look: Look) -> Reals:
    columns = [np.ones(len(time))]
    if history >= _TREND_FROM:
        columns.append((time - week) / _TREND_UNIT)
    if history >= _SEASON_FROM:
        angle = 2 * np.pi * time / look.season_weeks
        columns += [np.cos(angle), np.sin(angle)]
    return np.stack(columns, axis=1)


def _ridge(terms: int) -> Reals:
    """A little doubt about trend and season keeps them finite where a series is nearly empty."""
    return np.array([1e-6, *([0.3] * (terms - 1))])


def _fit(seen: Reals, ground: _Ground, look: Look, start: _Fit | None) -> _Fit:
    """Newton steps until they are small; the weights and the spread are renewed at every step.

    A first fit starts from the plain mean and leaves the weights at one for three steps; a later one
    starts from the week before, and nearly there.
    """
    terms = ground.columns.shape[1]
    ridge = _ridge(terms)
    power, beta, spread = np.cbrt(seen) ** 2, *_beginning(seen, terms, start)
    weight = np.ones_like(seen)
    for turn in range(_MOST_PASSES):
        sixth = np.exp(np.clip(beta @ ground.columns.T, -_LOG_RANGE, _LOG_RANGE) / -6)  # mean ** (-1/6)
        root = 1 / (sixth * sixth * sixth)  # mean ** (1/2)
        mean = root * root
        if start is not None or turn >= _PLAIN_PASSES:
            weight = _weights(1.5 * (power * sixth - root) / np.sqrt(spread)[:, None], look.reweight_above)
        rest = seen - mean
        weighted = weight * rest
        spread = np.maximum((weighted * rest / mean).sum(axis=1) / (weight.sum(axis=1) - terms), 1.0)
        slope = weighted @ ground.columns - ridge * beta
        curve = ((weight * mean) @ ground.pairs).reshape(-1, terms, terms) + np.diag(ridge)
        step = np.clip(np.linalg.solve(curve, slope[:, :, None])[:, :, 0], -_FARTHEST_STEP, _FARTHEST_STEP)
        beta = beta + step
        if turn > _PLAIN_PASSES * (start is None) and np.abs(step).max() < _CLOSE_ENOUGH:
            break
    return _Fit(beta, spread, np.asarray(np.linalg.inv(curve), dtype=np.float64))


def _weights(residual: Reals, above: float) -> Reals:
    """Less weight for weeks far above the model, alone or with a neighbour: an outbreak is rarely one week.

    `residual` is Anscombe's, near a standard normal number.
    """
    pair = (residual[:, 1:] + residual[:, :-1]) * np.sqrt(0.5)
    np.maximum(residual[:, 1:], pair, out=residual[:, 1:])
    np.maximum(residual[:, :-1], pair, out=residual[:, :-1])
    return np.asarray((above / np.maximum(residual, above)) ** 2)


def _beginning(seen: Reals, terms: int, start: _Fit | None) -> tuple[Reals, Reals]:
    if start is not None:
        return start.terms, start.spread
    beta = np.zeros((len(seen), terms))
    beta[:, 0] = np.log(seen.mean(axis=1) + 0.5 / seen.shape[1])
    return beta, np.ones(len(seen))
