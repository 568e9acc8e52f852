"""The programming interface: read-only JSON for the team's own tools. Never text, never an identifier."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from lightkeeper.core.errors import NoSuchCase
from lightkeeper.desk.case import Band, Case
from lightkeeper.desk.casebook import Casebook, Line, Wanted
from lightkeeper.desk.policy import about_case
from lightkeeper.web.team.guard import open_to_all
from lightkeeper.web.team.models import Token
from lightkeeper.web.team.openapi import describe
from lightkeeper.web.team.tokens import find_token
from lightkeeper.web.team.wiring import casebook

MOST = 200
View = Callable[..., HttpResponse]


def scope(name: str) -> Callable[[View], View]:
    """Guard a view by a token's scope; each call is in the log under the token's name."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return _say(405, "read only", Allow="GET")
            given = request.headers.get("Authorization", "")
            token = find_token(given.removeprefix("Bearer "), _now()) if given.startswith("Bearer ") else None
            if token is None:
                return _say(401, "a living token is needed", **{"WWW-Authenticate": "Bearer"})
            if name not in token.scopes:
                return _say(403, f"this token may not read {name}")
            return view(request, casebook(), token, **kwargs)

        guarded.action = None  # type: ignore[attr-defined]
        guarded.scope = name  # type: ignore[attr-defined]
        guarded.csrf_exempt = True  # type: ignore[attr-defined] - no cookie is read here, and nothing is written
        return guarded

    return guard


def _now() -> datetime:
    return datetime.now(UTC)


def _say(status: int, reason: str, **headers: str) -> HttpResponse:
    return JsonResponse({"error": reason}, status=status, headers=headers)


def _record(book: Casebook, token: Token, what: str, about: str = "") -> None:
    from lightkeeper.desk.audit import Act

    book.record(Act(f"token-{token.pk}", what, about))


@scope("queue")
def queue(request: HttpRequest, book: Casebook, token: Token) -> HttpResponse:
    """The open cases of the token's team in the order of the desk; no restricted case, no held one."""
    after, limit = _number(request, "after", 0, 1_000_000), _number(request, "limit", 50, MOST)
    if after is None or not limit:
        return _say(400, f"after must be 0 or more, limit 1 to {MOST}")
    bands = request.GET.getlist("band")
    if any(band not in {"1", "2", "3", "4"} for band in bands):
        return _say(400, "a band is 1, 2, 3 or 4")
    wanted = frozenset(Band(int(band)) for band in bands)
    team = frozenset({token.team.name})
    found = book.queue(Wanted(team, bands=wanted, leaves=True, after=after, limit=limit))
    _record(book, token, "api.queue")
    lines = [_line(line) for line in found.lines]
    return JsonResponse({"cases": lines, "counts": {str(band): count for band, count in found.counts}})


def _number(request: HttpRequest, name: str, default: int, most: int) -> int | None:
    given = request.GET.get(name, str(default))
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 and int(given) <= most else None


def _line(line: Line) -> dict[str, Any]:
    return {
        "case": line.case_id,
        "band": str(line.band),
        "state": str(line.state),
        "area": line.area,
        "received": line.received.isoformat(),
        "due": line.due.isoformat() if line.due else None,
        "owner": line.owner,
        "linked_reports": line.suspect_size,
    }


@scope("cases")
def case(request: HttpRequest, book: Casebook, token: Token, case_id: str) -> HttpResponse:
    """One case's state and clock; a restricted or held case, and one of another team, is not there."""
    found = book.case(case_id)
    about = about_case(found, found.report.id in book.held_reports())
    if about.team != token.team.name or about.restricted or about.held:
        raise NoSuchCase(f"there is no case {case_id}")
    _record(book, token, "api.case", case_id)
    return JsonResponse(_case(found))


def _case(found: Case) -> dict[str, Any]:
    return {
        "case": found.id,
        "band": str(found.band),
        "state": str(found.state),
        "reasons": [one.says for one in found.triage.reasons],
        "not_known": list(found.triage.unknown),
        "received": found.report.received.isoformat(),
        "due": found.due.isoformat() if found.due else None,
        "owner": found.owner,
        "outcome": found.outcome,
    }


@scope("suspects")
def suspects(request: HttpRequest, book: Casebook, token: Token) -> HttpResponse:
    """Suspects of two reports or more, all of whose cases are this team's, unrestricted and not held."""
    held = book.held_reports()
    rows = []
    for suspect in book.suspects(least=2):
        cases = book.cases_of(suspect.reports)
        ours = all(one.team == token.team.name and not one.restricted for one in cases)
        if ours and held.isdisjoint(suspect.reports):
            rows.append({"suspect": suspect.id, "reports": len(suspect.reports)})
        if len(rows) == MOST:
            break
    _record(book, token, "api.suspects")
    return JsonResponse({"suspects": rows})


@open_to_all
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 description of these three addresses."""
    return JsonResponse(describe())
