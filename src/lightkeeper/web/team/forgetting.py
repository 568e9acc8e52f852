"""Forget what is due, everywhere this site keeps it: cases, search, replies, drafts, announcements, free pages."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import connections, transaction

from lightkeeper.core.errors import Held, NotAllowed
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Case
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.outcomes import OUTCOMES
from lightkeeper.desk.people import Officer
from lightkeeper.desk.retention import Due, certify, days_kept, due_cases
from lightkeeper.desk.states import State
from lightkeeper.web.casebook.models import CaseRow, HoldRow
from lightkeeper.web.inbox.tray import Tray
from lightkeeper.web.team.models import Certificate, Delivery, Taken, Warned

MARKS_LAST = timedelta(days=90)


def cases_due(book: Casebook, now: datetime, teams: Iterable[str]) -> tuple[Due, ...]:
    """What is due in these teams. Nothing is changed: this is the dry run, and the purge uses the same."""
    found = [report for team in sorted(teams) for code in OUTCOMES for report in _closed_before(team, code, now)]
    return due_cases(book.cases_of(found), book.held_reports(), now)


def _closed_before(team: str, outcome: str, now: datetime) -> Iterator[str]:
    """The reports of a team's cases that ended so, as long ago as such a case is kept."""
    days = days_kept(team, outcome)
    if days is not None:
        closed = CaseRow.objects.filter(state=str(State.CLOSED), team=team, outcome=outcome)
        yield from closed.filter(closed__lte=now - timedelta(days=days)).values_list("report_id", flat=True)


def forget_cases(book: Casebook, due: Iterable[Due], officer: Officer, now: datetime, reason: str) -> Certificate:
    """Forget cases that are due and not held, and keep a certificate. Raises NotAllowed, Held."""
    chosen = tuple(due)
    if not chosen:
        raise NotAllowed("nothing is due")
    if any(one.kept_by for one in chosen):
        raise Held("a held case is kept until a named person lifts the hold")
    if not reason.strip():
        raise NotAllowed("say why")
    cases = tuple(one.case for one in chosen)
    with transaction.atomic():
        body = certify(cases, officer.id, now)
        made = Certificate.objects.create(made=now, by=officer.id, cases=len(cases), body=body, hash=body["hash"])
        _forget_around(cases)
        act = Act(officer.id, "keep.forget", f"certificate-{made.pk}", reason, (("cases", str(len(cases))),))
        book.forget([case.id for case in cases], act)
    return made


def _forget_around(cases: tuple[Case, ...]) -> None:
    reports = {case.report.id for case in cases}
    lookups = {case.reply_to.lookup for case in cases if case.reply_to}
    still = set(
        CaseRow.objects.filter(lookup__in=lookups).exclude(report_id__in=reports).values_list("lookup", flat=True)
    )
    Tray().clear_replies(sorted(lookups - still))
    Delivery.objects.filter(case_id__in=[case.id for case in cases]).delete()
    for hold in HoldRow.objects.exclude(lifted_at=None):
        if reports & set(hold.anchors):
            hold.delete()  # a lifted hold's reason may name somebody
    for draft in Warned.objects.all():
        behind = [one for one in draft.warning.get("behind", ()) if one not in reports]
        if len(behind) != len(draft.warning.get("behind", ())):
            draft.warning = {**draft.warning, "behind": behind}
            draft.save()


def scrub_pages() -> None:
    """Rewrite the files so that freed pages hold nothing; drop ended sessions, old marks. Not in a transaction."""
    Session.objects.filter(expire_date__lt=datetime.now(UTC)).delete()
    Taken.objects.filter(day__lt=(datetime.now(UTC) - MARKS_LAST).date()).delete()
    for one in (connections["default"], connections["inbox"]):
        with one.cursor() as cursor:
            for statement in _statements(one.vendor):
                cursor.execute(statement)


def _statements(vendor: str) -> Iterator[str]:
    if vendor == "sqlite":
        yield "PRAGMA wal_checkpoint(TRUNCATE)"
        yield "VACUUM"
        yield "PRAGMA wal_checkpoint(TRUNCATE)"
    else:
        yield "SET statement_timeout = 0"  # rewriting a large table takes longer than a page may
        yield "VACUUM (FULL, ANALYZE)"  # the planner's statistics hold values of rows, and are made anew
        yield "VACUUM (FULL) pg_catalog.pg_statistic"  # and so is the table in which the old ones were
        yield "RESET statement_timeout"
