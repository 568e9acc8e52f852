"""The chance of a count: Poisson, or negative binomial where counts vary more than chance alone would have it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammainc, ndtri

Reals = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

# Below this the negative binomial and the Poisson are the same to the last digit that matters.
_HARDLY_SPREAD = 1e-6


def chance_of_at_least(count: ArrayLike, mean: ArrayLike, spread: ArrayLike) -> Reals:
    """The probability of `count` or more events, where `mean` are expected and the variance is spread times mean.

    Any shapes that fit together. `count` may be any real number: the tail is the smooth one between
    whole counts, which for whole counts is exact. A spread of 1 or less means Poisson.
    """
    seen, usual, extent = _together(count, mean, spread)
    some, expected = np.maximum(seen, _HARDLY_SPREAD), np.maximum(usual, 1e-300)
    extra = np.maximum(extent - 1, _HARDLY_SPREAD)
    tail = betainc(some, expected / extra, extra / (1 + extra))
    poisson = extent - 1 <= _HARDLY_SPREAD
    if poisson.any():
        tail = np.where(poisson, gammainc(some, expected), tail)
    tail = np.where(usual <= 0, 0.0, tail)
    return np.asarray(np.where(seen <= 0, 1.0, tail))


def middle_chance(count: ArrayLike, mean: ArrayLike, spread: ArrayLike) -> Reals:
    """The mid-p: half the chance of exactly `count` and all of more; the plain tail is too shy with few."""
    more = np.asarray(count, dtype=np.float64) + 1
    return (chance_of_at_least(count, mean, spread) + chance_of_at_least(more, mean, spread)) / 2


Tail = Callable[[ArrayLike, ArrayLike, ArrayLike], Reals]


def highest_usual(alpha: float, mean: ArrayLike, spread: ArrayLike, tail: Tail = chance_of_at_least) -> Counts:
    """The smallest count above which everything is unusual: the tail beyond it holds at most `alpha`."""
    usual, extent = _together(mean, spread)
    shape, usual, extent = usual.shape, usual.ravel(), extent.ravel()
    allowed = alpha * (1 + 1e-12)
    guess = _guess(alpha, usual, np.maximum(extent, 1.0))
    low, high = np.maximum(guess - 3, -1.0), guess + 2.0  # believed too small, believed enough

    def beyond(at: Reals, some: Places) -> Reals:
        return tail(at + 1, usual[some], extent[some])

    _move(low, -4.0, lambda at, some: (at >= 0) & (beyond(at, some) <= allowed))
    _move(high, 4.0, lambda at, some: beyond(at, some) > allowed)
    low = np.maximum(low, -1.0)
    between = np.flatnonzero(high - low > 1)
    while len(between):
        middle = np.floor((low[between] + high[between]) / 2)
        enough = beyond(middle, between) <= allowed
        high[between] = np.where(enough, middle, high[between])
        low[between] = np.where(enough, low[between], middle)
        between = between[high[between] - low[between] > 1]
    return np.asarray(high.reshape(shape), dtype=np.int64)


def _guess(alpha: float, mean: Reals, spread: Reals) -> Reals:
    """Near the upper bound: the normal quantile with Cornish and Fisher's term for the skewness."""
    z, deviation = float(ndtri(1 - alpha)), np.sqrt(spread * mean)
    skew = (2 * spread - 1) / np.maximum(deviation, 1e-9)
    return np.asarray(np.floor(mean + deviation * (z + (z * z - 1) / 6 * np.minimum(skew, 9.0))))


def _move(bound: Reals, step: float, wrong: Callable[[Reals, Places], Flags]) -> None:
    """Move each bound on, ever farther, until it is no longer wrong."""
    some = np.arange(len(bound))
    while len(some):
        some = some[wrong(bound[some], some)]
        bound[some] += step
        step *= 2


def _together(*arrays: ArrayLike) -> tuple[Reals, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(one, dtype=np.float64) for one in arrays)))
