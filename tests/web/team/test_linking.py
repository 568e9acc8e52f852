"""A report opened at the desk is linked at once, whatever the size of the book, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from tests.contracts.test_engines import world
from tests.desk.made_up import NOW, OFFICER, made_up, open_case

from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.core.report import Report
from lightkeeper.core.suspect import Strength, Verdict
from lightkeeper.desk.actions.decide_link import decide_link, part_suspect, undo_decision
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Case, name_case
from lightkeeper.link.engines import in_memory
from lightkeeper.rounds import PLAIN_ENOUGH
from lightkeeper.web.casebook import linked, rows
from lightkeeper.web.casebook.models import CaseRow
from lightkeeper.web.team import linking
from lightkeeper.web.team.linking import fill_index, link_latecomers, link_new
from lightkeeper.web.team.night import run_night

pytestmark = pytest.mark.django_db(databases=["default", "inbox"])
LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _no_old_pictures() -> Iterator[None]:
    yield
    shutil.rmtree(settings.PICTURES, ignore_errors=True)


def handle(value: str) -> Identifier:
    return Identifier(IdentifierKind.HANDLE, value, platform="instagram")


def come(book: Any, number: int, *suspect: Identifier) -> Case:
    """A report comes, and is linked."""
    case = open_case(book, number, suspect=suspect)
    link_new(book, [case], NOW)
    return book.case(case.id)


def groups(book: Any) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for report, suspect in suspects_told().items():
        found.setdefault(suspect, set()).add(report)
    return {frozenset(reports) for reports in found.values()}


def same_in_the_index(book: Any) -> None:
    """The index and the casebook say the same of every report."""
    assert linked.open_index().assignments() == suspects_told()


def suspects_told() -> dict[str, str]:
    """Each report's suspect, as the casebook has it."""
    return dict(CaseRow.objects.exclude(suspect="").values_list("report_id", "suspect"))


def test_a_new_report_joins_its_suspect_at_once_with_reasons(book: Any) -> None:
    first = come(book, 1, handle("Harbour.Lane77"))
    second = come(book, 2, handle("harbour_lane77"))
    stranger = come(book, 3, handle("somebody.else"))
    assert book.suspect_of(first.report.id).reports == (first.report.id, second.report.id)
    assert book.suspect_of(stranger.report.id).reports == (stranger.report.id,)
    (link,) = book.links([second.report.id])
    assert (link.a, link.b, link.strength) == (first.report.id, second.report.id, Strength.LINKED)
    assert link.reasons
    assert [entry.what for entry in book.entries(about=second.id)].count("links.add") == 1
    same_in_the_index(book)


def test_what_may_be_is_shown_and_joins_nothing(book: Any) -> None:
    script = (
        "please do not tell any of your friends about us because i would be very sad and then you would be sorry"
    )
    for number in (1, 2):
        come(book, number, Identifier(IdentifierKind.SCRIPT, script))
    assert groups(book) == {frozenset({"R-0001"}), frozenset({"R-0002"})}
    assert [link.strength for link in book.links(["R-0001"])] == [Strength.POSSIBLE]


@pytest.mark.parametrize("seed", range(4))
def test_report_by_report_and_then_the_night_is_what_the_batch_says(book: Any, seed: int) -> None:
    reports = [replace(one, received=NOW) for one in world(seed)]
    for number, one in enumerate(reports):
        case = come(book, number, *one.suspect)
        assert case.report.suspect == one.suspect
    run_night(book, LATER)
    told = [made_up(number, suspect=one.suspect) for number, one in enumerate(reports)]
    assert groups(book) == {frozenset(one.reports) for one in in_memory.link_reports(told).suspects}
    same_in_the_index(book)


def fill_book(reports: list[Report]) -> None:
    """A book that is large already: its rows alone, without the work of opening each."""
    book = linked_free_book()
    pattern = open_case(book, 9_999)
    row = CaseRow.objects.get(id=pattern.id)
    made = [rows.fill_case(CaseRow(), replace(pattern, id=name_case(one.id), report=one)) for one in reports]
    CaseRow.objects.bulk_create(made, batch_size=1_000)
    row.delete()


def linked_free_book() -> Any:
    from lightkeeper.web.casebook.casebook import DjangoCasebook

    return DjangoCasebook()


