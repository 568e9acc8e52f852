"""Headers that every answer has, and the rule that a page made for one person is kept by nobody."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NEVER = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), "
    "fullscreen=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()"
)


class AlwaysTheSame:
    """Adds what Django's own middleware does not: permissions, isolation, `no-store` unless told otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response["Permissions-Policy"] = NEVER
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["X-Permitted-Cross-Domain-Policies"] = "none"
        response["X-Robots-Tag"] = response.headers.get("X-Robots-Tag", "noarchive")
        return response
