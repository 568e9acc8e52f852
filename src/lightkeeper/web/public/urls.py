"""Every address of the public site. English has no prefix, other languages have their own (/cy/...)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from lightkeeper.web.public import cookies, feedback, front, leave, replies, report_pages
from lightkeeper.web.public.check import urls as check_urls
from lightkeeper.web.public.help import urls as help_urls
from lightkeeper.web.public.published import urls as published_urls

# The addresses that people see, in each language.
pages: list[URLPattern | URLResolver] = [
    path("", front.home, name="home"),
    path("report", report_pages.report, name="report"),
    path("replies", replies.replies, name="replies"),
    path("replies/lost", replies.lost, name="lost"),
    path("cookies", cookies.cookies, name="cookies"),
    path("feedback", feedback.feedback, name="feedback"),
    path("leaving", front.leaving, name="leaving"),
    path("pictures", front.pictures, name="pictures"),
    path("privacy", front.privacy, name="privacy"),
    path("accessibility", front.accessibility, name="accessibility"),
    *help_urls.pages,
    *check_urls.pages,
    *published_urls.pages,
]

urlpatterns = [
    path("leave", leave.leave, name="leave"),
    path("health", front.health, name="health"),
    *help_urls.feeds,
    *published_urls.feeds,
    *i18n_patterns(*pages, prefix_default_language=False),
]

handler400 = "lightkeeper.web.public.failures.bad_request"
handler403 = "lightkeeper.web.public.failures.forbidden"
handler404 = "lightkeeper.web.public.failures.not_found"
handler500 = "lightkeeper.web.public.failures.broken"