def test_a_book_of_any_size_is_linked_at_once_and_settled_by_the_batch(book: Any) -> None:
    old = [
        made_up(n, suspect=(handle(f"offender.{'abcdefghij'[n % 10]}.{n // 4}x"),))
        for n in range(PLAIN_ENOUGH + 200)
    ]
    fill_book(old)
    case = come(book, 9_998, handle("Offender_a.5x"))
    linked_first = {link.a if link.b == case.report.id else link.b for link in book.links([case.report.id])}
    assert linked_first & {"R-0020"}
    same_for_new = book.suspect_of(case.report.id).reports
    assert set(same_for_new) >= {"R-9998", "R-0020"}
    run_night(book, LATER)
    wanted = in_memory.link_reports([*old, case.report])
    assert groups(book) == {frozenset(one.reports) for one in wanted.suspects}
    same_in_the_index(book)


def test_an_officers_word_reaches_the_index(book: Any) -> None:
    first, second = come(book, 1, handle("harbour_lane77")), come(book, 2, handle("harbour_lane77"))
    other = come(book, 3, handle("somebody.else"))
    part_suspect(book, OFFICER, [second.report.id], [first.report.id], "a hacked account")
    same_in_the_index(book)
    decide_link(book, OFFICER, first.report.id, other.report.id, Verdict.CONFIRMED, "the same voice")
    same_in_the_index(book)
    assert frozenset({"R-0001", "R-0003"}) in groups(book)
    new = come(book, 4, handle("somebody.else"))
    assert book.suspect_of(new.report.id).reports == ("R-0001", "R-0003", "R-0004")
    run_night(book, LATER)
    assert book.suspect_of("R-0001").id != book.suspect_of("R-0002").id
    undo_decision(book, OFFICER, first.report.id, other.report.id, "another voice after all")
    same_in_the_index(book)


def test_a_forgotten_case_leaves_the_index(book: Any) -> None:
    first = come(book, 1, handle("harbour_lane77"))
    come(book, 2, handle("somebody.else"))
    book.forget([first.id], Act("sam", "keep.forget", "test", "its time is over"))
    assert linked.open_index().assignments().keys() == {"R-0002"}
    assert come(book, 3, handle("harbour_lane77")).report.id in groups_of_one(book)


def groups_of_one(book: Any) -> set[str]:
    return {next(iter(one)) for one in groups(book) if len(one) == 1}


def test_pictures_meet_at_the_desk(book: Any) -> None:
    picture = 0x5A3C_9F21_77D0_1B8E_C4A6_0E93_D215_68BF_3F70_A9C1_E85D_246B_90F3_7C1A_B6E2_4D58
    first = come(book, 1, Identifier(IdentifierKind.IMAGE_PDQ, f"{picture:064x}"))
    come(book, 2, Identifier(IdentifierKind.IMAGE_PDQ, f"{picture ^ 0xFFFFFF:064x}"))
    assert book.suspect_of(first.report.id).reports == ("R-0001", "R-0002")


def test_reports_that_the_index_missed_are_taken_in(book: Any) -> None:
    """The machine stopped between taking a report and linking it."""
    missed = open_case(book, 1, suspect=(handle("harbour_lane77"),))
    case = come(book, 2, handle("harbour_lane77"))
    assert book.suspect_of(case.report.id).reports == (missed.report.id, case.report.id)


def test_a_book_too_large_to_wait_for_is_filled_in_by_the_night(book: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(linking, "WHILE_SOMEBODY_WAITS", 2)
    fill_book([made_up(n, suspect=(handle(f"harbour.lane.{'abc'[n % 3]}"),)) for n in range(6)])
    case = come(book, 7, handle("harbour.lane.a"))
    assert book.suspect_of(case.report.id) is None
    fill_index(book)
    assert len(linked.open_index()) == 7
    assert book.suspect_of(come(book, 8, handle("harbour.lane.a")).report.id) is not None


def test_what_came_while_the_engine_was_at_work_is_linked_after_it(book: Any) -> None:
    first, second = come(book, 1, handle("harbour_lane77")), come(book, 2, handle("harbour_lane77"))
    linkage = in_memory.link_reports([first.report])
    book.store_linkage(linkage)
    linked.settle(linkage)
    assert book.suspect_of(second.report.id) is None
    link_latecomers(book)
    assert groups(book) == {frozenset({"R-0001", "R-0002"})}
    assert len(book.links([second.report.id])) == 1
    same_in_the_index(book)


def test_nothing_is_linked_in_a_page_that_failed(book: Any) -> None:
    come(book, 1, handle("harbour_lane77"))

    def fail() -> None:
        with transaction.atomic():
            come(book, 2, handle("harbour_lane77"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    same_in_the_index(book)
    assert len(linked.open_index()) == 1
