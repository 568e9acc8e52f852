"""Forms are taken from our own pages alone. With no session to ride on, no token and cookie are needed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lightkeeper.web.public import failures


class OnlyFromOwnPages:
    """Refuses a POST that another site sent, by the headers that browsers set and pages cannot forge."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and from_elsewhere(request):
            return failures.forbidden(request)
        return self.get_response(request)


def from_elsewhere(request: HttpRequest) -> bool:
    """True when the browser says so. A very old browser says nothing; then there is nothing to steal either."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    own = f"{request.scheme}://{request.get_host()}"
    return origin is not None and origin != own
