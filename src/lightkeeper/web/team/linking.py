"""Link what came in the moment it comes, whatever the size of the book; the nightly round settles it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lightkeeper.core.suspect import Suspect
from lightkeeper.desk.actions.triage_again import triage_again
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Case, name_case
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import CLOCKWORK
from lightkeeper.desk.states import State
from lightkeeper.link.engines.index import Index
from lightkeeper.web.casebook import linked
from lightkeeper.web.casebook.models import CaseRow

A_FEW = 500  # reports that the index missed and takes in one by one; more are filled in at once
WHILE_SOMEBODY_WAITS = 20_000  # more than a page can wait for; the night fills them in


def link_new(book: Casebook, fresh: Iterable[Case], now: datetime) -> None:
    """Link new cases to those that are here, and look again at every case whose surroundings changed."""
    cases = {case.report.id: case for case in fresh}
    if not cases:
        return
    index = linked.open_index()
    missed = {one: suspect for one, suspect in linked.missing_reports().items() if one not in cases}
    if len(missed) > WHILE_SOMEBODY_WAITS:
        return
    if len(missed) <= A_FEW:
        cases.update((case.report.id, case) for case in book.cases_of(missed))
    else:
        index.fill(book.reports_of(missed), missed)
    for case in cases.values():
        link_case(book, index, case)
    look_again(book, cases, now)


@transaction.atomic
def link_case(book: Casebook, index: Index, case: Case) -> None:
    """Put a case with the suspect that it fits, and keep the links with their reasons."""
    book.record(Act(CLOCKWORK.id, "links.add", case.id))
    arrival = index.add(case.report)
    book.put_links(arrival.links)
    book.put_suspects((Suspect(arrival.suspect, index.members(arrival.suspect)),))


def fill_index(book: Casebook) -> None:
    """Make the index know every report of the book, and none that is not there any more; for the night."""
    index = linked.open_index()
    linked.forget_strangers(index)
    missed = linked.missing_reports()
    if missed:
        index.fill(book.reports_of(missed), missed)


def link_latecomers(book: Casebook) -> None:
    """Link what came while the batch engine was at work, which has therefore no suspect of its making."""
    late = list(CaseRow.objects.filter(suspect="").values_list("report_id", flat=True))
    index = linked.open_index()
    index.forget(late)  # what was said of it at once stood on groups that are no more
    for case in book.cases_of(late):
        link_case(book, index, case)


def look_at_waiting(book: Casebook, now: datetime) -> int:
    """Triage again every open case that time alone can raise: unread ones, and those with a deadline.

    Returns how many rose. A P1 cannot rise and is not looked at.
    """
    waiting = CaseRow.objects.filter(is_open=True, band__gt=1).values_list("id", flat=True)
    rose = 0
    for case_id in list(waiting):
        with transaction.atomic():
            case = book.case_to_change(case_id)
            if case.state is State.RECEIVED or case.report.danger.deadline:
                rose += triage_again(book, case, now).band < case.band
    return rose


def look_again(book: Casebook, reports: Iterable[str], now: datetime) -> None:
    """Triage the cases of reports and of their suspects again: a link to an open case can raise a band."""
    touched: set[str] = set()
    for report in reports:
        if report not in touched:
            suspect = book.suspect_of(report)
            touched.update(suspect.reports if suspect else (report,))
    for report in sorted(touched):
        with transaction.atomic():  # an officer may be at work on it this very moment
            triage_again(book, book.case_to_change(name_case(report)), now)
