"""What happened beside the reports: a campaign, a new form, holidays. Without them a chart misleads."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.period import Period


class EventKind(StrEnum):
    """Why counts may change though harm does not (FACTS C8)."""

    CAMPAIGN = "campaign"
    NEW_FORM = "new form"
    RULE_CHANGE = "change of recording rules"
    HOLIDAY = "school holidays"
    LINKED_CASE = "one case with many children"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that may explain a change, from one day to another."""

    kind: EventKind
    words: str
    period: Period

    def as_json(self) -> dict[str, Any]:
        return {"kind": str(self.kind), "words": self.words, **self.period.as_json()}


def read_events(text: str) -> tuple[Event, ...]:
    """The events of a TOML file with a table `[[event]]` for each: kind, words, from, to.

    Raises UnreadableInput with the number of the event that cannot be read.
    """
    try:
        rows = tomllib.loads(text).get("event", [])
    except (ValueError, RecursionError):
        raise UnreadableInput("the file of events is no TOML") from None
    if not isinstance(rows, list):
        raise UnreadableInput("each event is a table of its own: [[event]]")
    return tuple(_read_event(row, number) for number, row in enumerate(rows, start=1))


def _read_event(row: dict[str, Any], number: int) -> Event:
    try:
        kind, words, first, last = EventKind(row["kind"]), row["words"], row["from"], row["to"]
    except (KeyError, ValueError, TypeError):
        raise UnreadableInput(f"event {number} needs words, from, to and a kind: {', '.join(EventKind)}") from None
    if type(first) is not date or type(last) is not date or not isinstance(words, str):
        raise UnreadableInput(f"event {number}: from and to are dates such as 2026-09-07")
    return Event(kind, words, Period(first, last))


def warn_of_events(events: Iterable[Event], period: Period) -> list[str]:
    """A sentence for each event that touches the period, to stand beside a comparison."""
    effect = {
        EventKind.CAMPAIGN: "reports normally rise after a campaign, because more children tell",
        EventKind.NEW_FORM: "a new form changes who reports",
        EventKind.RULE_CHANGE: "from here on the figures count something else",
        EventKind.HOLIDAY: "schools report less in the holidays",
        EventKind.LINKED_CASE: "one offender brought many of these reports",
    }
    return [
        f"{one.words} ({one.period.in_words()}): {effect[one.kind]}."
        for one in events
        if one.period.overlaps(period)
    ]
