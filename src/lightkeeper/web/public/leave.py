"""The way out: the address behind the leave button, for a browser with scripts and one without."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from lightkeeper.web.public.choices import COOKIE


def leave(request: HttpRequest) -> HttpResponse:
    """Send on to the neutral page, and ask the browser to forget what it kept of ours.

    "cookies" is not in Clear-Site-Data: it would clear those of the whole domain, a council's sign-in among
    them. Our one cookie is taken back by name.
    """
    response = HttpResponseRedirect(settings.NEUTRAL_ADDRESS, status=303)
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response.delete_cookie(COOKIE, samesite="Strict")
    return response
