"""What every slot keeps to: the inbox's database, and the spool for when it is away.

A test file makes a class of its own from `SlotContract` and gives two fixtures: `slot`, and `inside`, a function
that says what the slot holds, as (key, sealed) pairs.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from lightkeeper.report.slot import EnvelopeKind, SealedEnvelope, Slot

Inside = Callable[[], set[tuple[str, bytes]]]
NOW = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)


def made_up(
    kind: EnvelopeKind = EnvelopeKind.REPORT, sealed: bytes = b"age-encryption.org/v1\n\x00\xff"
) -> SealedEnvelope:
    return SealedEnvelope(kind, uuid4(), uuid4().hex * 2, sealed, NOW)


class SlotContract:
    """The suite."""

    def test_what_is_added_is_kept_to_the_last_byte(self, slot: Slot, inside: Inside) -> None:
        one = made_up(sealed=bytes(range(256)) * 40)
        slot.add(one)
        assert inside() == {(one.key, one.sealed)}

    def test_the_same_twice_is_kept_once_and_nothing_complains(self, slot: Slot, inside: Inside) -> None:
        one = made_up()
        slot.add(one)
        slot.add(one)
        assert inside() == {(one.key, one.sealed)}

    def test_each_kind_is_taken(self, slot: Slot, inside: Inside) -> None:
        for kind in EnvelopeKind:
            slot.add(made_up(kind))
        assert len(inside()) == len(EnvelopeKind)

    def test_another_key_is_another_envelope(self, slot: Slot, inside: Inside) -> None:
        one = made_up()
        slot.add(one)
        slot.add(replace(one, reference=uuid4(), key="f" * 64))
        assert len(inside()) == 2
