"""Where the index lies: SQLite or PostgreSQL behind the same few calls."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

Row = tuple[Any, ...]
_CACHE = -262_144  # KiB of SQLite's page cache


class Store(Protocol):
    """Runs statements written with `?`. `transaction` begins one that is on disk when it ends without an error."""

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[Row]: ...
    def put(self, statement: str, rows: Iterable[Sequence[Any]]) -> None: ...
    def transaction(self) -> Any: ...
    def close(self) -> None: ...


def schema() -> list[str]:
    text = files(__package__).joinpath("schema.sql").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("--"))
    return [statement.strip() for statement in "\n".join(lines).split(";") if statement.strip()]


class SqliteStore:
    """One writer at a time. `durable=False` leaves the last moments to a power cut: only to fill an index anew."""

    def __init__(self, path: Path, durable: bool = True) -> None:
        self._database = sqlite3.connect(path, isolation_level=None, cached_statements=256)
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={'FULL' if durable else 'OFF'}",
            f"cache_size={_CACHE}",
            "mmap_size=34359738368",
            "temp_store=MEMORY",
        ):
            self._database.execute(f"PRAGMA {pragma}")
        for statement in schema():
            keyed = " WITHOUT ROWID" if "PRIMARY KEY (" in statement else ""
            self._database.execute(statement + keyed)

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        return self._database.execute(statement, values).fetchall()

    def put(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        self._database.executemany(statement, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def close(self) -> None:
        self._database.close()


class PostgresStore:
    """The same on PostgreSQL, through psycopg; `address` as psycopg takes it."""

    def __init__(self, address: str) -> None:
        import psycopg

        self._database = psycopg.connect(address, autocommit=True)
        for statement in schema():
            self._database.execute(statement.encode())

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        found = self._database.execute(statement.replace("?", "%s").encode(), values)
        return found.fetchall() if found.description else []

    def put(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        with self._database.cursor() as cursor:
            cursor.executemany(statement.replace("?", "%s").encode(), rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with self._database.transaction():
            # One writer at a time, as on SQLite: two new reports of one offender must see each other.
            self._database.execute("SELECT pg_advisory_xact_lock(4711)")
            yield

    def close(self) -> None:
        self._database.close()


def marks(count: int) -> str:
    """The placeholders of a list of so many values."""
    return ",".join("?" * count)
