"""The addresses of the check page, in each language."""

from django.urls import path
from django.urls.resolvers import URLPattern

from lightkeeper.web.public.check import views

pages: list[URLPattern] = [
    path("check", views.check, name="check"),
    path("check/questions", views.questions, name="check-questions"),
]
