"""A service that helps: a helpline, a report route, a take-down service, a platform's own report button.

The shape follows Open Referral UK (HSDS 3): service, organization, phones, schedules, service areas, minimum
and maximum age, assured date. What we add says where each record comes from, who checked it, and until when.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Audience(StrEnum):
    """Who is asking. A friend is shown what a child is shown: most friends are children."""

    CHILD = "child"
    FRIEND = "friend"
    PARENT = "parent"
    SCHOOL = "school"
    ADULT = "adult"
    PROFESSIONAL = "professional"

    @property
    def young(self) -> bool:
        return self in (Audience.CHILD, Audience.FRIEND)


class Kind(StrEnum):
    EMERGENCY = "emergency"
    HELPLINE = "helpline"
    CRISIS = "crisis"
    POLICE = "police"
    REPORT = "report"
    STATUTORY = "statutory"
    REMOVAL = "removal"
    MONEY = "money"
    ADVICE = "advice"
    PLATFORM = "platform"


class Confidence(StrEnum):
    HIGH = "high"  # the service's own page, or two sources that agree
    MEDIUM = "medium"  # one source, or an old one
    LOW = "low"  # general knowledge alone


class Reach(StrEnum):
    """How a platform carries a picture: `open` can be searched by its owner, `private` is sealed or on a phone."""

    OPEN = "open"
    PRIVATE = "private"


# Days until a checked record has to be checked again (FACTS B33).
REVIEW_DAYS: Mapping[Kind, int] = {
    Kind.EMERGENCY: 365,
    Kind.POLICE: 180,
    Kind.REPORT: 180,
    Kind.ADVICE: 180,
    Kind.HELPLINE: 60,
    Kind.CRISIS: 60,
    Kind.STATUTORY: 90,
    Kind.REMOVAL: 90,
    Kind.MONEY: 90,
    Kind.PLATFORM: 30,
}


@dataclass(frozen=True, slots=True)
class Phone:
    number: str
    type: str = "voice"  # or "text"
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a record comes from. `uncertain` names what the source leaves open."""

    source: str
    as_of: str  # what time the source speaks of: "2024", "2026-01"
    retrieved: date
    confidence: Confidence
    uncertain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """Somebody looked at the service's own page, or rang the number. A number needs two different people."""

    on: date
    by: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class PlatformRoute:
    """A platform's own way to report and block, in words, because menus move more often than words do."""

    reach: Reach
    report: Mapping[str, tuple[str, ...]]  # a language -> the steps
    block: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Service:
    id: str
    name: str
    organization: str
    status: str  # "active", "inactive", "defunct" or "temporarily closed"
    kind: Kind
    description: Mapping[str, str]  # a language -> what it is for, in plain words
    audience: tuple[Audience, ...]
    service_areas: tuple[str, ...]
    priority: int  # the lower, the earlier in a list
    evidence: Evidence
    review_by: date
    verified: Verification | None = None
    name_cy: str | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    phones: tuple[Phone, ...] = ()
    schedules: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    email: str | None = None
    url: str | None = None
    fees_description: str | None = None
    not_for: str | None = None
    notes: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: str | None = None
    route: PlatformRoute | None = None

    def called(self, language: str) -> str:
        return self.name_cy if language == "cy" and self.name_cy else self.name

    def described(self, language: str) -> str:
        return self.description.get(language, self.description["en"])

    def is_running(self, today: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= today
        return self.status == "active" and begun and (self.valid_to is None or today <= self.valid_to)

    def is_stale(self, today: date) -> bool:
        return today > self.review_by

    def is_checked(self, today: date) -> bool:
        """A person checked it, and not too long ago."""
        return self.verified is not None and self.verified.on <= today and not self.is_stale(today)

    def next_review(self, checked_on: date) -> date:
        return checked_on + timedelta(days=REVIEW_DAYS[self.kind])
