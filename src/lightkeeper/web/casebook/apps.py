"""Names the app for Django."""

from django.apps import AppConfig


class CasebookConfig(AppConfig):
    name = "lightkeeper.web.casebook"
    label = "casebook"
    default_auto_field = "django.db.models.BigAutoField"
