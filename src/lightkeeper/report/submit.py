"""The last step: what was told is sealed, kept, and only then acknowledged."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from lightkeeper.core.errors import SlotClosed
from lightkeeper.report.form import Answers
from lightkeeper.report.receipt import Receipt, door
from lightkeeper.report.seal import seal
from lightkeeper.report.slot import EnvelopeKind, SealedEnvelope, Slot
from lightkeeper.report.tell import build_report, write_envelope


@dataclass(frozen=True, slots=True)
class Sealing:
    """What a site needs to seal: the team's public keys, and its own secret for receipts."""

    recipients: tuple[str, ...]
    pepper: bytes = field(repr=False)


def seal_report(
    answers: Answers, language: str, receipt: Receipt, sealing: Sealing, now: datetime
) -> SealedEnvelope:
    """Seal a report. The same answers with the same receipt always have the same key and the same reference."""
    digest = _digest(sealing.pepper, "report", receipt.entropy, json.dumps(sorted(answers.items())))
    reference = reference_of(digest)
    minute = to_the_minute(now)
    report = build_report(answers, str(reference), minute)
    plain = write_envelope(report, answers, door(receipt, sealing.pepper), language)
    return SealedEnvelope(EnvelopeKind.REPORT, reference, digest.hex(), seal(plain, sealing.recipients), minute)


def seal_answer(text: str, language: str, receipt: Receipt, sealing: Sealing, now: datetime) -> SealedEnvelope:
    """Seal what somebody adds on the replies page."""
    minute = to_the_minute(now)
    digest = _digest(sealing.pepper, "answer", receipt.entropy, text)
    answer = {"lookup": door(receipt, sealing.pepper).lookup, "text": text, "written": written(minute)}
    return _seal_json(
        EnvelopeKind.ANSWER, {"version": 1, "answer": answer, "language": language}, digest, sealing, minute
    )


def seal_feedback(
    said: dict[str, str], language: str, nonce: bytes, sealing: Sealing, now: datetime
) -> SealedEnvelope:
    """Seal a word about the site. The nonce belongs to one opened form, so that a double click counts once."""
    minute = to_the_minute(now)
    digest = _digest(sealing.pepper, "feedback", nonce, json.dumps(sorted(said.items())))
    return _seal_json(
        EnvelopeKind.FEEDBACK, {"version": 1, "feedback": said, "language": language}, digest, sealing, minute
    )


def keep(envelope: SealedEnvelope, slots: Sequence[Slot]) -> None:
    """Put an envelope into the first slot that takes it: the inbox, or else the spool.

    When this returns it is on disk. Raises SlotClosed when no slot takes it; then nothing was kept.
    """
    for slot in slots:
        try:
            slot.add(envelope)
        except SlotClosed:
            continue
        return
    raise SlotClosed("neither the inbox nor the spool takes anything at the moment")


def reference_of(digest: bytes) -> UUID:
    """A UUID (version 8, RFC 9562) that only this site can compute, so that a repeated submit repeats it."""
    number = bytearray(hashlib.sha256(b"reference" + digest).digest()[:16])
    number[6] = number[6] & 0x0F | 0x80
    number[8] = number[8] & 0x3F | 0x80
    return UUID(bytes=bytes(number))


def to_the_minute(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def written(minute: datetime) -> str:
    return minute.strftime("%Y-%m-%dT%H:%M:%SZ")


def _seal_json(
    kind: EnvelopeKind, content: dict[str, object], digest: bytes, sealing: Sealing, minute: datetime
) -> SealedEnvelope:
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return SealedEnvelope(kind, reference_of(digest), digest.hex(), seal(plain, sealing.recipients), minute)


def _digest(pepper: bytes, kind: str, secret: bytes, content: str) -> bytes:
    """Names what was told without telling it: nobody without the pepper can try out guesses."""
    return hmac.new(pepper, b"\x00".join((kind.encode(), secret, content.encode())), hashlib.sha256).digest()
