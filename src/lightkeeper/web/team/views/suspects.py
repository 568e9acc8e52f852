"""Suspects: the list, the page of one, and an officer's word on links."""

from collections.abc import Hashable, Iterator
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lightkeeper.core.errors import NotAllowed
from lightkeeper.core.identifier import Identifier
from lightkeeper.core.suspect import Link, Strength, Verdict
from lightkeeper.desk.actions.decide_link import decide_link, join_suspects, part_suspect, undo_decision
from lightkeeper.desk.actions.hold_case import place_hold
from lightkeeper.desk.case import Case
from lightkeeper.desk.policy import PERMISSIONS, Yes, about_case, may
from lightkeeper.desk.suspect_page import (
    draw,
    others_in_danger,
    platforms_to_ask,
    preservation_wording,
    seen_identifiers,
)
from lightkeeper.link.doubt import band_of, expected_strangers, measured_source, say_rate, wrong_if
from lightkeeper.link.keys import forms_of
from lightkeeper.web.team.guard import Desk, page
from lightkeeper.web.team.views.case_acts import _date
from lightkeeper.web.team.who import colleagues

MOST_LISTED = 100


@page("queue.see")
def suspects(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Suspects with two reports or more, the largest first; only those with a case that the officer may open."""
    rows = list(islice(_rows(desk), MOST_LISTED))
    return render(request, "team/suspects.html", {"desk": desk, "rows": rows, "most": MOST_LISTED})


def _rows(desk: Desk) -> Iterator[dict[str, Any]]:
    """Read a page's worth of suspects at a time: as a rule the first is enough."""
    held, found = desk.book.held_reports(), desk.book.suspects(least=2)
    for start in range(0, len(found), MOST_LISTED):
        part = found[start : start + MOST_LISTED]
        mine = _mine(desk, [report for suspect in part for report in suspect.reports])
        for suspect in part:
            cases = [mine[report] for report in suspect.reports if report in mine]
            if cases:
                yield {"suspect": suspect, "cases": cases, "held": not held.isdisjoint(suspect.reports)}


def _mine(desk: Desk, reports: list[str]) -> dict[str, Case]:
    """The cases of these reports that the officer may open."""
    cases = desk.book.cases_of(reports)
    return {
        case.report.id: case for case in cases if isinstance(may(desk.officer, "case.see", about_case(case)), Yes)
    }


@page("suspect.see")
def suspect(request: HttpRequest, desk: Desk, suspect_id: str) -> HttpResponse:
    cases = {case.report.id: case for case in desk.cases}
    reports = desk.book.reports_of(cases)
    links = [link for link in desk.book.links(cases) if {link.a, link.b} <= cases.keys()]
    outside = [link for link in desk.book.links(cases) if not {link.a, link.b} <= cases.keys()]
    verdicts = {(word.a, word.b): word.verdict for word in desk.book.decisions()}
    platforms = platforms_to_ask(reports)
    context = {
        "desk": desk,
        "suspect": desk.suspect,
        "reports": reports,
        "cases": cases,
        "hidden": len(desk.suspect.reports) - len(cases),
        "identifiers": seen_identifiers(reports, normal_form),
        "graph": draw(reports, cases, links),
        "linked": [_pair(link, cases, verdicts) for link in links],
        "possible": _near(desk, outside, cases, verdicts),
        "doubt": _doubt([link for link in links if link.strength is Strength.LINKED]),
        "danger": others_in_danger(desk.cases),
        "platforms": [(one, preservation_wording(one, reports, suspect_id)) for one in platforms],
        "holds": [hold for hold in desk.book.holds() if hold.stands and set(hold.anchors) & cases.keys()],
        "people": colleagues(desk.officer),
        "may": {name.replace(".", "_"): isinstance(desk.may(name), Yes) for name in PERMISSIONS},
    }
    return render(request, "team/suspect.html", context)


def normal_form(one: Identifier) -> Hashable:
    """The form in which the linking engines compare it; what has none is compared as it was given."""
    return next((form for form in forms_of(one) if form[1]), one)


def _doubt(links: list[Link]) -> dict[str, object] | None:
    """What would make these links wrong, how often links as weak as the weakest were, and how many here."""
    if not links:
        return None
    weakest = min(links, key=lambda link: link.weight)
    expected = expected_strangers(links)
    return {
        "wrong_if": wrong_if(links),
        "weakest": weakest,
        "rate": say_rate(band_of(weakest).rate),
        "several": round(expected) if expected >= 1 else 0,
        "one_in": say_rate(expected) if expected < 1 else "",
        "source": measured_source(),
    }


def _pair(link, cases, verdicts):
    return {"link": link, "a": cases[link.a], "b": cases[link.b], "verdict": verdicts.get((link.a, link.b))}


def _near(desk, links, cases, verdicts):
    """Reports outside the suspect that are linked to it: possible links, and those that somebody rejected."""
    rows = []
    for link in links:
        other = desk.book.case_of(link.b if link.a in cases else link.a)
        if other and isinstance(may(desk.officer, "case.see", about_case(other)), Yes):
            inside = cases[link.a if link.a in cases else link.b]
            rows.append({"link": link, "a": inside, "b": other, "verdict": verdicts.get((link.a, link.b))})
    return rows


@page("suspect.decide", sees=False)
def decide(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """Confirm or reject a link of this case, or take the word back."""
    a, b = request.POST.get("a", ""), request.POST.get("b", "")
    if desk.case.report.id not in (a, b):
        raise NotAllowed("this link is not of this case")
    reason, said = request.POST.get("reason", "")[:300], request.POST.get("verdict")
    match said:
        case "undo":
            undo_decision(desk.book, desk.officer, a, b, reason)
        case "confirmed" | "rejected":
            decide_link(desk.book, desk.officer, a, b, Verdict(said), reason)
        case _:
            raise NotAllowed("say whether it is one offender")
    messages.success(request, "Remembered. It counts at once, and in every later run.")
    return _to_suspect(desk, a if request.POST.get("stay") == "a" else desk.case.report.id, request)


def _to_suspect(desk: Desk, report: str, request: HttpRequest) -> HttpResponse:
    now_in = desk.book.suspect_of(report)
    if request.POST.get("back") == "suspect" and now_in:
        return redirect("suspect", suspect_id=now_in.id)
    return redirect("case", case_id=desk.book.case_of(report).id)


@page("suspect.decide", sees=False)
def join(request: HttpRequest, desk: Desk, suspect_id: str) -> HttpResponse:
    """Join this suspect with the one that another case belongs to."""
    other = desk.book.case(request.POST.get("case", "").strip().upper())
    join_suspects(
        desk.book, desk.officer, desk.suspect.reports[0], other.report.id, request.POST.get("reason", "")
    )
    messages.success(request, "They are one suspect now.")
    return redirect("suspect", suspect_id=desk.book.suspect_of(other.report.id).id)


@page("suspect.decide", sees=False)
def part(request: HttpRequest, desk: Desk, suspect_id: str) -> HttpResponse:
    """Part this suspect: the ticked reports go out together."""
    out = [report for report in desk.suspect.reports if report in request.POST.getlist("out")]
    stay = [report for report in desk.suspect.reports if report not in out]
    if not out or not stay:
        raise NotAllowed("tick those that go; at least one must go and one must stay")
    part_suspect(desk.book, desk.officer, out, stay, request.POST.get("reason", ""))
    messages.success(request, "Parted. They will not be joined again.")
    return redirect("suspect", suspect_id=desk.book.suspect_of(stay[0]).id)


@page("hold.place", sees=False)
def hold_suspect(request: HttpRequest, desk: Desk, suspect_id: str) -> HttpResponse:
    """Hold a suspect: all its reports, and whatever is linked to it later."""
    from datetime import timedelta

    review_on = _date(request.POST.get("review_on", "")) or (desk.now.date() + timedelta(days=28))
    reason = request.POST.get("reason", "")[:1000]
    place_hold(desk.book, desk.officer, desk.now, suspect_id, desk.cases, reason, desk.officer.id, review_on)
    messages.success(request, "Held. Nothing of this suspect leaves the house.")
    return redirect("suspect", suspect_id=suspect_id)
