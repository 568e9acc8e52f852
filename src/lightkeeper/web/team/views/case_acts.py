"""What an officer does to a case: each view reads a form, calls one action of the desk, and goes back."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lightkeeper.core.errors import NoSuchCase, NotAllowed
from lightkeeper.desk.actions.assign_case import assign_case, restrict_case
from lightkeeper.desk.actions.hold_case import lift_hold, place_hold
from lightkeeper.desk.actions.lower_band import agree_to_lower, ask_to_lower
from lightkeeper.desk.actions.move_case import agree_to_close, move_case
from lightkeeper.desk.actions.record_kirat import record_kirat
from lightkeeper.desk.actions.second_person import decline_proposal
from lightkeeper.desk.actions.triage_again import answer_question, stand_by_band
from lightkeeper.desk.actions.write_item import finish_task, set_task, write_note, write_told
from lightkeeper.desk.case import Band
from lightkeeper.desk.states import State
from lightkeeper.web.team.guard import Desk, page
from lightkeeper.web.team.replies import send_reply
from lightkeeper.web.team.who import find_officer


def _back(request: HttpRequest, case_id: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("case", case_id=case_id)


def _band(request: HttpRequest) -> Band:
    given = request.POST.get("band", "")
    if given not in {"1", "2", "3", "4"}:
        raise NotAllowed("choose a band")
    return Band(int(given))


def _date(given: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise NotAllowed("write the date as 2026-01-31") from None


@page("case.triage", sees=False)
def decide_band(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    band = _band(request)
    if band > desk.case.band:
        raise NotAllowed("a band is lowered by two people; ask for it below")
    stand_by_band(desk.book, desk.case, desk.officer, desk.now, band, request.POST.get("reason", "")[:500])
    return _back(request, case_id, f"Decided: {band}.")


@page("case.lower", sees=False)
def lower(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    reason = request.POST.get("reason", "")[:1000]
    ask_to_lower(desk.book, desk.case, desk.officer, desk.now, _band(request), reason)
    return _back(request, case_id, "A second person must agree now.")


@page("case.move", sees=False)
def agree(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """The second person agrees to what is asked for, whichever it is."""
    proposal = desk.case.proposal
    act = agree_to_lower if proposal and proposal.kind == "lower" else agree_to_close
    act(desk.book, desk.case, desk.officer, desk.now)
    return _back(request, case_id, "Agreed, and done.")


@page("case.move", sees=False)
def decline(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    decline_proposal(desk.book, desk.case, desk.officer, request.POST.get("reason", "")[:1000])
    return _back(request, case_id, "Not agreed; the case stays as it was.")


@page("case.triage", sees=False)
def answer(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    said = request.POST.get("said")
    if said not in {"yes", "no"}:
        raise NotAllowed("answer yes or no")
    try:
        answer_question(
            desk.book, desk.case, desk.officer, desk.now, request.POST.get("question", ""), said == "yes"
        )
    except KeyError:
        raise NotAllowed("there is no such question") from None
    return _back(request, case_id, "Written down.")


@page("case.move", sees=False)
def move(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    wanted = request.POST.get("state", "")
    if wanted not in list(State):
        raise NotAllowed("choose where it goes")
    reason, outcome = request.POST.get("reason", "")[:1000], request.POST.get("outcome") or None
    newer = move_case(desk.book, desk.case, desk.officer, desk.now, State(wanted), reason, outcome)
    return _back(
        request, case_id, "A second person must agree now." if newer.proposal else f"It is {newer.state} now."
    )


@page("case.note", sees=False)
def note(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    write_note(desk.book, desk.case, desk.officer, desk.now, request.POST.get("text", ""))
    return _back(request, case_id, "Note kept. The reporter cannot see it.")


@page("case.note", sees=False)
def task(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    to = find_officer(request.POST.get("assigned") or desk.officer.id)
    due = _date(request.POST.get("due", "")) or (desk.now.date() + timedelta(days=1))
    set_task(desk.book, desk.case, desk.officer, desk.now, request.POST.get("text", ""), to.id, due)
    return _back(request, case_id, f"Task for {to.name}.")


@page("case.note", sees=False)
def task_done(request: HttpRequest, desk: Desk, case_id: str, item_id: str) -> HttpResponse:
    item = next((one for one in desk.book.items(case_id) if one.id == item_id), None)
    if item is None:
        raise NoSuchCase("there is no such task")
    finish_task(desk.book, desk.case, desk.officer, desk.now, item)
    return _back(request, case_id, "Done.")


@page("case.reply", sees=False)
def reply(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    text, canned = request.POST.get("text", ""), request.POST.get("canned", "")[:40]
    send_reply(desk.book, desk.case, desk.officer, desk.now, text, canned)
    return _back(request, case_id, "The answer waits for whoever holds the receipt.")


@page("case.tell", sees=False)
def told(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    write_told(
        desk.book, desk.case, desk.officer, desk.now, request.POST.get("whom", ""), request.POST.get("text", "")
    )
    return _back(request, case_id, "Written down.")


@page("case.assign", sees=False)
def assign(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    to = find_officer(request.POST.get("to") or desk.officer.id)
    assign_case(desk.book, desk.case, desk.officer, to, request.POST.get("reason", "")[:500])
    return _back(request, case_id, f"It is {to.name}’s now.")


@page("case.restrict", sees=False)
def restrict(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    people = [find_officer(name).id for name in request.POST.getlist("people")]
    restrict_case(desk.book, desk.case, desk.officer, people, request.POST.get("reason", "")[:500])
    return _back(request, case_id, "Changed who may open it.")


@page("case.triage", sees=False)
def kirat(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    record_kirat(desk.book, desk.case, desk.officer, request.POST.get("kirat", ""))
    return _back(request, case_id, "Written down.")


@page("hold.place", sees=False)
def hold(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    review_on = _date(request.POST.get("review_on", "")) or (desk.now.date() + timedelta(days=28))
    owner = find_officer(request.POST.get("owner") or desk.officer.id)
    reason = request.POST.get("reason", "")[:1000]
    place_hold(desk.book, desk.officer, desk.now, case_id, [desk.case], reason, owner.id, review_on)
    return _back(request, case_id, "Held. Nothing of it, and nothing linked to it, leaves the house.")


@page("hold.lift", sees=False)
def lift(request: HttpRequest, desk: Desk, case_id: str, hold_id: str) -> HttpResponse:
    found = next((one for one in desk.book.holds() if one.id == hold_id), None)
    if found is None or desk.case.report.id not in found.anchors:
        raise NoSuchCase("there is no such hold")
    cases = [case for anchor in found.anchors if (case := desk.book.case_of(anchor))]
    lift_hold(desk.book, desk.officer, desk.now, found, cases, request.POST.get("reason", "")[:1000])
    return _back(request, case_id, "The hold is lifted.")
