"""Promise 4 at the desk: whatever is held, or linked to it, is in no output. Random books, every way out."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage import x25519
from tests.desk.made_up import LEAD, NOW, OFFICER, MadeUpLinkage, made_up, open_case

from lightkeeper.core.errors import Held, NotAllowed
from lightkeeper.desk.actions.export_evidence import export_evidence
from lightkeeper.desk.actions.hold_case import lift_hold, place_hold
from lightkeeper.desk.actions.move_case import move_case
from lightkeeper.desk.actions.write_item import write_told
from lightkeeper.desk.holds import covered_reports, refuse_held
from lightkeeper.desk.in_memory import InMemoryCasebook
from lightkeeper.desk.policy import No, about_case, may
from lightkeeper.desk.retention import due_cases
from lightkeeper.desk.states import State
from lightkeeper.rounds import run_round

RECIPIENT = str(x25519.Identity.generate().to_public())
LATER = NOW.date() + timedelta(days=30)
#: How seven reports hang together, and which of them were put on hold.
BOOKS = st.tuples(
    st.lists(st.integers(0, 3), min_size=7, max_size=7), st.sets(st.integers(0, 6), min_size=1, max_size=3)
)


def make_book(suspects: list[int], held: set[int]) -> InMemoryCasebook:
    book = InMemoryCasebook()
    for number in range(7):
        open_case(book, number, area="gloucestershire", age=14 + number % 3)
    groups: dict[int, list[str]] = {}
    for number, suspect in enumerate(suspects):
        groups.setdefault(suspect, []).append(f"R-{number:04}")
    book.store_linkage(MadeUpLinkage(*(tuple(group) for group in groups.values())))
    for number in held:
        case = book.case_of(f"R-{number:04}")
        assert case
        place_hold(book, OFFICER, NOW, case.id, [case], "live", "sam", LATER)
    return book


def linked_to(suspects: list[int], held: set[int]) -> set[str]:
    """What should be held, found in another way than the code does."""
    bad = {suspects[number] for number in held}
    return {f"R-{number:04}" for number in range(7) if suspects[number] in bad}


@given(BOOKS)
def test_a_hold_covers_all_that_is_linked(drawn: tuple[list[int], set[int]]) -> None:
    book = make_book(*drawn)
    assert book.held_reports() == linked_to(*drawn)
    assert {report.id for report in book.reports() if report.hold} == linked_to(*drawn)


@settings(max_examples=20, deadline=None)
@given(BOOKS)
def test_no_case_that_is_held_leaves_by_any_way(drawn: tuple[list[int], set[int]]) -> None:
    book = make_book(*drawn)
    ways: tuple[Callable[[Any], Any], ...] = (
        lambda case: write_told(book, case, OFFICER, NOW, "school", "x"),
        lambda case: (
            export_evidence(book, case, OFFICER, NOW, RECIPIENT, "why") if case.report.hold else _stop(book, case)
        ),
    )
    for number in range(7):
        case = book.case_of(f"R-{number:04}")
        assert case
        held = case.report.id in linked_to(*drawn)
        for action in ("case.tell", "evidence.export", "suspect.export", "case.disclose"):
            assert isinstance(may(LEAD, action, about_case(case, held)), No) is held
        for way in ways:
            if held:
                with pytest.raises(Held):
                    way(case)
            else:
                way(case)


def test_a_held_case_is_not_referred() -> None:
    book = make_book([0, 0, 1, 2, 2, 3, 3], {0})
    for number in range(7):
        case = book.case_of(f"R-{number:04}")
        assert case
        working = move_case(book, case, OFFICER, NOW, State.WORKING)
        if number < 2:
            with pytest.raises(Held):
                move_case(book, working, OFFICER, NOW, State.REFERRED, "to another force")
        else:
            assert move_case(book, working, OFFICER, NOW, State.REFERRED, "why").state is State.REFERRED


def _stop(book: InMemoryCasebook, case: Any) -> None:
    """The gate of the export alone: packing a bag twenty times would only take time."""
    refuse_held((case.report.id,), book.held_reports())


@settings(max_examples=15, deadline=None)
@given(BOOKS)
def test_no_held_report_is_in_a_figure_or_behind_a_draft(drawn: tuple[list[int], set[int]]) -> None:
    book = make_book(*drawn)
    held_before = set(book.held_reports())
    result = run_round(book, NOW.date(), link=lambda reports, decisions: _same_linkage(book))
    counted = {report for one in result.figures for report in one.reports}
    assert counted.isdisjoint(held_before)
    assert counted == {f"R-{number:04}" for number in range(7)} - held_before
    total = sum(one.now.total.reports for one in result.figures)
    assert total == 7 - len(held_before)
    for draft in result.drafts:
        assert held_before.isdisjoint(draft.warning.behind)


def _same_linkage(book: InMemoryCasebook) -> Any:
    from lightkeeper.link.engine import Linkage

    suspects = book.suspects(least=1)
    assignments = {report: suspect.id for suspect in suspects for report in suspect.reports}
    return Linkage(assignments, (), suspects)


@settings(max_examples=20, deadline=None)
@given(BOOKS)
def test_a_held_case_is_never_due_to_be_forgotten(drawn: tuple[list[int], set[int]]) -> None:
    from dataclasses import replace

    from lightkeeper.desk.audit import Act

    book = make_book(*drawn)
    for number in range(7):
        case = book.case_of(f"R-{number:04}")
        assert case
        book.save_case(replace(case, state=State.CLOSED, closed=NOW, outcome="mistake"), Act("x", "y"))
    cases = [case for number in range(7) if (case := book.case_of(f"R-{number:04}"))]
    due = due_cases(cases, book.held_reports(), NOW + timedelta(days=31))
    assert {one.case.report.id for one in due if one.kept_by} == linked_to(*drawn)
    assert len(due) == 7


def test_only_a_named_person_with_the_right_lifts_a_hold() -> None:
    book = make_book([0] * 7, {1})
    (hold,) = book.holds()
    case = book.case_of("R-0001")
    assert case
    for who, reason in ((OFFICER, "over"), (LEAD, " ")):
        with pytest.raises(NotAllowed):
            lift_hold(book, who, NOW, hold, [case], reason)
    with pytest.raises(NotAllowed):
        lift_hold(book, LEAD, NOW, hold, [], "over")
    lifted = lift_hold(book, LEAD, NOW, hold, [case], "charged")
    assert (lifted.lifted_by, lifted.stands) == (LEAD.id, False)
    assert book.held_reports() == frozenset()
    with pytest.raises(NotAllowed):
        lift_hold(book, LEAD, NOW, lifted, [case], "again")
    words = json.dumps([(entry.what, entry.about) for entry in book.entries()])
    assert "hold.place" in words
    assert "hold.lift" in words


def test_a_hold_needs_a_reason_an_owner_and_a_day_to_come() -> None:
    book = InMemoryCasebook()
    case = open_case(book)
    for reason, owner, day in (("", "sam", LATER), ("why", " ", LATER), ("why", "sam", NOW.date() - timedelta(1))):
        with pytest.raises(NotAllowed):
            place_hold(book, OFFICER, NOW, case.id, [case], reason, owner, day)
    assert book.holds() == ()


@given(st.sets(st.text(max_size=3)), st.sets(st.text(max_size=3)))
def test_the_gate_lets_through_what_is_not_held_and_nothing_else(reports: set[str], held: set[str]) -> None:
    if reports & held:
        with pytest.raises(Held) as refused:
            refuse_held(reports, frozenset(held))
        assert "held for a live investigation" in str(refused.value)
    else:
        refuse_held(reports, frozenset(held))
    assert covered_reports(held, ()) == held


def test_a_report_that_came_in_held_is_held() -> None:
    book = InMemoryCasebook()
    open_case(book, 1, hold=True)
    assert book.held_reports() == {"R-0001"}
    with suppress(StopIteration):
        assert next(iter(book.reports())) == made_up(1, hold=True)
