"""Campaigns of this installation: one TOML file each in the folder `tables/campaigns` of the site's data."""

import tomllib

from django.conf import settings

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.warn.campaign import Campaign
from lightkeeper.warn.exchange import from_json
from lightkeeper.watch.events import Event, EventKind
from lightkeeper.watch.period import Period, home_day


def read_campaigns() -> tuple[Campaign, ...]:
    """The newest first. Raises UnreadableInput with the field that is wrong."""
    folder = settings.DESK_TABLES / "campaigns"
    found = [_read(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))]
    return tuple(sorted(found, key=lambda one: one.begins, reverse=True))


def campaign_events() -> tuple[Event, ...]:
    """Each campaign as something that may explain a change: reports normally rise after one."""
    return tuple(
        Event(EventKind.CAMPAIGN, one.name, Period(home_day(one.begins), home_day(one.ends)))
        for one in read_campaigns()
        if one.begins <= one.ends
    )


def _read(text: str) -> Campaign:
    try:
        campaign = from_json(Campaign, tomllib.loads(text), "campaign")
    except tomllib.TOMLDecodeError:
        raise UnreadableInput("a campaign's file is no TOML") from None
    moments = (campaign.begins, campaign.ends, *(item.at for item in campaign.items))
    if any(moment.tzinfo is None for moment in moments):
        raise UnreadableInput("a campaign's times need their zone, such as 2026-09-07T09:00:00+01:00")
    return campaign
