"""The cookies page: choose, change, and see that the choice was kept, or that it could not be."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from lightkeeper.web.public.choices import A_YEAR, COLOURS, COOKIE, LANGUAGES, TEXT, Choices, read_choices

OUTCOMES = ("kept", "removed")


def cookies(request: HttpRequest) -> HttpResponse:
    """GET shows; POST sets or removes the one cookie and comes back to look whether the browser took it."""
    if request.method == "POST":
        return choose(request)
    return render(
        request, "public/cookies.html", {"outcome": outcome(request), "text_sizes": TEXT, "colours": COLOURS}
    )


def choose(request: HttpRequest) -> HttpResponse:
    choices = read_posted(request.POST)
    with translation.override(choices.language):
        address = reverse("cookies")
    response = HttpResponseRedirect(f"{address}?saved={'kept' if choices.kept else 'removed'}", status=303)
    if choices.kept:
        response.set_cookie(
            COOKIE, choices.as_cookie(), max_age=A_YEAR, secure=settings.HTTPS, httponly=True, samesite="Strict"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Strict")
    return response


def read_posted(posted: QueryDict) -> Choices:
    """What was chosen; anything but a known choice counts as the usual one."""
    language, text, colours = posted.get("language", ""), posted.get("text", ""), posted.get("colours", "")
    return Choices(
        language=language if language in LANGUAGES else "en",
        text=text if text in TEXT else "usual",
        colours=colours if colours in COLOURS else "system",
        counted=posted.get("counted") == "yes",
        kept=posted.get("remember") == "yes" or posted.get("counted") == "yes",
    )


def outcome(request: HttpRequest) -> str:
    """`kept`, `removed`, or `failed` when the browser did not do as it was asked; empty before any choice."""
    saved = request.GET.get("saved", "")
    if saved not in OUTCOMES:
        return ""
    return saved if read_choices(request).kept == (saved == "kept") else "failed"
