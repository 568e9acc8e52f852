"""The one content object: everything a warning says, before it becomes a letter, a bulletin, a post or a feed.

Fields follow FACTS D2. It holds no report and no case: `behind` names what it was made from, so that the
gate can ask whether any of it is held.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum

from lightkeeper.warn.exchange import as_json


class Kind(StrEnum):
    """What is published, by what it is for."""

    WARNING = "warning"  # a number since a date
    BULLETIN = "bulletin"  # two periods compared
    APPEAL = "appeal"  # to parents, without any figure
    SUMMARY = "summary"  # some weeks, looked back on
    LETTER = "letter"  # from a school


class Audience(StrEnum):
    AREA = "area"  # a police force's area
    SCHOOL = "school"  # one school's families


@dataclass(frozen=True, slots=True)
class NumberApproval:
    """The named decision that an exact number may be said. `rank` as in numbers.toml."""

    name: str
    rank: str
    reason: str

    def __repr__(self) -> str:
        return f"NumberApproval({self.rank!r})"


@dataclass(frozen=True, slots=True)
class Count:
    """A number with everything that makes it true: what is counted, from which day to which."""

    number: int
    first: date | None
    last: date | None
    definition: str  # in words
    version: str  # of the definition
    at_least: bool = False
    approval: NumberApproval | None = None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1 if self.first and self.last else 0


@dataclass(frozen=True, slots=True)
class Change:
    """The count of an earlier period, and what the comparison may be called."""

    before: Count
    ratio: float | None  # now a day over before a day; None where there was none before
    low: float | None  # with 95 per cent confidence
    high: float | None
    verdict: str  # "rise", "fall", "unclear" or "too_few"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words. A role and a unit, not a name; `note` stands beside words we would not choose."""

    text: str
    role: str
    unit: str
    note: str = ""

    def __repr__(self) -> str:
        return f"Quote({len(self.text)} characters)"


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to report or to get help, as it is shown."""

    id: str  # "emergency", "police", "childline", "ceop", "report_remove", ...
    name: str
    when: str  # for what and when, in one short sentence
    phone: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class School:
    """The school that sends a letter. `pupils` is how many it has; it is never printed."""

    name: str
    leads: tuple[str, ...]  # designated safeguarding leads
    signed_by: str
    role: str
    website: str
    pupils: int

    def __repr__(self) -> str:
        return f"School({len(self.leads)} leads)"


@dataclass(frozen=True, slots=True)
class Translation:
    """How a text that is not the original came to be. Nothing goes out before a fluent person has read it."""

    made_from: str  # the language of the original
    made_by: str  # "machine" or the translator
    reviewed_by: str = ""
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class PublicWarning:
    """One warning in one language. See `compose` for how it is made and `gate` for what it must be."""

    id: str
    kind: Kind
    audience: Audience
    language: str
    place: str  # the area's name, as people say it
    force: str  # the police force's own name
    headline: str
    summary: str
    pattern: tuple[str, ...]  # what happens, no deeper than helps to recognise it
    child_steps: tuple[str, ...]
    parent_steps: tuple[str, ...]
    contacts: tuple[Contact, ...]
    issued: datetime
    expires: datetime
    count: Count | None = None
    change: Change | None = None
    platforms: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()  # bands: "under 13", "13 to 15", "16 to 17"
    tonight: tuple[str, ...] = ()  # what a parent can do before anything happened
    under_reporting: str = ""
    quote: Quote | None = None
    links: tuple[Link, ...] = ()
    school: School | None = None
    translation: Translation | None = None
    updated: datetime | None = None
    embargo: datetime | None = None
    behind: tuple[str, ...] = ()  # ids of reports, cases and suspects it was made from; never printed
    page: str = ""  # where it will stand on the web

    def __repr__(self) -> str:
        # A draft may still hold a name that the gate is about to refuse.
        return f"PublicWarning({self.kind}, {self.language}, {len(self.headline) + len(self.summary)} characters)"

    def fingerprint(self) -> str:
        """Changes when anything in the warning changes: an approval is given to these words and no others."""
        text = json.dumps(as_json(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


# What is not read by the public, and so is not held to the public's words.
_NOT_PRINTED = {"id", "kind", "audience", "language", "behind", "approval", "version", "verdict", "url", "page"}


def texts(warning: PublicWarning) -> Iterator[tuple[str, str]]:
    """Every text that will be read, with the field it stands in: ("child_steps[2]", "Stop replying. …")."""
    return _texts("", warning)


def text_at(warning: PublicWarning, field: str) -> str:
    """The text of one field, as `texts` names it; empty where there is none."""
    return next((text for name, text in texts(warning) if name == field), "")


def _texts(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, StrEnum):
        return
    if isinstance(value, str):
        if value:
            yield path, value
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _texts(f"{path}[{place}]", item)
    elif is_dataclass(value) and not isinstance(value, Translation | NumberApproval):
        for field in fields(value):
            if field.name not in _NOT_PRINTED:
                yield from _texts(f"{path}.{field.name}" if path else field.name, getattr(value, field.name))
