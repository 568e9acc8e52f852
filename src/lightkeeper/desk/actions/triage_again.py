"""Look at a case again when something new is known: the band may rise by itself, and only rise."""

from dataclasses import replace
from datetime import datetime

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Band, Case
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import CLOCKWORK, Officer
from lightkeeper.desk.policy import about_case, require
from lightkeeper.desk.signs import Surroundings
from lightkeeper.desk.states import State
from lightkeeper.desk.triage import due_at, find_question, triage_report


def triage_again(book: Casebook, case: Case, now: datetime, officer: Officer = CLOCKWORK) -> Case:
    """Apply the rules to what is known now. A band that rose gets its new deadline; it never falls here."""
    fresh = triage_report(case.report, now, dict(case.facts), surroundings_of(book, case))
    band = min(case.band, fresh.band)
    newer = replace(case, triage=fresh, band=band)
    if band < case.band:
        newer = replace(newer, due=due_at(case.report, band, case.team))
    if newer == case:
        return case
    detail = (("band", str(band)), ("was", str(case.band)))
    book.save_case(newer, Act(officer.id, "case.triage_again", case.id, detail=detail))
    return newer


def surroundings_of(book: Casebook, case: Case) -> Surroundings:
    """How the case is linked now, and whether anybody has read it."""
    linked_reports, linked_open = book.around(case.report.id)
    return Surroundings(linked_reports, linked_open, unread=case.state is State.RECEIVED)


def stand_by_band(book: Casebook, case: Case, officer: Officer, now: datetime, band: Band, why: str = "") -> Case:
    """The first decision on a case: a person agrees with its band, or raises it. Raises NotAllowed."""
    require(officer, "case.triage", about_case(case))
    if band > case.band:
        raise ValueError("a band is lowered by two people, in lower_band")
    _refuse_closed(case)
    newer = replace(
        case,
        band=band,
        state=State.TRIAGED if case.state is State.RECEIVED else case.state,
        due=due_at(case.report, band, case.team) if band < case.band else case.due,
        first_decision=case.first_decision or now,
        owner=case.owner or officer.id,
    )
    detail = (("band", str(band)), ("was", str(case.band)), ("state", str(newer.state)))
    book.save_case(newer, Act(officer.id, "case.triage", case.id, why, detail))
    return newer


def answer_question(book: Casebook, case: Case, officer: Officer, now: datetime, name: str, said: bool) -> Case:
    """Write down what was found out about an open question, and look at the case again with it."""
    require(officer, "case.triage", about_case(case))
    _refuse_closed(case)
    find_question(name)
    facts = tuple(sorted({**dict(case.facts), name: said}.items()))
    newer = replace(case, facts=facts)
    detail = (("question", name), ("answer", "yes" if said else "no"))
    book.save_case(newer, Act(officer.id, "case.answer", case.id, detail=detail))
    return triage_again(book, newer, now, officer)


def _refuse_closed(case: Case) -> None:
    if case.state is State.CLOSED:
        raise NotAllowed("this case is closed; open it again first")
