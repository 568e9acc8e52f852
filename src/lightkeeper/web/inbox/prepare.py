"""Makes the inbox's tables and, on PostgreSQL, the two users with their rights."""

import os

import django
from django.core.management import call_command
from django.db import connection

from lightkeeper.web.inbox.rights import PUBLIC, TEAM, grants


def prepare_inbox(
    public_user: str, public_password: str | None, team_user: str, team_password: str | None
) -> bool:
    """Migrate, then grant. Returns False on SQLite, which has no users. Needs LIGHTKEEPER_INBOX_OWNER_URL."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "lightkeeper.web.shared.settings.inbox_owner"
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        for user, rights, password in ((public_user, PUBLIC, public_password), (team_user, TEAM, team_password)):
            for statement in grants(user, rights, password):
                cursor.execute(statement)
    return True
