"""What holds for every page of the team site."""

from collections.abc import Callable
from datetime import UTC, datetime

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lightkeeper.core.errors import LightkeeperError, UnreadableInput
from lightkeeper.web.team.refusals import refuse
from lightkeeper.web.team.sessions import SIGNED_IN_AT

Answer = Callable[[HttpRequest], HttpResponse]


class NeverStored:
    """No page of the desk stays in a browser's cache, in a search engine or in an address that is passed on."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._answer(request)
        response.setdefault("Cache-Control", "no-store, private")
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), interest-cohort=()"
        return response


class TwoFactorsAlways:
    """Whoever has signed in with a password alone gets to one page only: the one that adds a second factor."""

    _WITHOUT = ("/account/", "/static/")

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        elsewhere = not request.path.startswith(self._WITHOUT)
        if elsewhere and request.user.is_authenticated and not is_mfa_enabled(request.user):
            return redirect("second_factor")
        return self._answer(request)


class LongestDay:
    """A session ends after a long shift, however busy it was."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = request.session.get(SIGNED_IN_AT) if request.user.is_authenticated else None
        if began is not None and datetime.now(UTC).timestamp() - began > settings.LONGEST_SESSION:
            logout(request)
            return redirect(reverse("account_login"))
        return self._answer(request)


class OnlyText:
    """A sign that no text has is refused at the door: PostgreSQL would break off in the middle of a page."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        for given in (request.GET, request.POST):
            if any("\0" in text for _, texts in given.lists() for text in texts):
                return refuse(request, UnreadableInput("there is a sign in this that no text has"))
        return None


class KindRefusals:
    """Turns every error of ours into a status and a kind sentence."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refuse(request, error) if isinstance(error, LightkeeperError) else None
