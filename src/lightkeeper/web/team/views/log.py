"""Who looked at what: the log for the lead, whether its chain holds, and what was said about the site."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lightkeeper.core.errors import NoSuchCase
from lightkeeper.desk.audit import find_flaws
from lightkeeper.desk.policy import Yes, about_case, may
from lightkeeper.web.casebook.models import EntryRow, WhyRow
from lightkeeper.web.team.guard import Desk, page
from lightkeeper.web.team.heads import read_heads
from lightkeeper.web.team.models import Feedback
from lightkeeper.web.team.who import colleagues

PAGE = 200


@page("log.see")
def log(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The latest entries about the lead's own people, newest first; by person, or by a case of the lead's: then
    with everybody who came near it, from another team or by a program's token."""
    people = colleagues(desk.officer)
    ours = [one.id for one in people]
    who, about = request.GET.get("who", ""), request.GET.get("about", "").strip().upper()
    found = EntryRow.objects.order_by("-number")
    if who in ours or not _is_ours(desk, about):
        found = found.filter(who__in=[who] if who in ours else [*ours, "lightkeeper"])
    if about:
        found = found.filter(about=about)
    rows = list(found[:PAGE])
    reasons = dict(WhyRow.objects.filter(number__in=[row.number for row in rows]).values_list("number", "words"))
    context = {"desk": desk, "rows": rows, "reasons": reasons, "people": people, "who": who, "about": about}
    return render(request, "team/log.html", {**context, "names": {one.id: one.name for one in people}})


def _is_ours(desk: Desk, case_id: str) -> bool:
    """Whether it is a case of the lead's teams and areas, restricted or not."""
    try:
        about = about_case(desk.book.case(case_id))
    except NoSuchCase:
        return False
    return isinstance(may(desk.officer, "case.see", replace(about, restricted=False)), Yes)


@page("log.see", sees=False)
def check_log(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Go through the whole chain and hold it against the heads that were kept."""
    desk.record("log.check")
    flaws = find_flaws(desk.book.entries(), desk.book.reasons(), read_heads())
    return render(request, "team/log_check.html", {"desk": desk, "flaws": flaws[:100], "heads": len(read_heads())})


@page("queue.see")
def feedback(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What people said about the public site; shown to nobody else."""
    return render(request, "team/feedback.html", {"rows": Feedback.objects.order_by("-arrived")[:200]})


@page("tray.take", sees=False)
def feedback_read(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    Feedback.objects.filter(pk=number).update(read_by=desk.officer.id)
    desk.record("feedback.read", str(number))
    return redirect("feedback")
