"""The queue: the most urgent child first, and a search that stays in the database."""

import hashlib
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lightkeeper.desk.case import Band, Case, Hold
from lightkeeper.desk.casebook import Line, Page, Wanted
from lightkeeper.desk.people import Officer, Role
from lightkeeper.desk.policy import Yes, about_case, may
from lightkeeper.desk.states import MEANINGS, State
from lightkeeper.web.team.guard import Desk, page
from lightkeeper.web.team.who import colleagues

PAGE = 50


@page("queue.see", sees=False)
def queue(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Open cases in the order of the desk, with filters and search."""
    wanted = read_wanted(request, desk.officer)
    found = desk.book.queue(wanted)
    what = "search" if wanted.words else "see.queue.see"
    # The words of a search may name a child: the log keeps that there was a search, and how much it found.
    if request.headers.get("X-Refresh") is None:
        desk.record(what, why="" if not wanted.words else f"searched: {wanted.words}", found=str(found.total))
    context = _context(request, desk, wanted, found)
    return render(request, "team/queue.html", context)


def read_wanted(request: HttpRequest, officer: Officer) -> Wanted:
    """What the address asks for, within what the officer may see."""
    asked = request.GET
    bands = frozenset(Band(int(one)) for one in asked.getlist("band") if one in {"1", "2", "3", "4"})
    states = frozenset(State(one) for one in asked.getlist("state") if one in list(State))
    owner = {"me": officer.id, "nobody": ""}.get(asked.get("owner", ""))
    area = asked.get("area", "").strip()
    areas = officer.areas & {area} if area and officer.areas else frozenset({area} if area else officer.areas)
    if area and officer.areas and not areas:
        areas = officer.areas
    after = asked.get("after", "0")
    return Wanted(
        teams=officer.teams,
        areas=areas,
        person=officer.id,
        sees_restricted=officer.role is Role.LEAD,
        states=states,
        bands=bands,
        owner=owner,
        words=asked.get("words", "").strip()[:200],
        after=int(after) if after.isdecimal() and len(after) < 8 else 0,
        limit=PAGE,
    )


def _context(request: HttpRequest, desk: Desk, wanted: Wanted, found: Page) -> dict[str, Any]:
    asked = request.GET.copy()
    asked.pop("after", None)
    shown = sum(count for band, count in found.counts if not wanted.bands or band in wanted.bands)
    more, less = wanted.after + PAGE, wanted.after - PAGE
    return {
        "desk": desk,
        "lines": found.lines,
        "bands": [(band, count, _band_link(asked, wanted, band)) for band, count in found.counts],
        "page": PAGE,
        "shown": shown,
        "wanted": wanted,
        "filtered": bool(asked),
        "states": [(state, MEANINGS[state]) for state in State],
        "asked": asked,
        "next_page": f"?{urlencode([*_pairs(asked), ('after', more)])}" if more < shown else "",
        "last_page": f"?{urlencode([*_pairs(asked), ('after', max(0, less))])}" if wanted.after else "",
        "mark": mark_of(found.lines),
        "may_take": isinstance(desk.may("tray.take"), Yes),
        "names": {one.id: one.name for one in colleagues(desk.officer)},
        "tasks": () if wanted.words else desk.book.tasks_of(desk.officer.id),
        "reviews": () if wanted.words else _holds_to_review(desk),
    }


def _holds_to_review(desk: Desk) -> list[tuple[Hold, Case]]:
    """Standing holds whose day to look again has come, each with a case of it that the officer may open."""
    today = desk.now.date()
    due = [hold for hold in desk.book.holds() if hold.stands and hold.review_on <= today]
    found = ((hold, desk.book.cases_of(hold.anchors)) for hold in due)
    opened = ((hold, [case for case in cases if _may_see(desk, case)]) for hold, cases in found)
    return [(hold, cases[0]) for hold, cases in opened if cases]


def _may_see(desk: Desk, case: Case) -> bool:
    return isinstance(may(desk.officer, "case.see", about_case(case)), Yes)


def _band_link(asked: Any, wanted: Wanted, band: Band) -> str:
    """The same search in this band alone; from inside the band, in every band."""
    others = [pair for pair in _pairs(asked) if pair[0] != "band"]
    return f"?{urlencode(others if band in wanted.bands else [*others, ('band', int(band))])}"


def _pairs(asked: Any) -> list[tuple[str, str]]:
    return [(name, value) for name, values in asked.lists() for value in values]


def mark_of(lines: tuple[Line, ...]) -> str:
    """A mark that changes whenever anything on the page would."""
    return hashlib.sha256(repr(lines).encode()).hexdigest()[:16]
