"""The addresses of the help pages. `pages` come in each language, `feeds` have one address each."""

from django.urls import path
from django.urls.resolvers import URLPattern

from lightkeeper.web.public.help import advice, apps, services, takedown

pages: list[URLPattern] = [
    path("help", advice.choose, name="help"),
    path("help/take-it-down", takedown.take_it_down, name="takedown"),
    path("help/apps", apps.all_apps, name="platforms"),
    path("help/apps/<slug:slug>", apps.one_app, name="platform"),
    path("help/who-can-help", services.who_can_help, name="services"),
    path("help/<slug:audience>", advice.start, name="help-start"),
    path("help/<slug:audience>/<slug:situation>", advice.page, name="help-page"),
]

feeds: list[URLPattern] = [
    path("directory.json", services.feed, name="directory-feed"),
]
