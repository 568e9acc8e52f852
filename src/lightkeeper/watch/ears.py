"""EARS C1, C2 and C3: the simple rules for a series that has only a few weeks of history (FACTS C12).

C1 holds a week against the mean and standard deviation of the seven weeks before it, C2 leaves the two
most recent ones out, C3 adds up how far C2 was above one in this week and the two before it. With low
counts they cry wolf often; `rise` is the rule to use as soon as there is more history.
"""

from enum import StrEnum

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.special import ndtri

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.chance import Counts, Flags, Reals

BASELINE = 7
_GUARD = 2  # weeks that C2 leaves out
_C3_LIMIT = 2.0


class Rule(StrEnum):
    C1 = "C1"
    C2 = "C2"
    C3 = "C3"


def judge_weeks(counts: Counts, weeks: int, rule: Rule = Rule.C2, alpha: float = 0.001) -> Flags:
    """Which of the last `weeks` weeks of every series (one a row) the rule alarms on.

    `alpha` is that of C1 and C2; C3 keeps its published limit of 2. Raises UnreadableInput when there
    are fewer than 7 (C1), 9 (C2) or 11 (C3) weeks before the first week judged.
    """
    history = np.asarray(counts, dtype=np.float64)
    guard = 0 if rule is Rule.C1 else _GUARD
    needed = BASELINE + guard + (2 if rule is Rule.C3 else 0)
    if history.shape[1] - weeks < needed:
        raise UnreadableInput(f"EARS {rule} needs {needed} weeks before the first week it judges")
    judged = weeks + (2 if rule is Rule.C3 else 0)
    mean, deviation = _recent(history, judged, guard)
    seen = history[:, -judged:]
    if rule is not Rule.C3:
        return np.asarray(seen > mean + float(ndtri(1 - alpha)) * deviation)
    # A week whose history never varied has no C2; it adds nothing rather than everything.
    distance = np.where(deviation > 0, (seen - mean) / np.where(deviation > 0, deviation, 1.0), 0.0)
    above = np.maximum(distance - 1, 0.0)
    return np.asarray(above[:, 2:] + above[:, 1:-1] + above[:, :-2] > _C3_LIMIT)


def _recent(counts: Reals, weeks: int, guard: int) -> tuple[Reals, Reals]:
    """Mean and standard deviation of the seven weeks before each judged week, `guard` weeks back."""
    end = counts.shape[1] - guard - 1
    windows = sliding_window_view(counts[:, end - weeks - BASELINE + 1 : end], BASELINE, axis=1)
    return windows.mean(axis=-1), windows.std(axis=-1, ddof=1)
