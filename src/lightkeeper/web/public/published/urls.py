"""The addresses of what is published. `pages` come in each language, `feeds` have one address each."""

from django.urls import path
from django.urls.resolvers import URLPattern

from lightkeeper.web.public.published import figures, warnings

pages: list[URLPattern] = [
    path("warnings", warnings.warnings, name="warnings"),
    path("warnings/<slug:warning_id>", warnings.warning, name="warning"),
    path("figures", figures.figures, name="figures"),
]

feeds: list[URLPattern] = [
    path("warnings/feed.atom", warnings.feed, name="warnings-feed"),
    path("warnings/<slug:warning_id>.cap", warnings.cap, name="warning-cap"),
    path("figures/<str:name>", figures.download, name="figures-csv"),
]
