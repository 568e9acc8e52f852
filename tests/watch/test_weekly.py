"""From reports to weekly series and to reviews."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.report import Harm, Report, Reporter
from lightkeeper.watch.counts import Known
from lightkeeper.watch.events import Event, EventKind
from lightkeeper.watch.period import Period
from lightkeeper.watch.weekly import review_areas, weekly_counts

FRIDAY = date(2026, 11, 20)
LAST_WEEK = date(2026, 11, 9)  # its Monday


def on(day: date, name: str, area: str = "wiltshire", platform: str = "instagram") -> Report:
    return Report(
        id=name,
        received=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        reporter=Reporter.CHILD,
        harms=(Harm.SEXTORTION,),
        area=area,
        platforms=(platform,),
    )


def a_quiet_year_and_a_jump(jump: int) -> list[Report]:
    dice = random.Random(1)
    days = [LAST_WEEK - timedelta(days=dice.randrange(1, 370)) for _ in range(150)]
    quiet = [on(day, f"Q{number}", dice.choice(("wiltshire", "dorset"))) for number, day in enumerate(days)]
    return quiet + [
        on(LAST_WEEK + timedelta(days=number % 7), f"J{number}", platform="snapchat") for number in range(jump)
    ]


def test_the_week_that_is_still_running_is_left_out() -> None:
    found = weekly_counts([on(LAST_WEEK, "A"), on(FRIDAY, "B")], "area", FRIDAY)
    assert found.weeks == ("2026-W46",)
    assert found.counts.tolist() == [[1]]


def test_weeks_without_a_report_are_there_with_none() -> None:
    found = weekly_counts([on(LAST_WEEK, "A"), on(LAST_WEEK - timedelta(days=21), "B")], "area", FRIDAY)
    assert found.counts.tolist() == [[1, 0, 0, 1]]


def test_a_jump_is_reviewed_with_its_area_and_its_platform() -> None:
    half_term = Event(EventKind.HOLIDAY, "half term", Period(date(2026, 10, 26), date(2026, 10, 30)))
    [review] = review_areas(a_quiet_year_and_a_jump(14), FRIDAY, events=[half_term])
    assert (review.series, review.week, review.since, review.driver) == (
        "wiltshire",
        "2026-W46",
        "2026-W46",
        "snapchat",
    )
    assert review.events == ("school holidays: half term, 26 October 2026 to 30 October 2026",)


def test_a_jump_that_is_held_opens_no_review() -> None:
    held = Known(held=frozenset(f"J{number}" for number in range(14)))
    assert review_areas(a_quiet_year_and_a_jump(14), FRIDAY, held) == []


def test_quiet_weeks_and_empty_desks_open_nothing() -> None:
    assert review_areas(a_quiet_year_and_a_jump(0), FRIDAY) == []
    assert review_areas([], FRIDAY) == []
    assert review_areas([on(LAST_WEEK, "A")], FRIDAY) == []


def test_no_whole_week_is_one_clear_line() -> None:
    with pytest.raises(UnreadableInput, match="whole week"):
        weekly_counts([on(FRIDAY, "A")], "area", FRIDAY)
