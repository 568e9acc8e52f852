"""Counting: what is counted, by what, and on which day."""

from datetime import UTC, date, datetime

import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.report import Demand, Harm, Money, Report, Reporter
from lightkeeper.watch.counts import NOT_SAID, Basis, Known, count_reports
from lightkeeper.watch.definition import EVERY_REPORT, IMAGE_SHARED, SEXTORTION, the_one_definition
from lightkeeper.watch.period import Period

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


def a_report(name: str, when: str = "2026-05-10T12:00:00+00:00", **more: object) -> Report:
    fields = {"reporter": Reporter.CHILD, "harms": (Harm.SEXTORTION,), "area": "wiltshire", "age": 15, **more}
    return Report(id=name, received=datetime.fromisoformat(when), **fields)  # type: ignore[arg-type]


def rows(by: str, *reports: Report) -> dict[str, int]:
    return {cell.key[0]: cell.reports for cell in count_reports(reports, MAY, by=(by,)).cells}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("platform", {"instagram": 1, "snapchat": 1}),
        ("age", {"13 to 15": 1}),
        ("area", {"wiltshire": 1}),
        ("harm", {"grooming": 1, "sextortion": 1}),
        ("demand", {"money": 1}),
        ("paid", {"money lost": 1}),
        ("reporter", {"child": 1}),
        ("day", {"2026-05-10": 1}),
        ("week", {"2026-W19": 1}),
        ("month", {"2026-05": 1}),
        ("quarter", {"2026-Q2": 1}),
    ],
)
def test_every_variable(by: str, expected: dict[str, int]) -> None:
    report = a_report(
        "A",
        platforms=("instagram", "snapchat"),
        harms=(Harm.SEXTORTION, Harm.GROOMING),
        demands=(Demand.MONEY,),
        lost=Money(20, "GBP"),
    )
    assert rows(by, report) == expected


def test_what_was_not_said_is_a_row_of_its_own_and_never_a_no() -> None:
    silent = a_report("A", area=None, age=None)
    for by in ("platform", "age", "area", "demand"):
        assert rows(by, silent) == {NOT_SAID: 1}


def test_ages_go_in_bands() -> None:
    reports = [a_report(str(age), age=age) for age in (0, 12, 13, 15, 16, 17)]
    assert rows("age", *reports) == {"under 13": 2, "13 to 15": 2, "16 to 17": 2}


def test_both_days_of_a_period_are_counted_and_no_other() -> None:
    edges = [
        a_report(when, when)
        for when in (
            "2026-04-30T12:00:00Z",
            "2026-05-01T00:30:00+01:00",
            "2026-05-31T23:59:00+01:00",
            "2026-06-01T12:00:00Z",
        )
    ]
    assert count_reports(edges, MAY).total.reports == 2


def test_a_summer_night_belongs_to_the_day_that_the_clock_at_home_shows() -> None:
    late = a_report("A", "2026-05-31T23:30:00+00:00")  # half past midnight on 1 June in Wiltshire
    assert count_reports([late], MAY).total.reports == 0


def test_a_report_that_is_in_two_files_counts_once() -> None:
    assert count_reports([a_report("A"), a_report("A")], MAY).total.reports == 1


def test_reports_children_and_suspects_are_counted_apart() -> None:
    known = Known(suspects={"A": "S1", "B": "S1", "C": "S2"}, children={"A": "K1", "B": "K1", "C": "K2"})
    total = count_reports([a_report("A"), a_report("B"), a_report("C"), a_report("D")], MAY, known=known).total
    assert (total.reports, total.children, total.suspects) == (4, 3, 3)


def test_without_being_told_nobody_claims_to_know_children_or_suspects() -> None:
    total = count_reports([a_report("A")], MAY).total
    assert (total.children, total.suspects) == (None, None)


def test_only_what_the_definition_covers_is_counted() -> None:
    reports = [a_report("A"), a_report("B", harms=(Harm.IMAGE_SHARED,)), a_report("C", harms=(Harm.OTHER,))]
    counted = [
        count_reports(reports, MAY, definition=one).total.reports
        for one in (EVERY_REPORT, SEXTORTION, IMAGE_SHARED)
    ]
    assert counted == [3, 1, 1]


def test_figures_of_two_definitions_are_never_set_side_by_side() -> None:
    with pytest.raises(UnreadableInput, match="different definitions"):
        the_one_definition((SEXTORTION, IMAGE_SHARED))


def test_the_day_of_harm_is_counted_only_where_the_casebook_knows_it() -> None:
    known = Known(occurred={"A": date(2026, 4, 30)})
    assert count_reports([a_report("A")], MAY, basis=Basis.OCCURRED, known=known).total.reports == 0
    with pytest.raises(UnreadableInput, match="casebook"):
        count_reports([a_report("B")], MAY, basis=Basis.OCCURRED, known=known)


def test_one_area_alone() -> None:
    reports = [a_report("A"), a_report("B", area="cheshire")]
    assert count_reports(reports, MAY, area="cheshire").total.reports == 1


def test_rows_of_platforms_say_that_they_do_not_add_up() -> None:
    table = count_reports([a_report("A", platforms=("instagram", "snapchat"))], MAY, by=("platform", "age"))
    assert table.overlapping == ("platform",)


def test_no_most_common_age_where_two_are_as_common() -> None:
    ages = count_reports([a_report("A", age=12), a_report("B", age=16)], MAY).ages
    assert (ages.youngest, ages.most_common, ages.said) == (12, None, 2)


def test_an_unknown_variable_is_told_the_known_ones() -> None:
    with pytest.raises(UnreadableInput, match="platform, age"):
        count_reports([], MAY, by=("school",))


def test_nothing_to_count_and_no_period_is_one_clear_line() -> None:
    with pytest.raises(UnreadableInput, match="--from"):
        count_reports([])


def test_without_a_period_it_runs_from_the_first_report_to_the_last() -> None:
    both = [a_report("A", "2026-05-03T12:00:00Z"), a_report("B", "2026-05-20T12:00:00Z")]
    assert count_reports(both).period == Period(date(2026, 5, 3), date(2026, 5, 20))


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    assert count_reports([a_report("A", "2026-05-01T02:00:00+09:00")], MAY).total.reports == 0
    assert datetime(2026, 4, 30, 17, tzinfo=UTC) == datetime.fromisoformat("2026-05-01T02:00:00+09:00")
