"""Accepted means kept, once."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import pytest

from lightkeeper.core.errors import SlotClosed
from lightkeeper.report.receipt import make_receipt
from lightkeeper.report.seal import make_keys
from lightkeeper.report.slot import SealedEnvelope
from lightkeeper.report.submit import Sealing, keep, seal_answer, seal_feedback, seal_report

NOW = datetime(2026, 1, 31, 9, 30, 42, 123, tzinfo=UTC)
SEALING = Sealing((make_keys().recipient,), b"p" * 32)
ANSWERS = {"what": ("He wants money.",)}


@dataclass
class Box:
    """A slot in memory, which can be closed."""

    closed: bool = False
    inside: list[SealedEnvelope] = field(default_factory=list)

    def add(self, envelope: SealedEnvelope) -> None:
        if self.closed:
            raise SlotClosed("closed")
        self.inside.append(envelope)


def test_the_same_report_has_the_same_key_and_reference_however_often_it_is_sent() -> None:
    receipt = make_receipt()
    one, two = (seal_report(ANSWERS, language, receipt, SEALING, NOW) for language in ("en", "cy"))
    assert (one.key, one.reference) == (two.key, two.reference)


def test_another_answer_or_another_receipt_is_another_report() -> None:
    receipt = make_receipt()
    first = seal_report(ANSWERS, "en", receipt, SEALING, NOW)
    changed = seal_report({"what": ("He wants more money.",)}, "en", receipt, SEALING, NOW)
    someone_else = seal_report(ANSWERS, "en", make_receipt(), SEALING, NOW)
    assert len({first.key, changed.key, someone_else.key}) == 3


def test_the_key_cannot_be_guessed_without_the_sites_secret() -> None:
    receipt = make_receipt()
    other = Sealing(SEALING.recipients, b"q" * 32)
    assert (
        seal_report(ANSWERS, "en", receipt, SEALING, NOW).key
        != seal_report(ANSWERS, "en", receipt, other, NOW).key
    )


def test_no_second_is_kept_only_the_minute() -> None:
    for envelope in (
        seal_report(ANSWERS, "en", make_receipt(), SEALING, NOW),
        seal_answer("hello", "en", make_receipt(), SEALING, NOW),
        seal_feedback({"text": "good"}, "en", b"n", SEALING, NOW),
    ):
        assert envelope.arrived == datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
        assert UUID(str(envelope.reference)).version == 8


def test_it_goes_into_the_first_slot_that_takes_it() -> None:
    inbox, spool = Box(), Box()
    envelope = seal_report(ANSWERS, "en", make_receipt(), SEALING, NOW)
    keep(envelope, (inbox, spool))
    assert (inbox.inside, spool.inside) == ([envelope], [])
    inbox.closed = True
    keep(envelope, (inbox, spool))
    assert spool.inside == [envelope]


def test_when_no_slot_takes_it_that_is_said() -> None:
    with pytest.raises(SlotClosed):
        keep(seal_report(ANSWERS, "en", make_receipt(), SEALING, NOW), (Box(closed=True), Box(closed=True)))


def test_an_envelope_shows_nothing_of_itself() -> None:
    envelope = seal_report(ANSWERS, "en", make_receipt(), SEALING, NOW)
    assert "money" not in repr(envelope)
    assert envelope.key not in repr(envelope)
