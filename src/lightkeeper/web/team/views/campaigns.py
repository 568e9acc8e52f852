"""Campaigns: what is planned, what speaks against it, and an honest look before and after."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.policy import Yes
from lightkeeper.rounds import look_around
from lightkeeper.warn.campaign import Campaign, Item, Medium, refusals_of_campaign
from lightkeeper.warn.formats.post import channels
from lightkeeper.web.team.campaigns import Kept, kept_campaigns, plan_campaign, remove_campaign
from lightkeeper.web.team.campaigns import add_item as keep_item
from lightkeeper.web.team.campaigns import remove_item as drop_item
from lightkeeper.web.team.guard import Desk, page

LANGUAGES = {"en": "English", "cy": "Cymraeg"}


@page("figures.see")
def campaigns(request: HttpRequest, desk: Desk) -> HttpResponse:
    context = {
        "desk": desk,
        "rows": [_row(desk, one) for one in kept_campaigns()],
        "may_write": isinstance(desk.may("campaign.write"), Yes),
        "media": list(Medium),
        "channels": channels(),
        "languages": LANGUAGES.items(),
    }
    return render(request, "team/campaigns.html", context)


def _row(desk: Desk, one: Kept) -> dict[str, Any]:
    return {
        "campaign": one.campaign,
        "number": one.number,
        "items": sorted(one.campaign.items, key=lambda item: item.at),
        "refusals": refusals_of_campaign(one.campaign),
        # The count is of every area, so it is for those who see every area.
        "look": None if desk.officer.areas else look_around(desk.book, one.campaign, desk.now.date()),
    }


@page("campaign.write", sees=False)
def plan(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A new campaign; its posts and films are added afterwards."""
    name, language = request.POST.get("name", "").strip()[:120], request.POST.get("language", "en")
    if not name or language not in LANGUAGES:
        raise NotAllowed("a campaign needs a name and a language")
    made = Campaign(name, _moment(request, "begins"), _moment(request, "ends"), (), language)
    number = plan_campaign(made, desk.officer.id, desk.now)
    return _kept(request, desk, "campaign.plan", number, "Planned. Add its posts and films below.")


@page("campaign.write", sees=False)
def add_item(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    asked = request.POST
    if asked.get("medium") not in list(Medium) or asked.get("channel") not in channels():
        raise NotAllowed("choose a form and a channel")
    words = {
        name: asked.get(name, "").strip()[:5_000] for name in ("text", "link", "alt", "captions", "transcript")
    }
    keep_item(number, Item(Medium(asked["medium"]), asked["channel"], _moment(request, "at"), **words))
    return _kept(request, desk, "campaign.add", number, "Added.")


@page("campaign.write", sees=False)
def remove_item(request: HttpRequest, desk: Desk, number: int, place: int) -> HttpResponse:
    drop_item(number, place)
    return _kept(request, desk, "campaign.take_out", number, "Taken out.")


@page("campaign.write", sees=False)
def remove(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    name = remove_campaign(number)
    return _kept(request, desk, "campaign.remove", number, f"“{name}” is no longer planned.")


def _kept(request: HttpRequest, desk: Desk, what: str, number: int, said: str) -> HttpResponse:
    desk.record(what, f"campaign-{number}")
    messages.success(request, said)
    return redirect("campaigns")


def _moment(request: HttpRequest, name: str) -> datetime:
    try:
        return datetime.fromisoformat(request.POST.get(name, "")).replace(tzinfo=get_current_timezone())
    except ValueError:
        raise NotAllowed("write day and time as 2026-05-04T09:00") from None
