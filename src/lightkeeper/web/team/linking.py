"""Link what came in without waiting for the night: the plain engine, while the book is small enough."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lightkeeper.desk.actions.triage_again import triage_again
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Case, name_case
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import CLOCKWORK
from lightkeeper.desk.states import State
from lightkeeper.web.casebook.models import CaseRow

MOST_AT_ONCE = 3_000  # reports; a larger book is linked by the round


def link_new(book: Casebook, fresh: Iterable[Case], now: datetime) -> None:
    """Link new cases to those that are here, and look again at every case whose surroundings changed."""
    from lightkeeper.link.engines.in_memory import link_reports

    cases = tuple(fresh)
    if not cases:
        return
    reports = tuple(book.reports())
    if len(reports) > MOST_AT_ONCE:
        return
    linkage = link_reports(reports, book.decisions())
    book.store_linkage(linkage, Act(CLOCKWORK.id, "links.store", detail=(("links", str(len(linkage.links))),)))
    look_again(book, (case.report.id for case in cases), now)


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
