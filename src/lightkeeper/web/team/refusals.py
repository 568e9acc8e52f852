"""The team site's edge for errors: one match, from a named error to a status and a sentence."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme

from lightkeeper.core.errors import (
    AlreadyHere,
    CannotOpen,
    Held,
    ImpossibleMove,
    LightkeeperError,
    NoSuchCase,
    NotAllowed,
    OutboxFailed,
    TooFewToShow,
)


def status_of(error: LightkeeperError) -> int:
    match error:
        case NoSuchCase():
            return 404
        case NotAllowed() | Held() | TooFewToShow():
            return 403
        case ImpossibleMove() | AlreadyHere():
            return 409
        case CannotOpen():
            return 503
        case OutboxFailed():
            return 502
        case _:
            return 400


def refuse(request: HttpRequest, error: LightkeeperError) -> HttpResponse:
    """The page, or the JSON for a program, that says why not. The request is one transaction:
    what it began to write was undone when the error left it.
    """
    status = status_of(error)
    if request.path.startswith("/api/"):
        return JsonResponse({"error": str(error)}, status=status)
    context = {"reason": str(error), "status": status, "back": _page_before(request)}
    return render(request, "team/refused.html", context, status=status)


def _page_before(request: HttpRequest) -> str:
    """The page of ours from which something was sent that did not work; "" for none."""
    before = request.headers.get("Referer", "") if request.method == "POST" else ""
    ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure())
    return urlsplit(before).path if ours else ""


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF failure: nearly always a page that was open too long."""
    return render(
        request,
        "team/refused.html",
        {
            "reason": "This page was open too long. Go back, load it again, and repeat the last step.",
            "status": 403,
        },
        status=403,
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that does not exist."""
    return refuse(request, NoSuchCase("there is nothing at this address"))


def broken(request: HttpRequest) -> HttpResponse:
    """Something that we did not foresee. The page asks nothing of the database, which may be what is broken."""
    if request.path.startswith("/api/"):
        return JsonResponse({"error": "something went wrong here"}, status=500)
    return HttpResponse(loader.get_template("team/broken.html").render(), status=500)
