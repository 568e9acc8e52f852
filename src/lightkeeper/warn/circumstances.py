"""What the gate must know that is not in the warning: what is held, who lifted it, and what day it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Clearance:
    """A named person's word that something held may be behind this warning."""

    name: str
    role: str
    reason: str

    def __repr__(self) -> str:
        return f"Clearance({'complete' if self.complete else 'not complete'})"

    @property
    def complete(self) -> bool:
        return all(part.strip() for part in (self.name, self.role, self.reason))


@dataclass(frozen=True, slots=True)
class SaidCount:
    """A number that was published before, with all that a reader needs to subtract it from another."""

    place: str  # the area's name, as the warning had it
    version: str  # of the definition
    number: int
    first: date
    last: date

    def __repr__(self) -> str:
        return f"SaidCount({self.version}, {self.first} to {self.last})"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """`held` are ids of reports, cases and suspects under a live-investigation hold; `cleared` by id.

    `published` are the numbers of every warning that is or was public, see `subtraction.counts_said`.
    """

    now: datetime
    held: frozenset[str] = frozenset()
    cleared: Mapping[str, Clearance] = field(default_factory=dict)
    published: tuple[SaidCount, ...] = ()
