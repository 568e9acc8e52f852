"""Comparisons: the exact figures, against statsmodels and against published worked values (FACTS C3 to C5)."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.rates import test_poisson_2indep as poisson_test

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.compare import Comparison, compare_counts, garwood_interval, spread_of_clusters
from lightkeeper.watch.period import Period

NOW, BEFORE = Period(date(2022, 10, 1), date(2023, 9, 30)), Period(date(2021, 10, 1), date(2022, 9, 30))


def compared(now: int, before: int, spread: float = 1.0) -> Comparison:
    return compare_counts(now, before, NOW, BEFORE, spread)


@pytest.mark.parametrize(
    ("now", "before", "ratio", "low", "high", "p"),
    [
        (153, 84, 1.821, 1.387, 2.406, 8.7e-6),
        (6, 3, 2.0, 0.43, 12.4, 0.51),
        (12, 6, 2.0, 0.69, 6.49, 0.24),
        (5, 1, 5.0, 0.56, 236, 0.22),
        (17, 0, math.inf, 4.13, math.inf, 1.5e-5),
        (3, 0, math.inf, 0.41, math.inf, 0.25),
    ],
)
def test_published_worked_values(now: int, before: int, ratio: float, low: float, high: float, p: float) -> None:
    found = compared(now, before)
    assert found.ratio == pytest.approx(ratio, rel=5e-3)
    assert found.low == pytest.approx(low, rel=2e-2)
    assert found.high == pytest.approx(high, rel=5e-3)
    assert found.p == pytest.approx(p, rel=3e-2)


def test_thirteen_months_against_twelve_are_compared_by_the_day() -> None:
    thirteen = Period(date(2022, 10, 1), date(2022, 10, 1) + timedelta(days=394))
    twelve = Period(thirteen.first - timedelta(days=365), thirteen.first - timedelta(days=1))
    found = compare_counts(153, 84, thirteen, twelve)
    assert found.ratio == pytest.approx(1.683, abs=5e-3)
    assert (found.low, found.high) == (pytest.approx(1.28, abs=0.01), pytest.approx(2.22, abs=0.01))
    assert "a day" in found.sentence
    assert "82 per cent" not in found.sentence


@given(now=st.integers(0, 200), before=st.integers(1, 200), days=st.integers(1, 800))
def test_p_is_that_of_statsmodels(now: int, before: int, days: int) -> None:
    longer = Period(date(2023, 1, 1), date(2023, 1, 1) + timedelta(days=days - 1))
    year = Period(date(2021, 1, 1), date(2021, 12, 31))
    theirs = poisson_test(now, days, before, 365, method="exact-cond").pvalue
    assert compare_counts(now, before, longer, year).p == pytest.approx(theirs, rel=1e-6, abs=1e-12)


@given(now=st.integers(0, 500), before=st.integers(0, 500))
def test_the_interval_holds_the_ratio_and_turns_over_with_the_periods(now: int, before: int) -> None:
    found, turned = compared(now, before), compare_counts(before, now, BEFORE, NOW)
    if now and before:
        assert found.low < found.ratio < found.high
        assert found.low == pytest.approx(1 / turned.high, rel=1e-6)
    assert found.p == pytest.approx(turned.p, rel=1e-6)


@given(now=st.integers(0, 60), before=st.integers(0, 60))
def test_no_percentage_when_either_count_is_under_ten(now: int, before: int) -> None:
    assert ("up " in compared(now, before).sentence) <= (min(now, before) >= 10)
    if min(now, before) < 10:
        assert "per cent," not in compared(now, before).sentence.replace("95 per cent", "")


def test_three_then_six_is_too_few_to_call_a_rise() -> None:
    sentence = compared(6, 3).sentence
    assert sentence.startswith("6 reports from 1 October 2022 to 30 September 2023 (365 days), 3 from")
    assert sentence.endswith("too few to call a rise.")


def test_seventeen_after_none_is_a_rise_without_a_percentage() -> None:
    sentence = compared(17, 0).sentence
    assert "a rise that chance does not explain" in sentence
    assert "at least 4.13 times as many" in sentence


def test_a_fall_is_called_a_fall() -> None:
    assert "down 45 per cent" in compared(84, 153).sentence
    assert compared(84, 153).shows_fall


@pytest.mark.parametrize(("spread", "low", "high", "p"), [(2, 1.25, 2.65, 0.0018), (3, 1.15, 2.89, 0.011)])
def test_over_dispersion_widens_the_interval(spread: float, low: float, high: float, p: float) -> None:
    found = compared(153, 84, spread)
    assert (found.low, found.high) == (pytest.approx(low, abs=0.01), pytest.approx(high, abs=0.01))
    assert found.p == pytest.approx(p, rel=0.05)


def test_one_man_with_many_children_makes_a_count_vary_more() -> None:
    assert spread_of_clusters([7] + [1] * 40) == pytest.approx(89 / 47)
    assert spread_of_clusters([]) == spread_of_clusters([1, 1, 1]) == 1


def test_a_rise_that_is_one_offender_is_not_called_a_rise() -> None:
    """Thirty reports against twelve look like a rise; when twenty of them are one man's, they are not."""
    assert compared(30, 12).shows_rise
    assert not compared(30, 12, spread_of_clusters([20] + [1] * 22)).shows_rise


def test_garwoods_interval_of_one_count() -> None:
    assert garwood_interval(153) == (pytest.approx(129.7, abs=0.05), pytest.approx(179.3, abs=0.05))
    assert garwood_interval(0)[0] == 0


def test_periods_that_overlap_are_refused() -> None:
    with pytest.raises(UnreadableInput, match="share days"):
        compare_counts(1, 1, NOW, Period(date(2022, 1, 1), NOW.first))


def test_nothing_against_nothing_is_said_so() -> None:
    found = compared(0, 0)
    assert found.sentence.endswith("nothing to compare.")
    assert found.as_json()["rate_ratio"] is None
