"""The rule of two: what one person asks for, a different one agrees to."""

from dataclasses import replace

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Case, Proposal
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import Officer
from lightkeeper.desk.policy import about_case, require


def require_second(case: Case, officer: Officer, kind: str) -> Proposal:
    """What was asked for, if this officer is the second person. Raises NotAllowed."""
    if case.proposal is None or case.proposal.kind != kind:
        raise NotAllowed("nobody has asked for this")
    if case.proposal.by == officer.id:
        raise NotAllowed("you asked for this yourself; a second person must agree")
    return case.proposal


def decline_proposal(book: Casebook, case: Case, officer: Officer, reason: str = "") -> Case:
    """Say no to what was asked for, or take one's own request back. Raises NotAllowed."""
    require(officer, "case.move", about_case(case))
    if case.proposal is None:
        raise NotAllowed("nobody has asked for anything")
    newer = replace(case, proposal=None)
    book.save_case(newer, Act(officer.id, "case.decline", case.id, reason, (("kind", case.proposal.kind),)))
    return newer
