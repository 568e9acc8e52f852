"""Warnings: drafts that the figures suggest, what the gate says of them, and the four steps before they go out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lightkeeper.core.errors import NoSuchCase, NotAllowed, UnreadableInput
from lightkeeper.desk.people import Officer, Role
from lightkeeper.desk.policy import Yes
from lightkeeper.warn.approval import Approval, Person, steps_open_to, take_step
from lightkeeper.warn.exchange import as_json, from_json
from lightkeeper.warn.gate import refusals_of
from lightkeeper.warn.refusal import excerpt
from lightkeeper.warn.warning import PublicWarning
from lightkeeper.web.team.guard import Desk, page
from lightkeeper.web.team.models import Sending, Warned
from lightkeeper.web.team.outboxes import read_ways_out, send_warning
from lightkeeper.web.team.publications import circumstances_now, in_turn, keep_step, recalls, shelf_is_current

AUTHOR_STEPS = ("submit", "update")
ROLES = {
    Role.OFFICER: frozenset({"author"}),
    Role.LEAD: frozenset({"author", "safeguarding_lead", "police", "publisher"}),
}


@page("warning.see")
def warnings(request: HttpRequest, desk: Desk) -> HttpResponse:
    found = Warned.objects.order_by("-at")
    if desk.officer.areas:
        found = found.filter(area__in=desk.officer.areas)
    rows = [{"row": row, "warning": read_warning(row), "refusals": _refusals(desk, row)} for row in found[:100]]
    areas = desk.officer.areas
    context = {
        "desk": desk,
        "rows": rows,
        "recalls": [one for one in recalls(desk.book, desk.now) if not areas or one.area in areas],
        "current": shelf_is_current(),
    }
    return render(request, "team/warnings.html", context)


@page("warning.see")
def warning(request: HttpRequest, desk: Desk, warning_id: str) -> HttpResponse:
    row = _row(desk, warning_id)
    text, approval = read_warning(row), from_json(Approval, row.approval, "approval")
    refusals = [{"one": one, "excerpt": excerpt(text, one)} for one in _refusals(desk, row)]
    open_steps = steps_open_to(approval, person_of(desk.officer), text, desk.now)
    context: dict[str, Any] = {
        "desk": desk,
        "row": row,
        "warning": text,
        "approval": approval,
        "refusals": refusals,
        "held": any(item["one"].check == "hold" for item in refusals),
        "author_steps": [step for step in open_steps if step in AUTHOR_STEPS],
        "lead_steps": [step for step in open_steps if step not in AUTHOR_STEPS],
        "may_draft": isinstance(desk.may("warning.draft"), Yes),
        "may_approve": isinstance(desk.may("warning.approve"), Yes),
        **_ways(desk, row, text),
    }
    return render(request, "team/warning.html", context)


@page("warning.draft", sees=False)
def author_step(request: HttpRequest, desk: Desk, warning_id: str) -> HttpResponse:
    return _step(request, desk, warning_id, AUTHOR_STEPS)


@page("warning.approve", sees=False)
def approve_step(request: HttpRequest, desk: Desk, warning_id: str) -> HttpResponse:
    return _step(request, desk, warning_id, ("agree", "clear", "publish", "return", "withdraw"))


def _step(request: HttpRequest, desk: Desk, warning_id: str, allowed: tuple[str, ...]) -> HttpResponse:
    in_turn()
    row, step = _row(desk, warning_id), request.POST.get("step", "")
    if step not in allowed:
        raise NotAllowed("this step is not taken here")
    approval = from_json(Approval, row.approval, "approval")
    reason = request.POST.get("reason", "")[:1000]
    text, circumstances = read_warning(row), circumstances_now(desk.book, desk.now)
    newer = take_step(approval, step, person_of(desk.officer), reason, text, circumstances)
    row.approval, row.state = as_json(newer), newer.state
    row.save()
    desk.record("warning.step", warning_id, why=reason, step=step, state=newer.state)
    keep_step(row.area, text, newer)
    messages.success(request, f"It is {newer.state.replace('_', ' ')} now.")
    return redirect("warning", warning_id=warning_id)


@page("warning.send", sees=False)
def send(request: HttpRequest, desk: Desk, warning_id: str) -> HttpResponse:
    """Send a published warning one way: each way takes the same words once, and a dry run as often as wanted."""
    in_turn()
    row = _row(desk, warning_id)
    text, approval = read_warning(row), from_json(Approval, row.approval, "approval")
    way = next((one for one in read_ways_out() if one.name == request.POST.get("way")), None)
    if way is None:
        raise NoSuchCase("there is no such outbox")
    if Sending.objects.filter(fingerprint=text.fingerprint(), way=way.name).exists():
        raise NotAllowed("these words went out this way before")
    sent = send_warning(way, text, approval, circumstances_now(desk.book, desk.now), desk.now)
    desk.record("warning.send", warning_id, way=way.name, count=str(sent.count), dry_run=str(sent.dry_run))
    if sent.dry_run:
        messages.success(request, f"Dry run: {way.name} would send {sent.count}. Nothing went out.")
    else:
        fields = {"at": desk.now, "by": desk.officer.id, "count": sent.count}
        Sending.objects.create(warning_id=warning_id, fingerprint=text.fingerprint(), way=way.name, **fields)
        messages.success(request, f"Sent by {way.name}: {sent.count}.")
    return redirect("warning", warning_id=warning_id)


def _ways(desk: Desk, row: Warned, text: PublicWarning) -> dict[str, Any]:
    """The outboxes for a warning that is public, each with what went out by it; none for whoever may not send."""
    if row.state != "published" or not isinstance(desk.may("warning.send"), Yes):
        return {"may_send": False}
    try:
        found = read_ways_out()
    except UnreadableInput as error:  # a slip in a file must not take the warning's page away
        return {"may_send": True, "outboxes_wrong": str(error)}
    sent = {one.way: one for one in Sending.objects.filter(fingerprint=text.fingerprint())}
    return {"may_send": True, "outboxes": [{"way": way, "sent": sent.get(way.name)} for way in found]}


def person_of(officer: Officer) -> Person:
    return Person(officer.id, ROLES.get(officer.role, frozenset()))


def read_warning(row: Warned) -> PublicWarning:
    return from_json(PublicWarning, row.warning, "warning")


def _row(desk: Desk, warning_id: str) -> Warned:
    row = Warned.objects.filter(warning_id=warning_id).first()
    if row is None or (desk.officer.areas and row.area not in desk.officer.areas):
        raise NoSuchCase("there is no such warning")
    return row


def _refusals(desk: Desk, row: Warned) -> tuple[Any, ...]:
    return refusals_of(read_warning(row), circumstances_now(desk.book, desk.now))
