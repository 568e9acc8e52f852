"""Turn what the desk works with into rows, and back. Nothing is lost on the way."""

from datetime import datetime
from typing import Any

from lightkeeper.core.report import report_from_json
from lightkeeper.core.suspect import Link, Reason, Strength
from lightkeeper.desk.audit import Entry, Why
from lightkeeper.desk.case import Band, BandReason, Case, Hold, Item, ItemKind, Proposal, ReplyTo, Triage
from lightkeeper.desk.casebook import Line
from lightkeeper.desk.queue import NEVER, because_of
from lightkeeper.desk.states import OPEN, State
from lightkeeper.web.casebook.models import CaseRow, EntryRow, HoldRow, ItemRow, LinkRow, WhyRow

CHUNK = 2_000  # rows that are read or written at a time


def fill_case(row: CaseRow, case: Case) -> CaseRow:
    """Write a case into its row; `suspect` and who is allowed are kept elsewhere."""
    report = case.report
    row.id, row.report_id = case.id, report.id
    row.state, row.is_open, row.band = str(case.state), case.state in OPEN, int(case.band)
    row.team, row.area, row.age = case.team, report.area or "", report.age
    row.received, row.opened, row.due = report.received, case.opened, case.due or NEVER
    row.owner, row.restricted = case.owner or "", case.restricted
    row.because = because_of(case)
    row.proposed, row.held_on_arrival = case.proposal is not None, report.hold
    row.outcome, row.closed, row.first_decision = case.outcome or "", case.closed, case.first_decision
    row.lookup = case.reply_to.lookup if case.reply_to else ""
    row.report, row.desk = report.as_json(), _write_desk(case)
    return row


def read_case(row: CaseRow, allowed: frozenset[str]) -> Case:
    desk = row.desk
    return Case(
        id=row.id,
        report=report_from_json(row.report),
        state=State(row.state),
        band=Band(row.band),
        triage=_read_triage(desk["triage"]),
        team=row.team,
        opened=row.opened,
        due=None if row.due == NEVER else row.due,
        owner=row.owner or None,
        restricted=row.restricted,
        allowed=allowed,
        facts=tuple((name, said) for name, said in desk["facts"]),
        kirat=desk["kirat"],
        outcome=row.outcome or None,
        closed=row.closed,
        first_decision=row.first_decision,
        proposal=_read_proposal(desk["proposal"]),
        reply_to=ReplyTo(**desk["reply_to"]) if desk["reply_to"] else None,
        contact=_pairs(desk["contact"]),
        language=desk["language"],
        told=_pairs(desk["told"]),
    )


def read_line(row: CaseRow, size: int, held: bool) -> Line:
    return Line(
        case_id=row.id,
        band=Band(row.band),
        state=State(row.state),
        team=row.team,
        area=row.area or None,
        due=None if row.due == NEVER else row.due,
        received=row.received,
        age=row.age,
        owner=row.owner or None,
        because=row.because,
        suspect_size=size,
        held=held,
        restricted=row.restricted,
        proposed=row.proposed,
        decided=row.first_decision,
    )


def _write_desk(case: Case) -> dict[str, Any]:
    proposal, reply_to = case.proposal, case.reply_to
    return {
        "triage": {
            "band": int(case.triage.band),
            "reasons": [[one.rule, int(one.band), one.says, one.words] for one in case.triage.reasons],
            "unknown": case.triage.unknown,
        },
        "facts": case.facts,
        "kirat": case.kirat,
        "proposal": proposal
        and {
            "kind": proposal.kind,
            "by": proposal.by,
            "at": proposal.at.isoformat(),
            "reason": proposal.reason,
            "outcome": proposal.outcome,
            "band": proposal.band and int(proposal.band),
        },
        "reply_to": reply_to and {"recipient": reply_to.recipient, "lookup": reply_to.lookup},
        "contact": case.contact,
        "language": case.language,
        "told": case.told,
    }


def _read_triage(data: dict[str, Any]) -> Triage:
    reasons = tuple(
        BandReason(rule, Band(band), says, tuple((start, end) for start, end in words))
        for rule, band, says, words in data["reasons"]
    )
    return Triage(Band(data["band"]), reasons, tuple(data["unknown"]))


def _read_proposal(data: dict[str, Any] | None) -> Proposal | None:
    if data is None:
        return None
    band = Band(data["band"]) if data["band"] else None
    return Proposal(
        data["kind"], data["by"], datetime.fromisoformat(data["at"]), data["reason"], data["outcome"], band
    )


def _pairs(data: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in data)


def write_item(item: Item) -> ItemRow:
    return ItemRow(
        id=item.id,
        case_id=item.case_id,
        kind=str(item.kind),
        at=item.at,
        by=item.by,
        text=item.text,
        subject=item.subject,
        due=item.due,
        assigned=item.assigned or "",
        done=item.done,
    )


def read_item(row: ItemRow) -> Item:
    return Item(
        id=row.id,
        case_id=row.case_id,
        kind=ItemKind(row.kind),
        at=row.at,
        by=row.by,
        text=row.text,
        subject=row.subject,
        due=row.due,
        assigned=row.assigned or None,
        done=row.done,
    )


def write_link(link: Link) -> LinkRow:
    reasons = [[one.kind, one.how, one.weight] for one in link.reasons]
    return LinkRow(a=link.a, b=link.b, strength=str(link.strength), weight=link.weight, reasons=reasons)


def read_link(row: LinkRow) -> Link:
    return Link(row.a, row.b, tuple(Reason(*one) for one in row.reasons), Strength(row.strength))


def write_hold(hold: Hold) -> HoldRow:
    return HoldRow(
        id=hold.id,
        about=hold.about,
        anchors=list(hold.anchors),
        reason=hold.reason,
        owner=hold.owner,
        review_on=hold.review_on,
        placed_at=hold.placed_at,
        lifted_by=hold.lifted_by or "",
        lifted_at=hold.lifted_at,
        lifted_why=hold.lifted_why,
    )


def read_hold(row: HoldRow) -> Hold:
    return Hold(
        id=row.id,
        about=row.about,
        anchors=tuple(row.anchors),
        reason=row.reason,
        owner=row.owner,
        review_on=row.review_on,
        placed_at=row.placed_at,
        lifted_by=row.lifted_by or None,
        lifted_at=row.lifted_at,
        lifted_why=row.lifted_why,
    )


def write_entry(entry: Entry) -> EntryRow:
    return EntryRow(
        number=entry.number,
        at=entry.at,
        who=entry.who,
        what=entry.what,
        about=entry.about,
        detail=[list(pair) for pair in entry.detail],
        why_digest=entry.why_digest,
        previous=entry.previous,
        hash=entry.hash,
    )


def read_entry(row: EntryRow) -> Entry:
    return Entry(
        row.number,
        row.at,
        row.who,
        row.what,
        row.about,
        _pairs(row.detail),
        row.why_digest,
        row.previous,
        row.hash,
    )


def read_why(row: WhyRow) -> Why:
    return Why(row.number, row.salt, row.words)
