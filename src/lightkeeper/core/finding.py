"""What check sees in a conversation: findings, and the reading they add up to."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Stage(StrEnum):
    """The eight stages of the script, in the order in which it is usually played."""

    CONTACT = "contact"
    TRUST = "trust"
    MOVE = "move"
    REQUEST = "request"
    THREAT = "threat"
    DEMAND = "demand"
    PRESSURE = "pressure"
    AFTERMATH = "aftermath"


class Level(StrEnum):
    NONE = "none"
    CAUTION = "caution"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sign, at one place, with the reason it was seen. It points at the words and never copies them."""

    stage: Stage
    message: int  # which message, counted from 0
    span: tuple[int, int]  # where in it, in characters of the text as given
    rule: str  # the rule's name: "demand.gift_card"
    weight: float  # what it adds; a Reading is explained by the sum
    why: str  # one plain sentence for the person who asked

    def as_json(self) -> dict[str, Any]:
        return {
            "stage": str(self.stage),
            "message": self.message,
            "span": list(self.span),
            "rule": self.rule,
            "weight": self.weight,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """What a conversation looks like, from `none` over `caution` to `danger`, and which messages say so."""

    level: Level
    first_danger: int | None  # the message at which the level became danger, counted from 0
    findings: tuple[Finding, ...]
    stages: dict[Stage, tuple[int, int]]  # first and last message of each stage that was seen
    flags: tuple[str, ...] = ()  # "self_harm", "meeting", ...
    notes: tuple[str, ...] = ()
    id: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The contract's form: one JSON object, without any text of a message."""
        return {
            "id": self.id,
            "level": str(self.level),
            "first_danger": self.first_danger,
            "findings": [finding.as_json() for finding in self.findings],
            "stages": {str(stage): list(reach) for stage, reach in self.stages.items()},
            "flags": list(self.flags),
            "notes": list(self.notes),
        }
