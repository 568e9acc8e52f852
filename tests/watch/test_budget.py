"""How many false alarms to expect, and keeping within a budget."""

import numpy as np
import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.budget import alpha_for_budget, expected_false_alarms, keep_false_share


def test_a_hundred_series_at_a_half_per_cent_bring_two_a_month() -> None:
    assert expected_false_alarms(100, 0.005) == pytest.approx(2.17, abs=0.01)


def test_a_budget_and_what_it_brings_belong_together() -> None:
    alpha = alpha_for_budget(400, 3)
    assert expected_false_alarms(400, alpha) == pytest.approx(3)
    assert alpha_for_budget(1, 100) == 0.05
    with pytest.raises(UnreadableInput):
        alpha_for_budget(0, 1)


def test_benjamini_and_hochbergs_own_example() -> None:
    # The fifteen p of their paper (1995): four are kept at 0.05.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1,
    ]
    assert keep_false_share(p, 0.05).tolist() == [True] * 4 + [False] * 11


def test_what_was_not_judged_is_never_kept() -> None:
    assert keep_false_share([np.nan, 1e-9]).tolist() == [False, True]
    assert not keep_false_share([np.nan]).any()
