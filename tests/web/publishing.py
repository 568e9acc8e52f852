"""Warnings that went all the way: made-up figures, four steps, two people."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from lightkeeper.core.place import place
from lightkeeper.warn.approval import Approval, Person, take_step
from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.compose import Choices, compose_warning
from lightkeeper.warn.figures import Counted, Figures
from lightkeeper.warn.formats.cap import Sender
from lightkeeper.warn.warning import Kind, PublicWarning
from lightkeeper.web.shared.publications import OpenWarning, open_warning

AUTHOR = Person("sam", frozenset({"author"}))
LEAD = Person("robin", frozenset({"safeguarding_lead", "police", "publisher"}))
SENDER = Sender("desk.example.org", "Wiltshire Police")
WAY = (("submit", AUTHOR), ("agree", LEAD), ("clear", LEAD), ("publish", LEAD))


def write_warning(now: datetime, language: str = "en", behind: tuple[str, ...] = ("R-0001",)) -> PublicWarning:
    """A plain warning of about 85 reports in half a year."""
    half = Counted(85, date(2025, 9, 1), date(2026, 2, 28))
    choices = Choices(issued=now, language=language, reviewed_by="A fluent reader", behind=behind)
    return compose_warning(
        Kind.WARNING, place("wiltshire"), choices, Figures(half, "sextortion-1", "reports of blackmail")
    )


def take_all_steps(warning: PublicWarning, now: datetime, approval: Approval | None = None) -> Approval:
    found = approval or Approval(warning.id)
    for number, (name, person) in enumerate(WAY):
        at = Circumstances(now + timedelta(minutes=number))
        found = take_step(found, name, person, "It is right.", warning, at)
    return found


def published(now: datetime, language: str = "en") -> OpenWarning:
    warning = write_warning(now, language)
    return open_warning(warning, take_all_steps(warning, now), SENDER)


def withdrawn(now: datetime) -> OpenWarning:
    warning = write_warning(now)
    later = Circumstances(now + timedelta(hours=1))
    approval = take_step(take_all_steps(warning, now), "withdraw", LEAD, "A hold.", warning, later)
    return open_warning(warning, approval, SENDER)


def updated(now: datetime) -> OpenWarning:
    """Published, taken back to its author, changed, and published again an hour later."""
    warning = write_warning(now)
    back = Circumstances(now + timedelta(minutes=30))
    approval = take_step(take_all_steps(warning, now), "update", AUTHOR, "Clearer.", warning, back)
    clearer = replace(warning, headline="Blackmail with pictures in Wiltshire: what to do")
    return open_warning(clearer, take_all_steps(clearer, now + timedelta(hours=1), approval), SENDER)


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
