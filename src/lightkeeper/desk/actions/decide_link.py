"""An officer's word on links: confirm, reject, undo; join suspects by hand, part one suspect in two."""

from collections.abc import Iterable
from itertools import product

from lightkeeper.core.errors import NotAllowed
from lightkeeper.core.suspect import Decision, Verdict
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import name_case
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import Officer
from lightkeeper.desk.policy import about_case, require
from lightkeeper.desk.regroup import regroup


def decide_link(book: Casebook, officer: Officer, a: str, b: str, verdict: Verdict, reason: str) -> None:
    """Confirm or reject that two reports are one offender. Remembered, and honoured at once. Raises NotAllowed."""
    _require_both(book, officer, (a, b))
    _require_reason(reason)
    detail = (*_pair(a, b), ("verdict", str(verdict)))
    book.decide(Decision(a, b, verdict), Act(officer.id, "link.decide", _about(book, a), reason, detail))
    regroup(book, (a, b))


def undo_decision(book: Casebook, officer: Officer, a: str, b: str, reason: str) -> None:
    """Take a word on a pair back, as if it had never been said. Raises NotAllowed."""
    _require_both(book, officer, (a, b))
    _require_reason(reason)
    book.undecide(a, b, Act(officer.id, "link.undo", _about(book, a), reason, _pair(a, b)))
    regroup(book, (a, b))


def join_suspects(book: Casebook, officer: Officer, a: str, b: str, reason: str) -> None:
    """Make the suspects of two reports one. Raises NotAllowed."""
    decide_link(book, officer, a, b, Verdict.CONFIRMED, reason)


def part_suspect(book: Casebook, officer: Officer, out: Iterable[str], stay: Iterable[str], reason: str) -> None:
    """Part a suspect in two: no report that goes out is ever joined with one that stays. Raises NotAllowed."""
    leaving, staying = tuple(out), tuple(stay)
    _require_both(book, officer, (*leaving, *staying))
    _require_reason(reason)
    for a, b in product(leaving, staying):
        detail = (*_pair(a, b), ("verdict", str(Verdict.REJECTED)))
        decision = Decision(a, b, Verdict.REJECTED)
        book.decide(decision, Act(officer.id, "link.decide", _about(book, a), reason, detail))
    regroup(book, (*leaving, *staying))


def _require_both(book: Casebook, officer: Officer, reports: Iterable[str]) -> None:
    for report in reports:
        case = book.case_of(report)
        if case is None:
            raise NotAllowed("one of these reports is not here any more")
        require(officer, "suspect.decide", about_case(case))


def _pair(a: str, b: str) -> tuple[tuple[str, str], ...]:
    """The log names cases, never reports: a report's id may be a partner's own and say something."""
    return (("a", name_case(a)), ("b", name_case(b)))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise NotAllowed("say why")


def _about(book: Casebook, report: str) -> str:
    case = book.case_of(report)
    return case.id if case else ""
