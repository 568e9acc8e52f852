"""Figures of the last round: a sentence with its period, bars beside a table. Nothing held is in them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lightkeeper.desk.policy import Yes
from lightkeeper.web.team.guard import Desk, page
from lightkeeper.web.team.models import Round
from lightkeeper.web.team.night import run_night


@page("figures.see")
def figures(request: HttpRequest, desk: Desk) -> HttpResponse:
    last = Round.objects.order_by("-at").first()
    areas = (
        [_area(one) for one in last.body if not desk.officer.areas or one["area"] in desk.officer.areas]
        if last
        else []
    )
    held = len(desk.book.held_reports())
    context = {"desk": desk, "last": last, "areas": areas, "held": held, "may_run": _yes(desk, "rounds.run")}
    return render(request, "team/figures.html", context)


@page("rounds.run", sees=False)
def run_now(request: HttpRequest, desk: Desk) -> HttpResponse:
    result = run_night(desk.book, desk.now, desk.officer)
    messages.success(request, f"Done: {len(result.figures)} areas counted, {len(result.drafts)} drafts.")
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
