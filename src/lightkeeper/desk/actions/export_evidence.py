"""Take a case out as an evidence bag, for one named person, with a reason; never while it is held."""

from datetime import datetime

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Case
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.evidence.content import Contents
from lightkeeper.desk.evidence.pack import pack_case, seal_bag
from lightkeeper.desk.evidence.timestamp import Ask
from lightkeeper.desk.holds import refuse_held
from lightkeeper.desk.people import Officer
from lightkeeper.desk.policy import about_case, require


def export_evidence(
    book: Casebook,
    case: Case,
    officer: Officer,
    now: datetime,
    recipient: str,
    reason: str,
    ask: Ask | None = None,
) -> bytes:
    """The sealed bag. The log has the export as its last entry about the case. Raises NotAllowed, Held."""
    refuse_held((case.report.id,), book.held_reports())
    require(officer, "evidence.export", about_case(case))
    if not reason.strip():
        raise NotAllowed("say why")
    detail = (("recipient", recipient.strip()[:16]),)
    book.record(Act(officer.id, "evidence.export", case.id, reason, detail))
    entries = tuple(book.entries(about=case.id))
    numbers = {entry.number for entry in entries}
    reasons = tuple(why for why in book.reasons() if why.number in numbers)
    contents = Contents(case, book.items(case.id), entries, reasons, officer.id, now, reason)
    return seal_bag(pack_case(contents, case.team, ask), contents, recipient)
