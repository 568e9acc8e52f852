"""What happened beside the reports: a campaign, a new form, holidays. Without them a chart misleads."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

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
