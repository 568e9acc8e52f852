"""Promise 3 at the door: a body that could carry a picture is turned away before a byte of it is read.

Only plain forms come in. Whatever is in their fields is looked at again (report/images.py), here for every
page, and by the report's own form at the field, where it can say so more kindly.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lightkeeper.report.images import looks_like_picture
from lightkeeper.web.public import failures

PLAIN = "application/x-www-form-urlencoded"
MOST_TO_DRAIN = 16 * 1024 * 1024  # read and dropped, so that a browser sees the page and not a broken line
CHUNK = 64 * 1024


class OnlyPlainForms:
    """Lets GET, HEAD and plain POST forms through; any other body gets a kind page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            return self.get_response(request)
        if request.method != "POST":
            return failures.wrong_method(request)
        if request.content_type != PLAIN or "HTTP_TRANSFER_ENCODING" in request.META:
            drain(request)
            return failures.no_pictures(request)
        if body_length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            drain(request)
            return failures.too_long(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Look into every field, unless the view does it itself and says so (`view.looks_for_pictures`)."""
        if request.method != "POST" or getattr(view, "looks_for_pictures", False):
            return None
        values = (value for name in request.POST for value in request.POST.getlist(name))
        return failures.no_pictures(request) if any(map(looks_like_picture, values)) else None


def body_length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() else 0


def drain(request: HttpRequest) -> None:
    """Read what is being sent into a buffer that is overwritten, up to 16 MiB. Nothing keeps it."""
    stream, left = request.META["wsgi.input"], MOST_TO_DRAIN
    if "HTTP_TRANSFER_ENCODING" not in request.META:
        left = min(left, body_length(request))
    while left > 0:
        read = len(stream.read(min(CHUNK, left)))
        if not read:
            return
        left -= read
