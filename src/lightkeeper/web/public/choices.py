"""A person's own choices: language, text size, colours, and whether visits are counted.

They live in one cookie that is set only when somebody asks for it on the cookies page. It holds no identifier:
everybody who chose the same has the same cookie.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation

from lightkeeper.core.errors import SlotClosed
from lightkeeper.web.public import wiring

COOKIE = "choices"
COLOURS = ("system", "light", "dark", "calm")
TEXT = ("usual", "large", "larger")
LANGUAGES = ("en", "cy")
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose. `kept` says that it came from a cookie they asked for."""

    language: str = "en"
    text: str = "usual"
    colours: str = "system"
    counted: bool = False
    kept: bool = False

    def as_cookie(self) -> str:
        return ".".join((self.language, self.text, self.colours, "counted" if self.counted else "uncounted"))


def read_choices(request: HttpRequest) -> Choices:
    """Read the cookie. One that is not of our making counts as none."""
    parts = request.COOKIES.get(COOKIE, "").split(".")
    if len(parts) != 4:
        return Choices()
    language, text, colours, counted = parts
    if language not in LANGUAGES or text not in TEXT or colours not in COLOURS:
        return Choices()
    return Choices(language, text, colours, counted == "counted", kept=True)


class RememberChoices:
    """Opens the front page in the chosen language, and counts a visit where that was agreed to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        choices = read_choices(request)
        if request.method == "GET" and request.path == "/" and choices.language != "en" and not request.GET:
            with translation.override(choices.language):
                return HttpResponseRedirect(reverse("home"))
        response = self.get_response(request)
        if choices.counted and request.method == "GET" and response.status_code == 200:
            count_visit(request)
        return response


def count_visit(request: HttpRequest) -> None:
    """Add one to a page's count of the day. Counting never stands in the way of a page."""
    match: Any = request.resolver_match
    if match is None or not match.url_name:
        return
    with suppress(SlotClosed):
        wiring.inbox().count_visit(timezone.localdate(), match.url_name, translation.get_language() or "en")
