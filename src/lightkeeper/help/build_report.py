"""What of the directory and the pages still needs a person: the list that a release is held against.

It names each record that is unchecked or stale, what is withheld because of that, and each page and each file of
words that nobody has reviewed. An empty list is the aim; the two numbers a child always sees stand at the top.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lightkeeper.help.directory import ALWAYS_SHOWN, may_show_link, may_show_number
from lightkeeper.help.service import Audience, Service


@dataclass(frozen=True, slots=True)
class Pending:
    """One record that needs a person, and what a child does not see until then."""

    service: Service
    reason: str  # "never checked", "check is 12 days overdue"
    withheld: tuple[str, ...]  # "number", "address"

    @property
    def line(self) -> str:
        hidden = f"; a child does not see its {' and '.join(self.withheld)}" if self.withheld else ""
        doubt = "; open: " + ", ".join(self.service.evidence.uncertain) if self.service.evidence.uncertain else ""
        confidence = self.service.evidence.confidence
        return f"{self.service.id} ({self.service.name}): {self.reason}, source {confidence}{hidden}{doubt}"


def find_pending(services: Iterable[Service], today: date) -> tuple[Pending, ...]:
    """Every record in use that nobody has checked, or whose check is too old; 999 and Childline first."""
    pending = [
        Pending(service, _reason(service, today), _withheld(service, today))
        for service in services
        if service.status == "active" and not service.is_checked(today)
    ]
    return tuple(sorted(pending, key=lambda one: (one.service.id not in ALWAYS_SHOWN, one.service.priority)))


def find_stale(services: Iterable[Service], today: date) -> tuple[Service, ...]:
    """The records whose review date has passed, checked or not."""
    return tuple(one for one in services if one.status == "active" and one.is_stale(today))


def _reason(service: Service, today: date) -> str:
    late = (today - service.review_by).days
    overdue = f"review is {late} days overdue" if late > 0 else ""
    if service.verified is None:
        return "never checked" + (f", {overdue}" if overdue else "")
    return overdue or "its check is dated in the future"


def _withheld(service: Service, today: date) -> tuple[str, ...]:
    if not any(audience.young for audience in service.audience):
        return ()
    hidden = []
    if service.phones and not may_show_number(service, Audience.CHILD, today):
        hidden.append("number")
    if service.url and not may_show_link(service, Audience.CHILD, today):
        hidden.append("address")
    return tuple(hidden)
