"""Move a case along its states; a P1 or P2 is closed by two different people."""

from dataclasses import replace
from datetime import datetime

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.actions.second_person import require_second
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Case, Proposal
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.holds import refuse_held
from lightkeeper.desk.outcomes import may_end
from lightkeeper.desk.people import Officer
from lightkeeper.desk.policy import No, about_case, require
from lightkeeper.desk.states import Move, State, find_move


def move_case(
    book: Casebook,
    case: Case,
    officer: Officer,
    now: datetime,
    wanted: State,
    reason: str = "",
    outcome: str | None = None,
) -> Case:
    """Take one step. Where two people are needed, the first call only asks.

    Raises ImpossibleMove, NotAllowed, and Held for a referral of what is held.
    """
    require(officer, "case.move", about_case(case))
    move = find_move(case.state, wanted)
    _check_move(case, officer, move, reason, outcome)
    if wanted is State.REFERRED:
        refuse_held((case.report.id,), book.held_reports())
    if case.band in move.two_bands:
        return _ask_to_close(book, case, officer, now, reason, outcome)
    return _step(book, case, officer, now, wanted, reason, outcome)


def agree_to_close(book: Casebook, case: Case, officer: Officer, now: datetime) -> Case:
    """Close a case that another person asked to close. Raises ImpossibleMove, NotAllowed."""
    require(officer, "case.move", about_case(case))
    proposal = require_second(case, officer, "close")
    move = find_move(case.state, State.CLOSED)
    _check_move(case, officer, move, proposal.reason, proposal.outcome)
    return _step(book, case, officer, now, State.CLOSED, proposal.reason, proposal.outcome)


def _check_move(case: Case, officer: Officer, move: Move, reason: str, outcome: str | None) -> None:
    if officer.role not in move.roles:
        raise NotAllowed(f"this needs the role {' or '.join(move.roles)}")
    if "reason" in move.needs and not reason.strip():
        raise NotAllowed("say why")
    if "outcome" in move.needs:
        answer = may_end(case, outcome or "")
        if isinstance(answer, No):
            raise NotAllowed(answer.reason)


def _ask_to_close(
    book: Casebook, case: Case, officer: Officer, now: datetime, reason: str, outcome: str | None
) -> Case:
    newer = replace(case, proposal=Proposal("close", officer.id, now, reason.strip(), outcome=outcome))
    book.save_case(newer, Act(officer.id, "case.ask_close", case.id, reason, (("outcome", outcome or ""),)))
    return newer


def _step(
    book: Casebook, case: Case, officer: Officer, now: datetime, wanted: State, reason: str, outcome: str | None
) -> Case:
    closing = wanted is State.CLOSED
    newer = replace(
        case,
        state=wanted,
        outcome=outcome if closing else None,
        closed=now if closing else None,
        first_decision=case.first_decision or now,
        owner=case.owner or officer.id,
        proposal=None,
    )
    detail = (("state", str(wanted)), ("was", str(case.state)), ("outcome", outcome or ""))
    book.save_case(newer, Act(officer.id, "case.move", case.id, reason, detail))
    return newer
