"""From the tray to the casebook: open each envelope, make a case of a report, put an answer on its case."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DataError, transaction

from lightkeeper.core.errors import AlreadyHere, LightkeeperError, UnreadableInput
from lightkeeper.core.report import report_from_json
from lightkeeper.desk.actions.open_report import open_report
from lightkeeper.desk.actions.take_news import take_news
from lightkeeper.desk.case import Case, ReplyTo
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import CLOCKWORK, Officer
from lightkeeper.desk.told import facts_told, plain_told
from lightkeeper.report.seal import open_envelope, read_recipient
from lightkeeper.report.slot import EnvelopeKind, SealedEnvelope
from lightkeeper.web.inbox.tray import Tray
from lightkeeper.web.team.models import Feedback, Taken
from lightkeeper.web.team.webhooks import announce_urgent
from lightkeeper.web.team.wiring import identities

# What reading a hostile content can end in: whoever holds the public site can seal anything at all for us.
UNREADABLE = (
    *(LightkeeperError, LookupError, ValueError, TypeError, AttributeError),
    *(ArithmeticError, RecursionError, DataError),
)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What was taken: new cases, answers and feedback, and how many envelopes no key opens."""

    cases: tuple[Case, ...] = ()
    answers: int = 0
    feedback: int = 0
    unopened: int = 0


def take_arrivals(
    book: Casebook, now: datetime, officer: Officer = CLOCKWORK, tray: Tray | None = None
) -> Arrivals:
    """Take everything that waits. An envelope is removed only after what was in it is kept."""
    tray = tray or Tray()
    cases: list[Case] = []
    answers = feedback = 0
    unopened = tray.strange()
    for envelope in tray.waiting():
        try:
            kept = _take(book, envelope, now, officer)
        except UNREADABLE:
            unopened += 1  # it stays where it is, for a person with another key
            continue
        match kept:
            case Case():
                cases.append(kept)
            case EnvelopeKind.ANSWER:
                answers += 1
            case EnvelopeKind.FEEDBACK:
                feedback += 1
        tray.take_away(envelope)
    announce_urgent(now)
    return Arrivals(tuple(cases), answers, feedback, unopened)


@transaction.atomic
def _take(book: Casebook, envelope: SealedEnvelope, now: datetime, officer: Officer) -> Case | EnvelopeKind | None:
    """Keep what is in an envelope, together with its mark. None for one that was taken before."""
    _, fresh = Taken.objects.get_or_create(mark=mark_of(envelope), defaults={"day": now.date()})
    if not fresh:
        return None
    data = json.loads(open_envelope(envelope.sealed, identities()))
    match envelope.kind:
        case EnvelopeKind.REPORT:
            return _take_report(book, data, now, officer)
        case EnvelopeKind.ANSWER:
            answer = data["answer"]
            take_news(book, answer["lookup"], answer["text"], datetime.fromisoformat(answer["written"]), now)
        case EnvelopeKind.FEEDBACK:
            said = data["feedback"]
            Feedback.objects.create(
                page=str(said.get("page", ""))[:60],
                found=str(said.get("found", ""))[:20],
                text=str(said.get("text", ""))[:5000],
                language=str(data.get("language", ""))[:10],
                arrived=envelope.arrived,
            )
    return envelope.kind


def mark_of(envelope: SealedEnvelope) -> str:
    return hashlib.sha256(f"lightkeeper taken\n{envelope.key}".encode()).hexdigest()


def _take_report(book: Casebook, data: dict[str, Any], now: datetime, officer: Officer) -> Case | None:
    told = _words(data, "told")
    try:
        return open_report(
            book,
            report_from_json(data["report"]),
            settings.TEAM,
            now,
            officer,
            reply_to=_reply_to(_words(data, "reply_to")),
            contact=plain_told(_words(data, "contact")),
            language=str(data.get("language", "en"))[:10],
            told=plain_told(told),
            facts=facts_told(told),
        )
    except AlreadyHere:
        return None  # taken before, and the machine stopped before the envelope was removed


def _words(data: dict[str, Any], name: str) -> dict[str, Any]:
    """A part of the envelope, or nothing where it is none: what is wrong there must not hide the report."""
    part = data.get(name)
    return part if isinstance(part, dict) else {}


def _reply_to(said: dict[str, Any]) -> ReplyTo | None:
    """Where a reply can go. None when the key is no key or the look-up none: then there is no way back."""
    try:
        read_recipient(said["recipient"])
        if re.fullmatch("[0-9a-f]{64}", said["lookup"]):
            return ReplyTo(said["recipient"], said["lookup"])
    except (KeyError, TypeError, AttributeError, UnreadableInput):
        pass
    return None
