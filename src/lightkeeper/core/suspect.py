"""What links reports: the links with their reasons, and the suspect they add up to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Strength(StrEnum):
    LINKED = "linked"  # strong enough to join
    POSSIBLE = "possible"  # shown to an officer, never joined by itself


class Verdict(StrEnum):
    """What an officer said of a link. It is kept for ever and honoured by every engine."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two reports agree: the kind of identifier, how close they are, and the evidence in nats.

    `how` never copies the identifier's value.
    """

    kind: str  # "handle", "handle+payment", "script", ...
    how: str  # "same after normalising", "17 of 256 bits differ", ...
    weight: float

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "how": self.how, "weight": round(self.weight, 3)}


@dataclass(frozen=True, slots=True)
class Link:
    """Two reports that seem to be one offender. A link is a suggestion: an officer confirms or rejects it."""

    a: str  # report id, the smaller one
    b: str
    reasons: tuple[Reason, ...]
    strength: Strength = Strength.LINKED

    @property
    def weight(self) -> float:
        return sum(reason.weight for reason in self.reasons)

    def as_json(self) -> dict[str, Any]:
        return {
            "a": self.a,
            "b": self.b,
            "weight": round(self.weight, 3),
            "strength": str(self.strength),
            "reasons": [reason.as_json() for reason in self.reasons],
        }


@dataclass(frozen=True, slots=True)
class Decision:
    """An officer's word on a pair of reports."""

    a: str
    b: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Suspect:
    """The reports that are linked, directly or through one another. A suspect of one report is allowed."""

    id: str
    reports: tuple[str, ...]  # report ids, sorted

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "reports": list(self.reports)}
