"""How to report and block on each app, step by step, with the day of the last check."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.platforms import Platform, find_platform, find_platforms
from lightkeeper.help.service import Audience
from lightkeeper.web.public.help.showing import language, words


def all_apps(request: HttpRequest) -> HttpResponse:
    return render(request, "public/help/apps.html", {"words": words("platforms"), "platforms": find_platforms()})


def one_app(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        platform = find_platform(slug)
    except UnreadableInput:
        raise Http404 from None
    return render(request, "public/help/app.html", app_context(platform))


def app_context(platform: Platform) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "words": words("platforms"),
        "platform": platform,
        "about": platform.described(language()),
        "report_steps": platform.report_steps(language()),
        "block_steps": platform.block_steps(language()),
        "checked": platform.is_checked(today),
        "link": platform.link(Audience.CHILD, today),
    }
