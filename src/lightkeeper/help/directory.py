"""Who can help: finds the services for a person and a place, and decides what of each may be shown.

A wrong number in a frightened hand is worse than none. So a child sees a number only when a person has checked
it and the check is not too old; 999 and Childline are shown always. What is not checked is still named, with
what it is for, so that nobody is left without a name to look for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lightkeeper.help.areas import reach
from lightkeeper.help.service import Audience, Confidence, Kind, Phone, Service

ALWAYS_SHOWN = ("uk-999", "childline")  # the two numbers a child is shown whatever the records say
URGENT = (Kind.EMERGENCY, Kind.HELPLINE, Kind.CRISIS)
ROUTES = (Kind.POLICE, Kind.REPORT, Kind.STATUTORY)


@dataclass(frozen=True, slots=True)
class Offer:
    """A service as it may be shown to one audience on one day."""

    service: Service
    numbers: tuple[Phone, ...]  # empty when the number may not be shown
    link: str | None  # None when the address may not be shown
    checked: bool  # a person checked it, and not too long ago

    @property
    def id(self) -> str:
        return self.service.id

    @property
    def always_shown(self) -> bool:
        """999 or Childline: no note of ours may make anyone hesitate to call."""
        return self.service.id in ALWAYS_SHOWN

    @property
    def withheld(self) -> bool:
        """There is a number, and it is not shown."""
        return bool(self.service.phones) and not self.numbers


def find_services(
    services: Iterable[Service], audience: Audience, place: str, today: date, kinds: tuple[Kind, ...] = ()
) -> tuple[Offer, ...]:
    """The services that work where a person lives and are meant for them, the most urgent first.

    `place` is an area's code; no kinds means every kind but the platforms, which have pages of their own.
    Raises UnreadableInput for a place that is not in the list.
    """
    near = reach(place)
    wanted = kinds or tuple(kind for kind in Kind if kind is not Kind.PLATFORM)
    return tuple(
        offer_service(service, audience, today)
        for service in services
        if service.kind in wanted
        and audience in service.audience
        and service.is_running(today)
        and any(area in near for area in service.service_areas)
    )


def offer_service(service: Service, audience: Audience, today: date) -> Offer:
    """What of a service may be shown to this audience today."""
    return Offer(
        service=service,
        numbers=service.phones if may_show_number(service, audience, today) else (),
        link=service.url if may_show_link(service, audience, today) else None,
        checked=service.is_checked(today),
    )


def may_show_number(service: Service, audience: Audience, today: date) -> bool:
    """To a child: checked and fresh, or 999 and Childline. To a grown-up also what a good source says, marked."""
    if service.id in ALWAYS_SHOWN or service.is_checked(today):
        return True
    return not audience.young and _well_sourced(service, today)


def may_show_link(service: Service, audience: Audience, today: date) -> bool:
    """An address cannot ring the wrong house, so a good source is enough; for a grown-up one source is."""
    if service.id in ALWAYS_SHOWN or service.is_checked(today) or _well_sourced(service, today):
        return True
    return not audience.young and service.evidence.confidence is not Confidence.LOW and not service.is_stale(today)


def _well_sourced(service: Service, today: date) -> bool:
    return service.evidence.confidence is Confidence.HIGH and not service.is_stale(today)


def find_service(services: Iterable[Service], service_id: str) -> Service | None:
    return next((one for one in services if one.id == service_id), None)
