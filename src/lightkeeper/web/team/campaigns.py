"""Campaigns of this installation: written on the desk's page, or a TOML file each in `tables/campaigns`."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from lightkeeper.core.errors import NoSuchCase, UnreadableInput
from lightkeeper.warn.campaign import Campaign, Item
from lightkeeper.warn.exchange import as_json, from_json
from lightkeeper.watch.events import Event, EventKind
from lightkeeper.watch.period import Period, home_day
from lightkeeper.web.team.models import Planned

MOST_ITEMS = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """A campaign and its number on the page; one from a file has none, and is changed in its file."""

    campaign: Campaign
    number: int | None = None


def kept_campaigns() -> tuple[Kept, ...]:
    """The newest first. Raises UnreadableInput with the field that is wrong."""
    return tuple(sorted((*_from_files(), *_from_page()), key=lambda one: one.campaign.begins, reverse=True))


def read_campaigns() -> tuple[Campaign, ...]:
    """The campaigns alone, the newest first. Raises UnreadableInput."""
    return tuple(one.campaign for one in kept_campaigns())


def campaign_events() -> tuple[Event, ...]:
    """Each campaign as something that may explain a change: reports normally rise after one."""
    return tuple(
        Event(EventKind.CAMPAIGN, one.name, Period(home_day(one.begins), home_day(one.ends)))
        for one in read_campaigns()
        if one.begins <= one.ends
    )


def plan_campaign(campaign: Campaign, by: str, now: datetime) -> int:
    """Keep a new campaign; returns its number. Raises UnreadableInput for one that ends before it begins."""
    if campaign.begins >= campaign.ends:
        raise UnreadableInput("it ends before it begins; give it at least a day")
    return Planned.objects.create(campaign=as_json(campaign), by=by, at=now).pk


def add_item(number: int, item: Item) -> None:
    """Add a post or a film. Raises NoSuchCase, UnreadableInput when the campaign is full."""
    row, campaign = _planned(number)
    if len(campaign.items) >= MOST_ITEMS:
        raise UnreadableInput(f"a campaign has at most {MOST_ITEMS} posts and films")
    _keep(row, replace(campaign, items=tuple(sorted((*campaign.items, item), key=lambda one: one.at))))


def remove_item(number: int, place: int) -> None:
    """Take a post or a film out, by its place in the schedule counted from 0. Raises NoSuchCase."""
    row, campaign = _planned(number)
    if place >= len(campaign.items):
        raise NoSuchCase("there is nothing at this place of the campaign")
    _keep(row, replace(campaign, items=(*campaign.items[:place], *campaign.items[place + 1 :])))


def remove_campaign(number: int) -> str:
    """Take a campaign away; returns its name. Raises NoSuchCase."""
    row, campaign = _planned(number)
    row.delete()
    return campaign.name


def _planned(number: int) -> tuple[Planned, Campaign]:
    row = Planned.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise NoSuchCase("there is no such campaign")
    return row, from_json(Campaign, row.campaign, "campaign")


def _keep(row: Planned, campaign: Campaign) -> None:
    row.campaign = as_json(campaign)
    row.save()


def _from_page() -> Iterator[Kept]:
    for row in Planned.objects.order_by("pk"):
        yield Kept(from_json(Campaign, row.campaign, "campaign"), row.pk)


def _from_files() -> Iterator[Kept]:
    for path in sorted((settings.DESK_TABLES / "campaigns").glob("*.toml")):
        yield Kept(_read(path.read_text("utf-8")))


def _read(text: str) -> Campaign:
    try:
        campaign = from_json(Campaign, tomllib.loads(text), "campaign")
    except (ValueError, RecursionError):
        raise UnreadableInput("a campaign's file is no TOML") from None
    moments = (campaign.begins, campaign.ends, *(item.at for item in campaign.items))
    if any(moment.tzinfo is None for moment in moments):
        raise UnreadableInput("a campaign's times need their zone, such as 2026-09-07T09:00:00+01:00")
    return campaign
