"""The public site as a Django app."""

from django.apps import AppConfig


class Public(AppConfig):
    name = "lightkeeper.web.public"
    label = "public"
