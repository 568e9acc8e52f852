"""Who can help where a person lives, and the directory as an open feed."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lightkeeper.help.areas import areas, is_in_uk
from lightkeeper.help.directory import ROUTES, URGENT, find_services
from lightkeeper.help.feed import publish_feed
from lightkeeper.help.records import shipped_services
from lightkeeper.help.service import Audience, Kind
from lightkeeper.web.public.help.showing import language, show_service, words

GROUPS = (
    ("urgent", URGENT),
    ("routes", ROUTES),
    ("removal", (Kind.REMOVAL, Kind.MONEY)),
    ("advice", (Kind.ADVICE,)),
)
AN_HOUR = "public, max-age=3600"


def who_can_help(request: HttpRequest) -> HttpResponse:
    """The list for a place and a reader; the UK and a child until somebody chooses. Answers come by POST, so
    that no address in a history says where somebody lives."""
    place = chosen(request, "place", areas(), "GB")
    audience = Audience(chosen(request, "reader", tuple(Audience), Audience.CHILD))
    spoken = words("services")
    context = {
        "words": spoken,
        "flow": True,  # the language switch sends the answers along
        "places": [(code, area.name(language())) for code, area in areas().items()],
        "readers": [(str(one), words("audience")[one]) for one in Audience],
        "place": place,
        "reader": str(audience),
        "young": audience.young,
        "in_uk": is_in_uk(place),
        "groups": [(spoken[name], offers_of(audience, place, kinds)) for name, kinds in GROUPS],
    }
    return render(request, "public/help/services.html", context)


def offers_of(audience: Audience, place: str, kinds: tuple[Kind, ...]) -> list[object]:
    found = find_services(shipped_services(), audience, place, timezone.localdate(), kinds)
    return [show_service(offer) for offer in found]


def chosen(request: HttpRequest, field: str, known: object, default: str) -> str:
    """What a form says, where it is one of the known answers."""
    given = request.POST.get(field, default)
    return given if given in known else default  # type: ignore[operator]


def feed(request: HttpRequest) -> HttpResponse:
    """The directory in the shape of Open Referral UK. Anyone may read it from anywhere."""
    body = json.dumps(publish_feed(shipped_services(), timezone.localdate()), ensure_ascii=False)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Cache-Control"] = AN_HOUR
    response["Access-Control-Allow-Origin"] = "*"
    return response
