"""The public site as a WSGI application, for gunicorn or any other server (without preloading: each process
drains the spool in a thread of its own)."""

import os
import sqlite3
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db.backends.signals import connection_created

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lightkeeper.web.shared.settings.public")
application = get_wsgi_application()

from lightkeeper.web.inbox.rights import guard_sqlite  # noqa: E402 - Django must be set up first
from lightkeeper.web.inbox.slot import InboxSlot  # noqa: E402
from lightkeeper.web.public import wiring  # noqa: E402
from lightkeeper.web.public.draining import begin_draining  # noqa: E402


def guard(sender: Any, connection: Any, **_: Any) -> None:
    """Hold the public site's rights by SQLite's own authorizer; PostgreSQL holds them by the user."""
    if isinstance(connection.connection, sqlite3.Connection):
        guard_sqlite(connection.connection)


connection_created.connect(guard, dispatch_uid="the public site's rights")
begin_draining(wiring.spool(), InboxSlot())  # not the patient one: one bad file must not close it for the pages
