"""The casebook: what the desk needs from whatever keeps its cases.

Every writing method demands the act that it writes into the log in the same breath; there is no way around it.
One suite (`tests/contracts/test_casebook.py`) holds every implementation to this.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lightkeeper.core.identifier import Identifier
from lightkeeper.core.report import Report
from lightkeeper.core.suspect import Decision, Link, Suspect
from lightkeeper.desk.audit import Act, Entry, Why
from lightkeeper.desk.case import Band, Case, Hold, Item
from lightkeeper.desk.states import State


class Linkage(Protocol):
    """What a linking engine hands over: `lightkeeper.link.linkage.Linkage` fits, and so does a test's own."""

    @property
    def suspects(self) -> tuple[Suspect, ...]: ...
    @property
    def links(self) -> tuple[Link, ...]: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases a queue asks for. `teams` and `areas` are what the officer may see; `person` is who asks."""

    teams: frozenset[str]
    areas: frozenset[str] = frozenset()
    person: str = ""
    sees_restricted: bool = False  # a lead sees that restricted cases exist
    states: frozenset[State] = frozenset()  # empty: every open state
    bands: frozenset[Band] = frozenset()
    owner: str | None = None  # "" asks for cases without an owner
    words: str = ""  # searched in handles and text
    leaves: bool = False  # the answer leaves the desk, so that nothing held is in it or counted
    after: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the queue: enough to choose the next case, without opening any."""

    case_id: str
    band: Band
    state: State
    team: str
    area: str | None
    due: datetime | None
    received: datetime
    age: int | None
    owner: str | None
    because: str  # the reasons of its band
    suspect_size: int  # how many reports its suspect has, itself included
    held: bool
    restricted: bool
    proposed: bool  # a second person is asked to agree
    decided: datetime | None  # when a person first decided on it: the clock runs until then


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the queue in its order, and how many cases there are in each band altogether."""

    lines: tuple[Line, ...]
    counts: tuple[tuple[Band, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class SeenIdentifier:
    """An identifier with the times at which it was first and last reported, and by which reports."""

    identifier: Identifier
    first: datetime
    last: datetime
    reports: tuple[str, ...]
    also: tuple[Identifier, ...] = ()  # the same, written in other ways


class Casebook(Protocol):
    """Where cases, links, holds and the log live. Times have zones; ids are those of core and desk."""

    # cases
    def add_case(self, case: Case, act: Act) -> None:
        """Take a new case. Raises AlreadyHere when its report is a case already."""
        ...

    def case(self, case_id: str) -> Case:
        """Raises NoSuchCase."""
        ...

    def case_to_change(self, case_id: str) -> Case:
        """The case for somebody who is about to change it: until this transaction ends nobody else does, so that
        of two people who press at once the second sees what the first did. Raises NoSuchCase."""
        ...

    def case_of(self, report_id: str) -> Case | None: ...

    def cases_of(self, report_ids: Iterable[str]) -> tuple[Case, ...]:
        """The cases of some reports, oldest first; a report that is no case is passed over."""
        ...

    def cases_behind(self, lookup: str) -> tuple[Case, ...]:
        """The cases of one reporter, by the look-up of their receipt; oldest first."""
        ...

    def save_case(self, case: Case, act: Act) -> None:
        """Put the case's new form in the old one's place. Raises NoSuchCase."""
        ...

    def queue(self, wanted: Wanted) -> Page:
        """In the order of the desk: band, then deadline, then time waiting (FACTS E6)."""
        ...

    def items(self, case_id: str) -> tuple[Item, ...]:
        """Notes, replies, tasks and what others were told, oldest first."""
        ...

    def tasks_of(self, person: str) -> tuple[Item, ...]:
        """What a person has still to do, over all cases; the soonest due first, those without a day last."""
        ...

    def put_item(self, item: Item, act: Act) -> None:
        """Add an item, or put its new form in the old one's place."""
        ...

    # reports and links: what the nightly round works with
    def reports(self) -> Iterable[Report]:
        """Every report, oldest first; `hold` is true for whatever a hold covers, directly or through a link."""
        ...

    def held_reports(self) -> frozenset[str]:
        """Ids of all reports that may not leave the house."""
        ...

    def decisions(self) -> tuple[Decision, ...]: ...

    def decide(self, decision: Decision, act: Act) -> None:
        """Remember an officer's word on a pair; a later word replaces it."""
        ...

    def undecide(self, a: str, b: str, act: Act) -> None: ...

    def store_linkage(self, linkage: Linkage, act: Act | None = None) -> None:
        """Put a new linkage in the old one's place. Suspects get the desk's own names (`case.name_suspect`)."""
        ...

    def put_links(self, links: Iterable[Link]) -> None:
        """Add links of a report that has just come to those that are here; the log is written by who adds them."""
        ...

    def put_suspects(self, suspects: tuple[Suspect, ...]) -> None:
        """Group some reports anew: each leaves the suspect it was in. Part of `decide`, which writes the log."""
        ...

    def links(self, report_ids: Iterable[str]) -> tuple[Link, ...]:
        """The links, linked and possible, with at least one end among the reports; heaviest first."""
        ...

    def suspects(self, least: int = 2) -> tuple[Suspect, ...]:
        """Suspects of at least so many reports, the largest first."""
        ...

    def suspect(self, suspect_id: str) -> Suspect:
        """Raises NoSuchCase."""
        ...

    def suspect_of(self, report_id: str) -> Suspect | None: ...

    def around(self, report_id: str) -> tuple[int, int]:
        """How many other reports the suspect of a report has, and how many of these are open cases."""
        ...

    def reports_of(self, report_ids: Iterable[str]) -> tuple[Report, ...]:
        """Some reports, oldest first, with `hold` as in `reports`."""
        ...

    # holds
    def holds(self) -> tuple[Hold, ...]:
        """Every hold, standing or lifted, oldest first."""
        ...

    def put_hold(self, hold: Hold, act: Act) -> None: ...

    # the log
    def record(self, act: Act) -> Entry:
        """Write down a view, a search or an export: something that changes nothing else."""
        ...

    def entries(self, about: str | None = None, who: str | None = None) -> Iterable[Entry]: ...

    def reasons(self) -> Iterable[Why]: ...

    # forgetting
    def forget(self, case_ids: Iterable[str], act: Act) -> int:
        """Remove cases with all that belongs to them. Reasons in the log about them, and all words that were ever
        searched for, are forgotten too. Returns how many cases."""
        ...
