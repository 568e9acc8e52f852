"""How many false alarms a desk must expect a month, and how to keep within what it can look at."""

import numpy as np
from numpy.typing import ArrayLike

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.chance import Flags

WEEKS_A_MONTH = 365.2425 / 12 / 7


def expected_false_alarms(series: int, alpha: float) -> float:
    """How many false alarms a month to expect from so many quiet series, each judged every week at alpha."""
    return series * alpha * WEEKS_A_MONTH


def alpha_for_budget(series: int, false_alarms_a_month: float) -> float:
    """The alpha at which quiet series bring no more false alarms than the desk can look at, 0.05 at most.

    Raises UnreadableInput when there is no series or no budget.
    """
    if series < 1 or not false_alarms_a_month > 0:
        raise UnreadableInput("a budget needs at least one series and more than no false alarm a month")
    return min(0.05, false_alarms_a_month / (series * WEEKS_A_MONTH))


def keep_false_share(p: ArrayLike, share: float = 0.1) -> Flags:
    """Which of the p of one week to look at so that about `share` of them at most are false.

    Benjamini and Hochberg's step-up rule (1995). NaN, a series that was not judged, is never looked at.
    """
    p = np.asarray(p, dtype=np.float64)
    judged = np.flatnonzero(~np.isnan(p))
    order = judged[np.argsort(p[judged], kind="stable")]
    passing = np.flatnonzero(p[order] <= share * np.arange(1, len(order) + 1) / max(1, len(order)))
    kept = np.zeros(p.shape, dtype=np.bool_)
    if len(passing):
        kept[order[: passing[-1] + 1]] = True
    return kept
