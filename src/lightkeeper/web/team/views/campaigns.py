"""Campaigns: what is planned, what speaks against it, and an honest look before and after."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lightkeeper.rounds import look_around
from lightkeeper.warn.campaign import refusals_of_campaign
from lightkeeper.web.team.campaigns import read_campaigns
from lightkeeper.web.team.guard import Desk, page


@page("figures.see")
def campaigns(request: HttpRequest, desk: Desk) -> HttpResponse:
    rows = [
        {
            "campaign": one,
            "items": sorted(one.items, key=lambda item: (item.at, item.channel)),
            "refusals": refusals_of_campaign(one),
            # The count is of every area, so it is for those who see every area.
            "look": None if desk.officer.areas else look_around(desk.book, one, desk.now.date()),
        }
        for one in read_campaigns()
    ]
    return render(request, "team/campaigns.html", {"desk": desk, "rows": rows})
