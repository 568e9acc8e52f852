"""Figures of the last round: a sentence with its period, bars beside a table. Nothing held is in them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lightkeeper.core.errors import NoSuchCase, NotAllowed
from lightkeeper.desk.case import name_case
from lightkeeper.desk.policy import Yes
from lightkeeper.web.team.guard import Desk, page
from lightkeeper.web.team.models import Alarm, OpenFigure, Round
from lightkeeper.web.team.night import run_night
from lightkeeper.web.team.open_figures import publish_figures


@page("figures.see")
def figures(request: HttpRequest, desk: Desk) -> HttpResponse:
    last = Round.objects.order_by("-at", "-pk").first()
    areas = (
        [_area(one) for one in last.body if not desk.officer.areas or one["area"] in desk.officer.areas]
        if last
        else []
    )
    held = {name_case(report) for report in desk.book.held_reports()}
    # What is held now and was not when the round counted may be in its numbers: they are not shown.
    overtaken = bool(last and not held <= set(last.held))
    alarms = Alarm.objects.filter(looked_at=None).order_by("-at")
    public = {row.what: row for row in OpenFigure.objects.order_by("pk")}
    context = {
        "desk": desk,
        "last": last,
        "areas": [] if overtaken else areas,
        "overtaken": overtaken,
        "held": len(held),
        "alarms": [] if desk.officer.areas or overtaken else alarms[:50],
        "public": sorted(public.values(), key=lambda row: row.what),
        "may_run": _yes(desk, "rounds.run"),
        "may_publish": _yes(desk, "figures.publish") and not desk.officer.areas,
        "may_look": _yes(desk, "alarm.look"),
    }
    return render(request, "team/figures.html", context)


@page("rounds.run", sees=False)
def run_now(request: HttpRequest, desk: Desk) -> HttpResponse:
    result = run_night(desk.book, desk.now, desk.officer)
    messages.success(request, f"Done: {len(result.figures)} areas counted, {len(result.drafts)} drafts.")
    return redirect("figures")


@page("figures.publish", sees=False)
def publish_now(request: HttpRequest, desk: Desk) -> HttpResponse:
    for one in publish_figures(desk.book, desk.officer, desk.now):
        came = (
            f"stays in the house: {one.refused}" if one.refused else "public already" if one.old else "published"
        )
        messages.success(request, f"By {one.what}: {came}.")
    return redirect("figures")


@page("alarm.look", sees=False)
def look_at_alarm(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Somebody looked at a rise and says what it was. It leads to nothing by itself."""
    found = request.POST.get("found", "").strip()[:1000]
    alarm = Alarm.objects.filter(pk=number, looked_at=None).first()
    if alarm is None or desk.officer.areas:
        raise NoSuchCase("there is no such alarm, or somebody has looked at it")
    if not found:
        raise NotAllowed("say what you found, for whoever asks later")
    alarm.looked_by, alarm.looked_at, alarm.found = desk.officer.id, desk.now, found
    alarm.save()
    desk.record("alarm.look", f"{alarm.series} {alarm.week}", why=found)
    messages.success(request, "Kept.")
    return redirect("figures")


def _yes(desk: Desk, action: str) -> bool:
    return isinstance(desk.may(action), Yes)


def _area(one: dict[str, Any]) -> dict[str, Any]:
    counts, compared = one["counts"], one["comparison"]
    rows: dict[str, list[dict[str, Any]]] = {"platform": [], "age": []}
    totals: dict[str, dict[str, int]] = {"platform": {}, "age": {}}
    for cell in counts["cells"]:
        for name, value in zip(counts["by"], cell["key"], strict=True):
            if name in totals:
                totals[name][value] = totals[name].get(value, 0) + cell["reports"]
    for name, found in totals.items():
        most = max(found.values(), default=1)
        rows[name] = [
            {"name": value, "count": count, "most": most}
            for value, count in sorted(found.items(), key=lambda p: -p[1])
        ]
    return {**one, "rows": rows, "now": compared["now"], "before": compared["before"]}
