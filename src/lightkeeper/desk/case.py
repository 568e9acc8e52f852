"""A case: one report, and everything that the desk made of it."""

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

from lightkeeper.core.report import Report
from lightkeeper.desk.states import State


class Band(IntEnum):
    """How soon a person must act. P1 is now; the smaller the number, the more urgent."""

    P1 = 1
    P2 = 2
    P3 = 3
    P4 = 4

    def __str__(self) -> str:
        return f"P{int(self)}"


@dataclass(frozen=True, slots=True)
class BandReason:
    """Why a case stands in a band: the rule's name and its plain words."""

    rule: str
    band: Band
    says: str
    words: tuple[tuple[int, int], ...] = ()  # places in the narrative, in characters, that a text cue points at


@dataclass(frozen=True, slots=True)
class Triage:
    """The band that the rules give, with every reason and every question that nobody has answered."""

    band: Band
    reasons: tuple[BandReason, ...]
    unknown: tuple[str, ...]  # names of questions in rules/questions.toml


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """Where a reply to the reporter goes: a public key to seal it for, and the look-up of the receipt."""

    recipient: str
    lookup: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one officer wants and a second must agree to: closing a P1 or P2, or lowering a band."""

    kind: str  # "close" or "lower"
    by: str
    at: datetime
    reason: str
    outcome: str | None = None
    band: Band | None = None

    def __repr__(self) -> str:
        return f"Proposal({self.kind}, {self.by})"


@dataclass(frozen=True, slots=True)
class Case:
    """One case as the desk sees it. It is never changed in place: an action returns the next one."""

    id: str
    report: Report
    state: State
    band: Band
    triage: Triage
    team: str
    opened: datetime  # when the desk took it from the tray
    due: datetime | None  # when its clock runs out
    owner: str | None = None
    restricted: bool = False
    allowed: frozenset[str] = field(default_factory=frozenset)  # who may see it while it is restricted
    facts: tuple[tuple[str, bool], ...] = ()  # answers an officer has found: ("missing", False)
    kirat: str | None = None  # a KIRAT band that a trained person worked out elsewhere (FACTS E1)
    outcome: str | None = None
    closed: datetime | None = None
    first_decision: datetime | None = None
    proposal: Proposal | None = None
    reply_to: ReplyTo | None = None
    contact: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    told: tuple[tuple[str, str], ...] = ()  # what the public site told the reporter, by version

    def __repr__(self) -> str:
        return f"Case({self.id}, {self.band}, {self.state})"


def name_case(report_id: str) -> str:
    """The case's own id, made from the report's: the same report always becomes the same case (50 bits)."""
    digest = hashlib.sha256(b"lightkeeper case\n" + report_id.encode()).digest()
    return "C" + base64.b32encode(digest)[:10].decode()


def name_suspect(engine_name: str) -> str:
    """The desk's own name for a suspect: an engine may name it after a report, and a report's id may say something
    of a child. It stands in addresses and in the log, so it says nothing."""
    return "S" + hashlib.sha256(b"lightkeeper suspect\n" + engine_name.encode()).hexdigest()[:12]


class ItemKind(StrEnum):
    NOTE = "note"  # private: never seen by the reporter
    REPLY = "reply"  # sealed for the reporter's receipt
    TASK = "task"
    TOLD = "told"  # social care, a school, a platform, another force
    NEWS = "news"  # something more that the reporter sent


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on a case's page. `subject` is a code (who was told, which canned text), `text` free words."""

    id: str
    case_id: str
    kind: ItemKind
    at: datetime
    by: str
    text: str = ""
    subject: str = ""
    due: date | None = None
    assigned: str | None = None
    done: datetime | None = None

    def __repr__(self) -> str:
        return f"Item({self.kind}, {self.case_id})"


@dataclass(frozen=True, slots=True)
class Hold:
    """A live-investigation hold. What it covers leaves the house in no form until a named person lifts it.

    `anchors` are report ids: the hold follows them, and everything linked to them, from one linkage to the next.
    """

    id: str
    about: str  # the case or suspect it was placed on
    anchors: tuple[str, ...]
    reason: str
    owner: str
    review_on: date
    placed_at: datetime
    lifted_by: str | None = None
    lifted_at: datetime | None = None
    lifted_why: str = ""

    @property
    def stands(self) -> bool:
        return self.lifted_at is None

    def __repr__(self) -> str:
        return f"Hold({self.about}, {'stands' if self.stands else 'lifted'})"
