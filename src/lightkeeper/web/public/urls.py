"""Every address of the public site. English has no prefix, other languages have their own (/cy/...)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from lightkeeper.web.public import front, leave

# The addresses that people see, in each language.
pages: list[URLPattern | URLResolver] = [
    path("", front.home, name="home"),
    path("leaving", front.leaving, name="leaving"),
]

urlpatterns = [
    path("leave", leave.leave, name="leave"),
    path("health", front.health, name="health"),
    *i18n_patterns(*pages, prefix_default_language=False),
]

handler400 = "lightkeeper.web.public.failures.bad_request"
handler403 = "lightkeeper.web.public.failures.forbidden"
handler404 = "lightkeeper.web.public.failures.not_found"
handler500 = "lightkeeper.web.public.failures.broken"
