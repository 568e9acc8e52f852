"""The casebook's contract on SQLite and on PostgreSQL: one suite for every implementation."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.contracts.casebook import CasebookContract
from tests.desk.made_up import open_case

from lightkeeper.web.casebook.models import EntryRow

pytestmark = pytest.mark.django_db(databases=["default", "inbox"])


class TestDjango(CasebookContract):
    def test_the_database_refuses_to_change_the_log(self, book: Any) -> None:
        open_case(book)
        for change in (
            lambda: EntryRow.objects.update(who="nobody"),
            lambda: EntryRow.objects.all().delete(),
            lambda: _run("DELETE FROM casebook_entryrow"),
            lambda: _run("UPDATE casebook_entryrow SET who = 'x'"),
            *([lambda: _run("TRUNCATE casebook_entryrow")] if connection.vendor == "postgresql" else []),
        ):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                change()
        assert EntryRow.objects.get().who == "lightkeeper"

    def test_the_database_is_the_one_that_is_meant(self, book: Any, any_database: str) -> None:
        assert connection.vendor == {"sqlite": "sqlite", "postgres": "postgresql"}[any_database]


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
