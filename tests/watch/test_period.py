"""A period is two dates."""

from datetime import date

import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.period import Period, iso_week, quarter, read_day, weeks_of


def test_both_days_count() -> None:
    assert Period(date(2017, 11, 20), date(2018, 1, 7)).days == 49
    assert Period(date(2026, 1, 1), date(2026, 1, 1)).days == 1


def test_the_year_before_a_leap_year_day() -> None:
    leap = Period(date(2023, 3, 1), date(2024, 2, 29))
    assert leap.year_before() == Period(date(2022, 3, 1), date(2023, 2, 28))


def test_the_period_just_before_is_as_long_and_shares_no_day() -> None:
    period = Period(date(2026, 5, 1), date(2026, 5, 31))
    assert period.just_before().days == 31
    assert not period.overlaps(period.just_before())


def test_words_are_refused() -> None:
    for text in ("since May", "2026-13-01", "1/5/2026", ""):
        with pytest.raises(UnreadableInput, match="2022-10-01"):
            read_day(text)


def test_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="ends"):
        Period(date(2026, 2, 1), date(2026, 1, 1))


def test_weeks_begin_on_monday_and_the_first_days_of_january_may_belong_to_the_old_year() -> None:
    assert iso_week(date(2027, 1, 1)) == "2026-W53"
    assert list(weeks_of(Period(date(2026, 12, 27), date(2027, 1, 4)))) == ["2026-W52", "2026-W53", "2027-W01"]
    assert [quarter(date(2026, number, 1)) for number in (1, 3, 4, 12)] == [
        "2026-Q1",
        "2026-Q1",
        "2026-Q2",
        "2026-Q4",
    ]
