"""The advice pages: who are you, what has happened, and what to do now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lightkeeper.help.directory import ALWAYS_SHOWN
from lightkeeper.help.pages import Page, find_page, pages_for, read_pages
from lightkeeper.help.service import Audience
from lightkeeper.web.public.help.showing import html, language, offers_for, show_service, show_steps, words

CHOICES = (
    Audience.CHILD,
    Audience.FRIEND,
    Audience.PARENT,
    Audience.SCHOOL,
    Audience.PROFESSIONAL,
    Audience.ADULT,
)


def choose(request: HttpRequest) -> HttpResponse:
    """The first question: who are you?"""
    spoken = words("choose")
    return render(
        request,
        "public/help/choose.html",
        {"words": spoken, "readers": [(str(one), spoken[one]) for one in CHOICES]},
    )


def start(request: HttpRequest, audience: str) -> HttpResponse:
    return page(request, audience, "start")


def page(request: HttpRequest, audience: str, situation: str) -> HttpResponse:
    """One situation: the hope, what to do now, the rest, who can help, and what else it may be."""
    found = find_page(language(), audience, situation)
    if found is None:
        raise Http404
    return render(request, "public/help/page.html", page_context(found))


def page_context(found: Page) -> dict[str, object]:
    offers = offers_for(found.audience)
    others = read_pages(found.language)
    spoken = words("audience")
    return {
        "words": spoken,
        "kicker": spoken[found.audience],
        "page": found,
        "young": found.audience.young,
        "steps": show_steps(found.now, found.audience),
        "body": html(found.body, offers),
        "services": [
            show_service(offers[one])
            for one in found.services
            if not (found.audience.young and one in ALWAYS_SHOWN)
        ],
        "next": [others[address] for address in found.next],
        "siblings": [one for one in pages_for(found.language, found.audience) if one.address != found.address],
    }
