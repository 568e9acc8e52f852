"""EARS on series small enough to reckon by hand."""

import numpy as np
import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.ears import Rule, judge_weeks

STEADY = [4, 5, 6, 5, 4, 6, 5]  # mean 5, standard deviation 0.816


def test_c1_alarms_above_the_mean_and_three_standard_deviations() -> None:
    assert not judge_weeks(np.array([[*STEADY, 7]]), 1, Rule.C1)[0, 0]
    assert judge_weeks(np.array([[*STEADY, 8]]), 1, Rule.C1)[0, 0]


def test_c2_does_not_let_the_last_two_weeks_raise_the_bar() -> None:
    series = np.array([[*STEADY, 9, 9, 9]])
    assert judge_weeks(series, 1, Rule.C2)[0, 0]
    assert not judge_weeks(series, 1, Rule.C1)[0, 0]


def test_c3_adds_up_three_weeks_each_too_small_alone() -> None:
    series = np.array([[*STEADY, 5, 5, 7, 7, 7]])
    assert judge_weeks(series, 1, Rule.C3)[0, 0]
    assert not judge_weeks(series, 3, Rule.C2).any()


@pytest.mark.parametrize(("rule", "needed"), [(Rule.C1, 7), (Rule.C2, 9), (Rule.C3, 11)])
def test_each_rule_says_how_much_history_it_needs(rule: Rule, needed: int) -> None:
    judge_weeks(np.ones((1, needed + 1)), 1, rule)
    with pytest.raises(UnreadableInput, match=str(needed)):
        judge_weeks(np.ones((1, needed)), 1, rule)
