"""A round takes a casebook from open reports to suspects, figures and drafts, and nothing held gets out of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from lightkeeper.core.report import read_reports
from lightkeeper.core.suspect import Decision, Strength, Verdict
from lightkeeper.desk.actions.hold_case import place_hold
from lightkeeper.desk.actions.open_report import open_report
from lightkeeper.desk.audit import Act
from lightkeeper.desk.in_memory import InMemoryCasebook
from lightkeeper.desk.people import Officer, Role
from lightkeeper.rounds import draft_warning, link_all, open_tables, run_round
from lightkeeper.warn.checks.subtraction import counts_said
from lightkeeper.warn.warning import Kind

DEMO = Path(__file__).parents[1] / "src/lightkeeper/cli/demo_reports"
LEAD = Officer("lead", "A. Lead", Role.LEAD, frozenset({"desk"}))
WILTSHIRE_ENDS = date(2023, 9, 30)


@pytest.fixture
def book():
    made = InMemoryCasebook()
    for name in ("wiltshire-2021-2023", "cheshire-2023-one-suspect"):
        for report in read_reports((DEMO / f"{name}.jsonl").read_text().splitlines()):
            open_report(made, report, "desk", report.received)
    return made


def wiltshire(result):
    return next(one for one in result.figures if one.place.slug == "wiltshire")


def test_one_round_links_counts_and_drafts(book):
    result = run_round(book, WILTSHIRE_ENDS)
    suspect = book.suspect_of("CH-001")
    assert set(suspect.reports) == {f"CH-00{n}" for n in range(1, 8)}
    figures = wiltshire(result)
    assert (figures.now.total.reports, figures.before.total.reports) == (153, 84)
    assert round(figures.comparison.ratio, 2) == 1.82
    draft = next(one for one in result.drafts if one.warning.place == "Wiltshire")
    assert draft.warning.kind is Kind.BULLETIN
    assert draft.refusals == ()
    assert "1 October 2022" in draft.warning.summary


def test_a_round_twice_changes_nothing(book):
    first, second = (run_round(book, WILTSHIRE_ENDS) for _ in range(2))
    assert first == second
    assert book.suspect_of("CH-001").reports == tuple(f"CH-00{n}" for n in range(1, 8))


def test_what_is_held_is_in_no_figure_and_stops_a_draft_that_was_made_before(book):
    before = run_round(book, WILTSHIRE_ENDS)
    held = book.case_of("W23-001")
    hold = place_hold(
        book, LEAD, datetime(2023, 9, 30, tzinfo=UTC), held.id, [held], "live", "DI Example", date(2023, 12, 1)
    )
    after = run_round(book, WILTSHIRE_ENDS)
    assert wiltshire(after).now.total.reports == wiltshire(before).now.total.reports - 1
    assert "W23-001" not in wiltshire(after).reports
    assert not any("W23-001" in draft.warning.behind for draft in after.drafts)
    stopped = draft_warning(wiltshire(before), datetime(2023, 9, 30, 9, tzinfo=UTC), book.held_reports())
    assert stopped.refusals[0].check == "hold"
    assert hold.stands


def test_a_hold_on_one_report_covers_its_whole_suspect(book):
    run_round(book, date(2023, 12, 31))
    held = book.case_of("CH-004")
    place_hold(
        book, LEAD, datetime(2023, 9, 30, tzinfo=UTC), held.id, [held], "live", "DI Example", date(2024, 1, 1)
    )
    result = run_round(book, date(2023, 12, 31))
    cheshire = next(one for one in result.figures if one.place.slug == "cheshire")
    assert not set(cheshire.reports) & {f"CH-00{n}" for n in range(1, 8)}


def test_a_draft_knows_the_numbers_that_are_public(book):
    figures = wiltshire(run_round(book, WILTSHIRE_ENDS))
    now = datetime(2023, 9, 30, 9, tzinfo=UTC)
    (said, _) = counts_said(draft_warning(figures, now, frozenset()).warning)
    assert draft_warning(figures, now, frozenset(), (said,)).refusals == ()
    near = replace(said, number=said.number + 2)
    assert draft_warning(figures, now, frozenset(), (near,)).refusals[0].check == "subtraction"


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2023, 10, 17), date(2022, 10, 1), date(2023, 9, 30)),
        (date(2024, 1, 1), date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_open_tables_are_of_twelve_whole_months(book, today, first, last):
    tables = open_tables(book, today)
    assert [table.by for table in tables] == [("area",), ("platform",), ("age",)]
    assert {(table.period.first, table.period.last) for table in tables} == {(first, last)}
    assert all(table.held_left_out for table in tables)


def test_open_tables_hold_nothing_of_a_held_suspect(book):
    run_round(book, date(2023, 12, 31))
    before = open_tables(book, date(2024, 1, 1))[0].total.reports
    held = book.case_of("CH-004")
    place_hold(
        book, LEAD, datetime(2023, 9, 30, tzinfo=UTC), held.id, [held], "live", "DI Example", date(2024, 1, 1)
    )
    linked = book.suspect_of("CH-004").reports
    assert open_tables(book, date(2024, 1, 1))[0].total.reports == before - len(linked)


def test_an_empty_casebook_gives_an_empty_round():
    result = run_round(InMemoryCasebook(), date(2026, 1, 1))
    assert (result.linkage.suspects, result.figures, result.drafts) == ((), (), ())


def test_a_word_that_was_said_while_the_engine_was_at_work_is_honoured(book):
    def link_slowly(reports, decisions):
        found = link_all(reports, decisions)
        link = next(one for one in found.links if one.strength is Strength.LINKED)
        book.decide(Decision(link.a, link.b, Verdict.REJECTED), Act("sam", "link.decide"))
        return found

    run_round(book, WILTSHIRE_ENDS, link=link_slowly)
    (word,) = book.decisions()
    assert book.suspect_of(word.a) != book.suspect_of(word.b)
