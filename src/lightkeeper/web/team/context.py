"""What every page of the desk shows: who is signed in, and the ways that are theirs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.policy import Yes, may
from lightkeeper.web.team.who import officer_of

WAYS = (
    ("queue", "Queue", "queue.see"),
    ("suspects", "Suspects", "queue.see"),
    ("figures", "Figures", "figures.see"),
    ("warnings", "Warnings", "warning.see"),
    ("log", "Log", "log.see"),
    ("keeping", "Keeping", "keep.see"),
    ("people", "People", "people.see"),
)


def every_page(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"demo": settings.DEMO}
    try:
        officer = officer_of(user)
    except NotAllowed:
        return {"demo": settings.DEMO}
    ways = [(name, title) for name, title, action in WAYS if isinstance(may(officer, action), Yes)]
    return {"officer": officer, "ways": ways, "demo": settings.DEMO}
