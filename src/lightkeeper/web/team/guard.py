"""The one way to a view: sign-in, role, team, restriction, hold, re-authentication, reason and log, in this order.

Every view carries the action it is about (`view.action`), so that a test can hold the whole site against the
permission table and fail on an address that nobody thought of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render

from lightkeeper.core.errors import NoSuchCase, NotAllowed
from lightkeeper.core.suspect import Suspect
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Case
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import Officer
from lightkeeper.desk.policy import PERMISSIONS, No, Yes, about_case, may
from lightkeeper.web.team.who import officer_of
from lightkeeper.web.team.wiring import casebook

REASONS = "reasons"  # in the session: why restricted cases were opened, by case
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Desk:
    """What a view works with: who asks, when, which book, and what it is about."""

    officer: Officer
    now: datetime
    book: Casebook
    case: Case | None = None
    suspect: Suspect | None = None
    cases: tuple[Case, ...] = ()  # of the suspect: those that the officer may see
    held: bool = False
    why: str = ""

    def may(self, action: str) -> Yes | No:
        """The answer that the page shows before anybody presses a button."""
        about = about_case(self.case, self.held) if self.case else None
        if about is None and self.cases:
            about = about_case(self.cases[0], self.held)
        return may(self.officer, action, about)

    def record(self, what: str, about: str = "", why: str = "", **detail: str) -> None:
        self.book.record(Act(self.officer.id, what, about, why or self.why, tuple(detail.items())))


def page(action: str, sees: bool = True, post: bool = False) -> Callable[[View], View]:
    """Guard a view by an action of the permission table. `sees` writes each successful view into the log."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            writes = post or PERMISSIONS[action].writes
            if request.method not in (("POST",) if writes else ("GET", "HEAD")):
                return HttpResponseNotAllowed(["POST"] if writes else ["GET"])
            desk = _open_desk(request, action, kwargs, writes)
            if isinstance(desk, HttpResponse):
                return desk
            if sees:
                desk.record(f"see.{action}", _about(desk))
            return view(request, desk, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]
        return login_required(guarded)

    return guard


def open_to_all(view: View) -> View:
    """Mark a view that needs no permission: signing in, and little else."""
    view.action = None  # type: ignore[attr-defined]
    return view


def _open_desk(request: HttpRequest, action: str, kwargs: dict[str, Any], writes: bool) -> Desk | HttpResponse:
    officer, book = officer_of(request.user), casebook()
    desk = _find(Desk(officer, datetime.now(UTC), book), kwargs, writes)
    answer = desk.may(action)
    if isinstance(answer, No):
        return _turn_away(request, desk, action, answer.reason)
    if answer.again and not did_recently_reauthenticate(request):
        raise ReauthenticationRequired
    why = _reason(request, desk)
    if desk.case and desk.case.restricted and not why:
        return _ask_why(request, desk)
    return Desk(officer, desk.now, book, desk.case, desk.suspect, desk.cases, desk.held, why)


def _find(desk: Desk, kwargs: dict[str, Any], writes: bool) -> Desk:
    """Find the case or the suspect that the address names. Raises NoSuchCase."""
    book, held = desk.book, None
    if "case_id" in kwargs:
        case = book.case_to_change(kwargs["case_id"]) if writes else book.case(kwargs["case_id"])
        held = case.report.id in book.held_reports()
        return Desk(desk.officer, desk.now, book, case=case, held=held)
    if "suspect_id" in kwargs:
        suspect = book.suspect(kwargs["suspect_id"])
        return _with_suspect(desk, suspect)
    return desk


def _with_suspect(desk: Desk, suspect: Suspect) -> Desk:
    """A suspect is seen through its cases: somebody who may open none of them does not see it."""
    found = desk.book.cases_of(suspect.reports)
    mine = tuple(case for case in found if isinstance(may(desk.officer, "case.see", about_case(case)), Yes))
    if found and not mine:
        raise NotAllowed("none of this suspect's cases is yours to open")
    if not mine:
        raise NoSuchCase("this suspect has no case any more")
    held = not desk.book.held_reports().isdisjoint(suspect.reports)
    return Desk(desk.officer, desk.now, desk.book, suspect=suspect, cases=mine, held=held)


def _about(desk: Desk) -> str:
    return desk.case.id if desk.case else desk.suspect.id if desk.suspect else ""


def _turn_away(request: HttpRequest, desk: Desk, action: str, reason: str) -> HttpResponse:
    """Say no, and write down that somebody tried."""
    desk.record(f"refused.{action}", _about(desk))
    if desk.officer.role == "administrator" and request.path == "/":
        return redirect("people")
    return render(request, "team/refused.html", {"reason": reason, "status": 403, "tried": True}, status=403)


def _reason(request: HttpRequest, desk: Desk) -> str:
    kept: dict[str, str] = request.session.get(REASONS, {})
    if desk.case and request.method == "POST" and request.POST.get("why_open", "").strip():
        kept = {**kept, desk.case.id: request.POST["why_open"].strip()[:500]}
        request.session[REASONS] = kept
    return kept.get(desk.case.id, "") if desk.case else ""


def _ask_why(request: HttpRequest, desk: Desk) -> HttpResponse:
    return render(request, "team/why.html", {"case": desk.case}, status=200)
