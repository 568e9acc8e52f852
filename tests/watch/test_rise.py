"""Our own detector: it holds its false alarms, it finds outbreaks, and each week is judged from its past alone.

The measured figures beside the peers are printed by bench/watch; here a smaller draw guards them.
"""

import numpy as np
import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.baseline import Look, expect_weeks
from lightkeeper.watch.rise import find_rises

YEARS = Look(season_weeks=52)


def seasonal(seed: int, series: int, weeks: int = 364, level: float = 6.0) -> np.ndarray:
    """Quiet series with a season and a slow trend."""
    dice = np.random.default_rng(seed)
    time = np.arange(weeks)
    mean = level * np.exp(0.3 * np.cos(2 * np.pi * time / 52) + 0.0005 * time)
    return dice.negative_binomial(mean / 0.5, 1 / 1.5, (series, weeks))


def test_quiet_weeks_alarm_about_as_rarely_as_asked() -> None:
    # Without any past outbreak the spread is taken a little too small, and 0.5 per cent become 0.7.
    counts = seasonal(1, 400)
    assert 0.002 < find_rises(counts, 40, 0.005, YEARS).alarm.mean() < 0.008
    assert 0.012 < find_rises(counts, 40, 0.02, YEARS).alarm.mean() < 0.025


def test_a_rise_over_a_fortnight_is_found_more_often_than_in_one_week_alone() -> None:
    counts = seasonal(2, 400)
    counts[:, -2:] += 12
    two_weeks = find_rises(counts, 1, 0.005, YEARS).alarm.mean()
    counts[:, -2] -= 12
    one_week = find_rises(counts, 1, 0.005, YEARS).alarm.mean()
    assert two_weeks > one_week + 0.2
    assert two_weeks > 0.8


def test_a_slow_rise_over_six_weeks_is_found_over_several_weeks() -> None:
    counts = seasonal(3, 300)
    counts[:, -6:] += 6
    found = find_rises(counts, 1, 0.005, YEARS)
    assert found.alarm.mean() > 0.3
    assert found.window[found.alarm].max() == 6
    assert np.median(found.window[found.alarm]) >= 2


def test_an_alarm_is_a_count_above_the_upper_bound() -> None:
    counts = seasonal(4, 100)
    counts[::3, -3:] += 9
    found = find_rises(counts, 20, 0.01, YEARS)
    assert found.alarm.any()
    assert np.array_equal(found.alarm, counts[:, -20:] > found.upper)
    assert (found.p[found.alarm] <= 0.01).all()


def test_what_comes_after_a_week_does_not_change_its_verdict() -> None:
    counts = seasonal(5, 20)
    whole, cut = find_rises(counts, 30, look=YEARS), find_rises(counts[:, :-10], 20, look=YEARS)
    assert whole.p[:, :20] == pytest.approx(cut.p, rel=1e-3)
    assert np.array_equal(whole.alarm[:, :20], cut.alarm)


def test_two_reports_are_looked_at_and_not_alarmed_on() -> None:
    counts = np.zeros((1, 200), dtype=np.int64)
    counts[0, -1] = 2
    assert not find_rises(counts, 1, 0.05).alarm.any()
    counts[0, -1] = 6
    assert find_rises(counts, 1).alarm.all()


def test_a_past_outbreak_hardly_raises_the_bar() -> None:
    quiet = seasonal(6, 50)
    scarred = quiet.copy()
    scarred[:, 250:252] += 60
    before, after = expect_weeks(quiet, 1, YEARS), expect_weeks(scarred, 1, YEARS)
    assert (after.mean / before.mean).mean() == pytest.approx(1, abs=0.05)
    assert (after.spread / before.spread).mean() < 1.25


def test_a_series_of_a_few_months_is_judged_without_a_season() -> None:
    short = np.random.default_rng(7).poisson(5, (200, 30))
    assert find_rises(short, 10, 0.01).alarm.mean() < 0.02
    short[:, -1] = 20
    assert find_rises(short, 1).alarm.mean() > 0.95


def test_less_than_eight_weeks_are_one_clear_line() -> None:
    with pytest.raises(UnreadableInput, match="8 weeks"):
        find_rises(np.ones((1, 8), dtype=np.int64), 1)


def test_more_series_than_a_block_come_back_in_order() -> None:
    counts = np.random.default_rng(8).poisson(4, (1100, 40))
    together, alone = find_rises(counts, 2), find_rises(counts[1050:], 2)
    assert together.p[1050:] == pytest.approx(alone.p, rel=1e-3)
