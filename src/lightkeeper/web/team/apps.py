"""Names the app for Django."""

from django.apps import AppConfig


class Desk(AppConfig):
    name = "lightkeeper.web.team"
    label = "team"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.conf import settings

        from lightkeeper.desk.rules import use_own_tables

        use_own_tables(settings.DESK_TABLES)
        from lightkeeper.web.team import sessions, sign_ins  # noqa: F401 - connect the signals of signing in
