"""Compare two counts honestly: both counts, both periods, the ratio with its interval, and one true sentence."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import betaincinv, gammaincinv, gammaln, ndtr, ndtri

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.counts import Table
from lightkeeper.watch.definition import EVERY_REPORT, Definition, the_one_definition
from lightkeeper.watch.period import Period
from lightkeeper.watch.sentence import say_comparison

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Comparison:
    """A count now against a count before, each with the period it belongs to, per day of its period.

    `ratio` is infinite when there was none before. `low` and `high` bound it with 95 per cent
    confidence; `p` is two-sided. `spread` is how much more than by chance alone the counts vary, because
    one offender brings several reports (1: they do not); `test` names how interval and p were made.
    """

    now: int
    before: int
    now_period: Period
    before_period: Period
    ratio: float
    low: float
    high: float
    p: float
    test: str
    spread: float = 1.0
    definition: Definition = EVERY_REPORT

    @property
    def sentence(self) -> str:
        return say_comparison(self)

    @property
    def shows_rise(self) -> bool:
        return self.low > 1

    @property
    def shows_fall(self) -> bool:
        return self.high < 1

    def as_json(self) -> dict[str, Any]:
        """All of it; an infinite or undefined figure is null, since JSON knows no infinity."""
        return {
            "now": {"count": self.now, **self.now_period.as_json()},
            "before": {"count": self.before, **self.before_period.as_json()},
            "rate_ratio": _finite(self.ratio),
            "interval_95": [_finite(self.low), _finite(self.high)],
            "p": _finite(self.p),
            "test": self.test,
            "spread": self.spread,
            "definition": self.definition.as_json(),
            "sentence": self.sentence,
        }


def compare_counts(
    now: int,
    before: int,
    now_period: Period,
    before_period: Period,
    spread: float = 1.0,
    definition: Definition = EVERY_REPORT,
) -> Comparison:
    """Say whether there are more a day now than before.

    With a spread of 1 the interval and p are the exact conditional ones (given the sum, the count now is
    binomial; Clopper and Pearson's bounds by beta quantiles; FACTS C3, C6). With a larger spread they
    are the quasi-Poisson ones, which need at least one report on each side. Raises UnreadableInput when
    the periods overlap, a count is negative or a spread is below 1.
    """
    if now < 0 or before < 0 or not spread >= 1:
        raise UnreadableInput("counts are 0 or more and a spread is 1 or more")
    if now_period.overlaps(before_period):
        raise UnreadableInput("the two periods share days, so the same report would stand on both sides")
    exposure = now_period.days / before_period.days
    ratio = (now / before / exposure) if before else (math.inf if now else math.nan)
    if spread > 1 and now and before:
        low, high, p = _allowing_for_spread(now, before, exposure, spread)
        test = f"quasi-Poisson, spread {spread:.2f}"
    else:
        low, high = exact_interval(now, before, exposure)
        p = exact_p(now, before, exposure)
        test = "exact conditional"
    return Comparison(
        now, before, now_period, before_period, ratio, low, high, p, test, max(1.0, spread), definition
    )


def compare_tables(now: Table, before: Table) -> Comparison:
    """Compare the totals of two tables of one definition, allowing for linked reports where links are known.

    Raises UnreadableInput when the definitions or the dates counted (report, occurrence) differ.
    """
    definition = the_one_definition((now.definition, before.definition))
    if now.basis is not before.basis:
        raise UnreadableInput("one count is by date of report and the other by date of occurrence")
    return compare_counts(
        now.total.reports,
        before.total.reports,
        now.period,
        before.period,
        spread_of_clusters(now.cluster_sizes + before.cluster_sizes),
        definition,
    )


def spread_of_clusters(sizes: Sequence[int]) -> float:
    """How much more a count varies than single events would, when events come in clusters of these sizes.

    The variance of a sum of clusters that arrive by chance is the sum of the squared sizes, so the
    spread is that over the count. Seven children of one man among forty single reports: 89/47 = 1.9.
    """
    total = sum(sizes)
    return max(1.0, sum(size * size for size in sizes) / total) if total else 1.0


def exact_interval(
    now: int, before: int, exposure: float = 1.0, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """The exact conditional interval of the rate ratio; `exposure` is days now over days before."""
    tail = (1 - confidence) / 2
    low = float(betaincinv(now, before + 1, tail)) if now else 0.0
    high = float(betaincinv(now + 1, before, 1 - tail)) if before else 1.0
    return _odds(low) / exposure, _odds(high) / exposure


def exact_p(now: int, before: int, exposure: float = 1.0) -> float:
    """The exact two-sided p of equal rates: the chance of every split no likelier than the one seen."""
    total = now + before
    share = exposure / (1 + exposure)
    splits = np.arange(total + 1)
    ways = gammaln(total + 1) - gammaln(splits + 1) - gammaln(total - splits + 1)
    logs = ways + splits * math.log(share) + (total - splits) * math.log1p(-share)
    no_likelier = logs <= logs[now] + 1e-7  # splits that are equally likely differ in the last digits only
    return min(1.0, math.fsum(np.exp(logs[no_likelier])))


def garwood_interval(count: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The exact interval of the mean behind one Poisson count (Garwood 1936), in counts."""
    tail = (1 - confidence) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))


def _allowing_for_spread(now: int, before: int, exposure: float, spread: float) -> tuple[float, float, float]:
    middle = math.log(now / before / exposure)
    error = math.sqrt(spread * (1 / now + 1 / before))
    reach = float(ndtri(0.5 + CONFIDENCE / 2)) * error
    return math.exp(middle - reach), math.exp(middle + reach), float(2 * ndtr(-abs(middle) / error))


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
