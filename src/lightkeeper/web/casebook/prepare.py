"""Makes the tables of the team site's database, or brings them up to date."""

import os

import django
from django.core.management import call_command
from django.db import connections


def prepare_casebook() -> str:
    """Migrate the casebook's database; returns what kind it is. Needs the team site's settings."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "lightkeeper.web.shared.settings.team"
    django.setup()
    connection = connections["default"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A new index on a large table takes longer than a page may.
            cursor.execute("SET statement_timeout = 0")
    call_command("migrate", database="default", interactive=False, verbosity=0)
    return connection.vendor
