"""Brings a site up: the database ready where we may make it, the static files gathered, gunicorn in front."""

import logging
import os
from dataclasses import dataclass
from typing import Any

import django
from django.core.management import call_command
from django.db import Error, connections
from django.db.migrations.executor import MigrationExecutor
from gunicorn.app.base import BaseApplication

from lightkeeper.core.errors import UnsafeToStart

SITES = {"public": "lightkeeper.web.public.wsgi", "team": "lightkeeper.web.team.wsgi"}


@dataclass(frozen=True, slots=True)
class Serving:
    """How a site is to be served. `bind` is an address with a port, or `unix:` and a path."""

    site: str
    bind: str
    workers: int = 2
    threads: int = 8


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our settings and no configuration file."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving
        super().__init__()

    def load_config(self) -> None:
        for name, value in gunicorn_options(self.serving).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        module = __import__(SITES[self.serving.site], fromlist=["application"])
        return module.application


def gunicorn_options(serving: Serving) -> dict[str, Any]:
    """No access log (it would hold addresses), no control socket, nothing of a request in a temporary file."""
    return {
        "bind": serving.bind,
        "workers": serving.workers,
        "threads": serving.threads,
        "worker_class": "lightkeeper.web.shared.slow_senders.BoundedWorker",
        "accesslog": None,
        "errorlog": "-",
        "logger_class": "lightkeeper.web.shared.quiet_log.QuietServerLog",
        "loglevel": "warning",
        "timeout": 30,
        "graceful_timeout": 10,
        "keepalive": 5,
        "control_socket_disable": True,
        "proc_name": f"lightkeeper-{serving.site}",
    }


def serve(serving: Serving) -> None:
    """Prepare and serve until told to stop. Does not return."""
    prepare(serving.site)
    Server(serving).run()


def prepare(site: str) -> None:
    """Set Django up, gather static files, make or check the databases. Raises UnsafeToStart."""
    os.umask(0o077)  # what the site writes is nobody else's
    os.environ["DJANGO_SETTINGS_MODULE"] = f"lightkeeper.web.shared.settings.{site}"
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    for alias in connections:
        if connections[alias].vendor == "sqlite":
            call_command("migrate", database=alias, interactive=False, verbosity=0)
        elif site == "public":
            refuse_too_many_rights(alias)
        elif alias == "default":
            refuse_old_tables(alias)
        connections[alias].close()


def refuse_old_tables(alias: str) -> None:
    """The casebook's tables must be those of this version. Raises UnsafeToStart."""
    try:
        executor = MigrationExecutor(connections[alias])
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        raise UnsafeToStart("the casebook's database cannot be reached") from None
    if missing:
        raise UnsafeToStart("the casebook's tables are not those of this version: `lightkeeper prepare casebook`")


def refuse_too_many_rights(alias: str) -> None:
    """The public site's PostgreSQL user must not be able to read or change the inbox. Raises UnsafeToStart."""
    from lightkeeper.web.inbox.rights import forbidden_rights

    try:
        found = forbidden_rights(connections[alias])
    except Error:
        logging.getLogger(__name__).warning("the inbox is away; reports wait in the spool until it is back")
        return
    if found:
        raise UnsafeToStart(
            f"the public site's database user may do too much ({', '.join(found)}); "
            "use the user that `lightkeeper prepare inbox` makes"
        )
