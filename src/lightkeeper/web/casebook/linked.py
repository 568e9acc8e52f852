"""The index that links a new report at once, in the casebook's own database: what it says is part of the same
transaction as what the casebook keeps, on SQLite and on PostgreSQL.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from lightkeeper.desk.case import name_suspect
from lightkeeper.link.engine import Linkage
from lightkeeper.link.engines.index import Index
from lightkeeper.link.online.night import beliefs_of
from lightkeeper.link.online.store import PostgresStore, SqliteStore
from lightkeeper.link.suspects import suspect_name
from lightkeeper.web.casebook.log import one_writer
from lightkeeper.web.casebook.models import CaseRow

MISSING = "SELECT report_id, suspect FROM casebook_caserow WHERE report_id NOT IN (SELECT id FROM link_report)"
GONE = "SELECT id FROM link_report WHERE id NOT IN (SELECT report_id FROM casebook_caserow)"


class _OnSqlite(SqliteStore):
    """Over Django's connection, inside Django's transactions."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with transaction.atomic():
            yield

    def close(self) -> None:
        """The connection is Django's."""


class _OnPostgres(PostgresStore):
    @contextmanager
    def transaction(self) -> Iterator[None]:
        with transaction.atomic():
            one_writer()
            with self._database.pipeline():
                yield

    def close(self) -> None:
        """The connection is Django's."""


def open_index() -> Index:
    """The index of this site's casebook; suspects have the desk's own names in it."""
    connection.ensure_connection()
    kind = _OnPostgres if connection.vendor == "postgresql" else _OnSqlite
    return Index(kind(connection.connection), settings.PICTURES, keep_bodies=False, name=name_of_new)


def name_of_new(report: str) -> str:
    return name_suspect(suspect_name(report))


def missing_reports() -> dict[str, str]:
    """The casebook's reports that the index does not know, with the suspect that each has, if any."""
    return dict(_ask(MISSING)) if _differ() else {}


def forget_strangers(index: Index) -> None:
    """Drop from the index what the casebook does not have: after it was restored from an older backup."""
    if _differ():
        index.forget(report for (report,) in _ask(GONE))


def settle(linkage: Linkage) -> None:
    """Take over a batch engine's word, and what it learned of how far each kind of agreement can be believed."""
    named = {report: name_suspect(suspect) for report, suspect in linkage.assignments.items()}
    open_index().settle(named, beliefs_of(linkage.weights), linkage.worlds)


def regroup(named: Mapping[str, str]) -> None:
    """Take over an officer's word: these reports are these suspects."""
    open_index().settle(named)


def forget(reports: Iterable[str]) -> None:
    open_index().forget(reports)


def _differ() -> bool:
    return CaseRow.objects.count() != _ask("SELECT count(*) FROM link_report")[0][0]


def _ask(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
