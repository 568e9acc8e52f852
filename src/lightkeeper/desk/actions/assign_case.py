"""Take a case, give it to another officer, or restrict it to named people."""

from collections.abc import Iterable
from dataclasses import replace

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Case
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import Officer
from lightkeeper.desk.policy import No, about_case, may, require


def assign_case(book: Casebook, case: Case, officer: Officer, to: Officer, reason: str = "") -> Case:
    """Give the case to somebody who may open it. Raises NotAllowed."""
    require(officer, "case.assign", about_case(case))
    answer = may(to, "case.triage", about_case(case))
    if isinstance(answer, No):
        raise NotAllowed(f"{to.name} cannot work on it: {answer.reason}")
    newer = replace(case, owner=to.id)
    book.save_case(newer, Act(officer.id, "case.assign", case.id, reason, (("to", to.id),)))
    return newer


def restrict_case(book: Casebook, case: Case, officer: Officer, people: Iterable[str], reason: str) -> Case:
    """Let only named people open the case; naming nobody opens it to the team again. Raises NotAllowed."""
    require(officer, "case.restrict", about_case(case))
    if not reason.strip():
        raise NotAllowed("say why")
    named = frozenset(people)
    allowed = named | {officer.id} if named else named
    if len(allowed) == 1:
        raise NotAllowed("name somebody besides yourself, so that no child waits for one person who is away")
    newer = replace(case, restricted=bool(named), allowed=allowed)
    detail = (("people", str(len(allowed))),)
    book.save_case(newer, Act(officer.id, "case.restrict", case.id, reason, detail))
    return newer
