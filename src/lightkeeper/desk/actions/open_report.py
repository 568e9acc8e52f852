"""Make a case of a report that came in, in the band that the rules give it."""

from datetime import datetime

from lightkeeper.core.report import Report
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Case, ReplyTo, name_case
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import CLOCKWORK, Officer
from lightkeeper.desk.states import State
from lightkeeper.desk.triage import due_at, triage_report


def open_report(
    book: Casebook,
    report: Report,
    team: str,
    now: datetime,
    officer: Officer = CLOCKWORK,
    reply_to: ReplyTo | None = None,
    contact: tuple[tuple[str, str], ...] = (),
    language: str = "en",
    told: tuple[tuple[str, str], ...] = (),
    facts: tuple[tuple[str, bool], ...] = (),
) -> Case:
    """Take a report into the casebook as a new case. Raises AlreadyHere for one that was taken before."""
    triage = triage_report(report, now, dict(facts))
    case = Case(
        id=name_case(report.id),
        report=report,
        state=State.RECEIVED,
        band=triage.band,
        triage=triage,
        team=team,
        opened=now,
        due=due_at(report, triage.band, team),
        reply_to=reply_to,
        contact=contact,
        language=language,
        told=told,
        facts=facts,
    )
    book.add_case(case, Act(officer.id, "case.open", case.id, detail=(("band", str(case.band)),)))
    return case
