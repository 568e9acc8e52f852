"""Two questions that lead to the service which gets a picture taken down. Neither it nor a hash is asked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.areas import areas
from lightkeeper.help.directory import Offer
from lightkeeper.help.platforms import find_platform, find_platforms
from lightkeeper.help.service import Audience
from lightkeeper.help.takedown import (
    ELSEWHERE,
    UNKNOWN,
    PictureAge,
    Route,
    audience_of,
    route_takedown,
    what_to_expect,
    words_of_note,
)
from lightkeeper.web.public.help.showing import ShownService, language, offers_for, show_service, words


def take_it_down(request: HttpRequest) -> HttpResponse:
    """Ask, or answer. Answers come by POST, so that no address in a history holds an age or a place."""
    spoken = words("takedown")
    given = {field: request.POST.get(field, "") for field in ("age", "place", "platform")}
    context = {"words": spoken, "given": given, **questions(spoken)}
    if is_asked(request):
        context["errors"] = errors_in(given, spoken)
        if not context["errors"]:
            context |= answer(given)
    return render(request, "public/help/takedown.html", context)


def is_asked(request: HttpRequest) -> bool:
    """The button was pressed; or the language was switched on a page that had the answer on it."""
    return request.method == "POST" and (request.POST.get("go") != "language" or "answered" in request.POST)


def questions(spoken: dict[str, str]) -> dict[str, object]:
    return {
        "ages": [(str(age), spoken[age]) for age in PictureAge],
        "places": [(code, area.name(language())) for code, area in areas().items() if area.asked],
        "elsewhere": [(key, spoken[key]) for key in (UNKNOWN, *(one for one in ELSEWHERE if one != UNKNOWN))],
        "platforms": [(one.slug, one.name) for one in find_platforms()],
        "flow": True,  # the language switch sends the answers along
    }


def errors_in(given: dict[str, str], spoken: dict[str, str]) -> dict[str, str]:
    """What has no answer yet, by field, and how to mend it."""
    errors = {}
    if given["age"] not in tuple(PictureAge):
        errors["age"] = spoken["error_age"]
    if given["place"] not in areas():
        errors["place"] = spoken["error_place"]
    return errors


def answer(given: dict[str, str]) -> dict[str, object]:
    age = PictureAge(given["age"])
    route = find_route(age, given["place"], given["platform"])
    audience = audience_of(age)
    offers = offers_for(audience)
    return {
        "route": route,
        "young": audience.young,
        "first": shown(route.first, offers),
        "also": [shown(one, offers) for one in route.also if useful(offers[one], audience)],
        "notes": [words_of_note(note, language()) for note in route.notes],
        "app": find_platform(route.platform) if route.platform else None,
    }


def find_route(age: PictureAge, place: str, platform: str) -> Route:
    try:
        return route_takedown(age, place, platform or UNKNOWN)
    except UnreadableInput:  # an app that is not in the list counts as not known
        return route_takedown(age, place, UNKNOWN)


def shown(service: str, offers: dict[str, Offer]) -> ShownService:
    return show_service(offers[service], what_to_expect(service, language()))


def useful(offer: Offer, audience: Audience) -> bool:
    return audience in offer.service.audience and offer.service.is_running(timezone.localdate())
