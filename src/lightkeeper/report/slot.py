"""The slot in the door: what is pushed through stays inside, and cannot be read back from out here."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class EnvelopeKind(StrEnum):
    REPORT = "report"
    ANSWER = "answer"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class SealedEnvelope:
    """An envelope on its way in. Nothing about it is readable but its kind and the minute it came."""

    kind: EnvelopeKind
    reference: UUID  # the report's id as well; says nothing about anybody
    key: str = field(repr=False)  # idempotency: 64 hex digits, the same for the same words told twice
    sealed: bytes = field(repr=False)  # age
    arrived: datetime  # UTC, to the minute


@dataclass(frozen=True, slots=True)
class SealedReply:
    """An answer of the team that waits for whoever holds the receipt."""

    sealed: bytes = field(repr=False)
    written: datetime  # UTC, to the minute


class Slot(Protocol):
    """Takes envelopes. Implementations: the inbox database, and the spool for when it is away."""

    def add(self, envelope: SealedEnvelope) -> None:
        """Keep an envelope. When this returns it is on disk; adding it twice keeps it once.

        Raises SlotClosed when it cannot be kept here.
        """
        ...


class Replies(Protocol):
    """Gives back the replies of one receipt, and nothing else."""

    def waiting(self, lookup: str) -> tuple[SealedReply, ...]:
        """The replies under a lookup, oldest first. Raises SlotClosed when the database is away."""
        ...
