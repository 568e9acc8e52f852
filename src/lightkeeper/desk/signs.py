"""What a report says about danger, as names that the triage rules can ask for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from lightkeeper.core.report import Demand, Harm, Report

_PICTURE_HARMS = {
    Harm.SEXTORTION,
    Harm.GROOMING,
    Harm.IMAGES_REQUESTED,
    Harm.IMAGE_SHARED,
    Harm.IMAGES_SENT_TO_CHILD,
}
_MONEY = {Demand.MONEY, Demand.GIFT_CARD, Demand.CRYPTOCURRENCY}
_PICTURES = {Demand.IMAGES, Demand.VIDEO_CALL}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around a report: how it is linked, and whether anybody has read it yet."""

    linked_reports: int = 0  # other reports of the same suspect
    linked_open: int = 0  # of these, how many are open cases
    unread: bool = False


def signs_of(report: Report, facts: Mapping[str, bool], around: Surroundings, now: datetime) -> frozenset[str]:
    """Every sign of the report and its surroundings, without the words of its narrative. `now` has a zone."""
    return frozenset(
        (
            "always",
            f"reporter.{report.reporter}",
            *_danger_signs(report),
            *_harm_signs(report),
            *_age_signs(report),
            *_deadline_signs(report, now),
            *_surrounding_signs(report, around, now),
            *(f"fact.{name}" for name, said in facts.items() if said),
        )
    )


def _danger_signs(report: Report) -> Iterator[str]:
    danger = report.danger
    for name, said in (("now", danger.now), ("self_harm", danger.self_harm), ("meeting", danger.meeting)):
        if said:
            yield f"danger.{name}"


def _harm_signs(report: Report) -> Iterator[str]:
    yield from (f"harm.{harm}" for harm in report.harms)
    if _PICTURE_HARMS.intersection(report.harms):
        yield "harm.contact_or_picture"
    yield from (f"demand.{demand}" for demand in report.demands)
    if report.demands:
        yield "demand.any"
    if _MONEY.intersection(report.demands):
        yield "demand.money"
    if _PICTURES.intersection(report.demands):
        yield "demand.pictures"
    if report.lost and report.lost.amount > 0:
        yield "lost"


def _age_signs(report: Report) -> Iterator[str]:
    """An age that nobody said may be under 16: unknown is not no."""
    if report.age is not None and report.age < 13:
        yield "age.under_13"
    if report.age is None or report.age < 16:
        yield "age.maybe_under_16"


def _deadline_signs(report: Report, now: datetime) -> Iterator[str]:
    deadline = report.danger.deadline
    if deadline is None or deadline < report.received - timedelta(days=1):
        return  # a deadline long past when the report came in hurries nobody
    for hours in (24, 72):
        if deadline <= now + timedelta(hours=hours):
            yield f"deadline.{hours}h"


def _surrounding_signs(report: Report, around: Surroundings, now: datetime) -> Iterator[str]:
    if around.linked_reports:
        yield "linked.two"
    if around.linked_open:
        yield "linked.open"
    if around.unread:
        for days in (3, 6):
            if now - report.received >= timedelta(days=days):
                yield f"waiting.{days}d"
