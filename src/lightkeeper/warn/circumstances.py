"""What the gate must know that is not in the warning: what is held, who lifted it, and what day it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Clearance:
    """A named person's word that something held may be behind this warning."""

    name: str
    role: str
    reason: str

    @property
    def complete(self) -> bool:
        return all(part.strip() for part in (self.name, self.role, self.reason))


@dataclass(frozen=True, slots=True)
class Circumstances:
    """`held` are ids of reports, cases and suspects under a live-investigation hold; `cleared` by id."""

    now: datetime
    held: frozenset[str] = frozenset()
    cleared: Mapping[str, Clearance] = field(default_factory=dict)
