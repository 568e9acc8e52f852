"""Where the index lies: SQLite or PostgreSQL behind the same few calls.

PostgreSQL is another process, perhaps on another machine: a question costs the way there and back. So questions
that do not wait for each other's answers are asked together, and what is written is sent along without waiting.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

Row = tuple[Any, ...]
_CACHE = -262_144  # KiB of SQLite's page cache
_PAGES_IN_LOG, _PAGE = 16_384, 4_096
_VALUES = re.compile(r"(?<=VALUES )(\([^)]*\))")
_TOGETHER = 64  # rows that one statement writes
_LOCK = 4711  # any number of ours: PostgreSQL lets one writer at a time into the index


@dataclass(frozen=True, slots=True)
class One:
    """A statement with `?`, and the values that fill them."""

    statement: str
    values: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Among:
    """`token {}` in the statement becomes "is one of the values"; `more` fills the `?` behind it."""

    statement: str
    values: Sequence[Any]
    more: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Each:
    """The statement is asked for each value, which is its first `?`: for a limit of rows on each."""

    statement: str
    values: Sequence[Any]
    more: Sequence[Any] = ()


Question = One | Among | Each


class Store(Protocol):
    """Asks for rows and writes them. `transaction` begins one that is on disk when it ends without an error."""

    def ask_all(self, *questions: Question) -> list[list[Row]]:
        """The answers to questions that do not wait for each other."""
        ...

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[Row]: ...
    def ask_among(self, statement: str, values: Sequence[Any], *more: Any) -> list[Row]: ...
    def put(self, statement: str, rows: Iterable[Sequence[Any]] = ((),)) -> None: ...
    def transaction(self) -> Any: ...
    def close(self) -> None: ...


class _Asking:
    """One question alone, by way of `ask_all`."""

    def ask_all(self, *questions: Question) -> list[list[Row]]:
        raise NotImplementedError

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        return self.ask_all(One(statement, values))[0]

    def ask_among(self, statement: str, values: Sequence[Any], *more: Any) -> list[Row]:
        return self.ask_all(Among(statement, values, more))[0]


def schema(vendor: str) -> list[str]:
    """The statements that lay the tables, for `sqlite` or `postgresql`."""
    text = files(__package__).joinpath("schema.sql").read_text("utf-8")
    text = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    laid = [statement.strip() for statement in text.split(";") if statement.strip()]
    if vendor == "postgresql":
        return [re.sub(r"\bBYTES\b", "BYTEA", statement) for statement in laid]
    # A key of two columns is the whole row's place: one tree to look in, and to write to, instead of two.
    return [
        re.sub(r"\bBYTES\b", "BLOB", statement) + (" WITHOUT ROWID" if "PRIMARY KEY (" in statement else "")
        for statement in laid
    ]


@cache
def _with_room(statement: str, room: int) -> str:
    return statement.replace("{}", f"IN ({','.join('?' * room)})")


class SqliteStore(_Asking):
    """One writer at a time, over a connection that is in autocommit mode."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def ask_all(self, *questions: Question) -> list[list[Row]]:
        return [self._answer(one) for one in questions]

    def _answer(self, question: Question) -> list[Row]:
        ask = self._database.execute
        match question:
            case One(statement, values):
                return ask(statement, values).fetchall()
            case Each(statement, values, more):
                return [row for value in values for row in ask(statement, (value, *more))]
            case Among(_, []):
                return []
            case Among(statement, values, more):
                # Filled up to the next power of two, so that there are few statements and each stays prepared.
                room = 1 << (len(values) - 1).bit_length()
                padded = [*values, *[values[-1]] * (room - len(values))]
                return ask(_with_room(statement, room), (*padded, *more)).fetchall()

    def put(self, statement: str, rows: Iterable[Sequence[Any]] = ((),)) -> None:
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


def open_sqlite(path: Path, filling: bool = False, staying: bool = False) -> SqliteStore:
    """`filling` keeps no journal and waits for no disk: for a new file, to be thrown away if that fails.

    `staying` is for a process that takes in reports all day: it gives the log its room at once.
    """
    database = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    for pragma in (
        f"journal_mode={'OFF' if filling else 'WAL'}",
        f"synchronous={'OFF' if filling else 'FULL'}",
        f"cache_size={_CACHE}",
        "mmap_size=34359738368",
        "temp_store=MEMORY",
        # Moving the log's pages into the file waits for the disk: seldom, and not for one report in fifty.
        f"wal_autocheckpoint={_PAGES_IN_LOG}",
    ):
        database.execute(f"PRAGMA {pragma}")
    for statement in schema("sqlite"):
        database.execute(statement)
    if staying:
        _give_room(database)
    return SqliteStore(database)


def _give_room(database: sqlite3.Connection) -> None:
    """Let the log grow to its full size now, and begin again at its start.

    A log that grows with a report makes it wait for the file's new length, too, and not for its content alone.
    The pages that this leaves in the database are free, and the first that later reports are written to.
    """
    database.execute("CREATE TABLE IF NOT EXISTS link_room (room BLOB)")
    database.execute("INSERT INTO link_room VALUES (zeroblob(?))", (_PAGES_IN_LOG * _PAGE,))
    database.execute("DROP TABLE link_room")
    database.execute("PRAGMA wal_checkpoint(RESTART)")


class PostgresStore(_Asking):
    """The same on PostgreSQL, over a psycopg connection in autocommit mode."""

    def __init__(self, database: Any) -> None:
        self._database = database

    def ask_all(self, *questions: Question) -> list[list[Row]]:
        sent = [self._send(one) for one in questions]
        return [answer.fetchall() if answer else [] for answer in sent]

    def _send(self, question: Question) -> Any:
        """Within a transaction this does not wait for the answer; None when the answer is known to be empty."""
        match question:
            case One(statement, values):
                return self._database.execute(statement.replace("?", "%s"), values)
            case Among(_, []) | Each(_, []):
                return None
            case Among(statement, values, more):
                return self._send(One(statement.replace("{}", "= ANY(?)"), (list(values), *more)))
            case Each(statement, values, more):
                one = statement.replace("?", "wanted.value", 1)
                each = f"FROM unnest(?::bigint[]) AS wanted (value) CROSS JOIN LATERAL ({one}) AS found"
                return self._send(One(f"SELECT found.* {each}", (list(values), *more)))

    def put(self, statement: str, rows: Iterable[Sequence[Any]] = ((),)) -> None:
        statement = statement.replace("?", "%s")
        if isinstance(rows, list) and len(rows) <= _TOGETHER and (len(rows) == 1 or _VALUES.search(statement)):
            if rows:  # each statement costs the server as much as all of its rows
                together = _VALUES.sub(lambda one: f"{one[0]}{f', {one[1]}' * (len(rows) - 1)}", statement)
                self._database.execute(together, [value for row in rows for value in row])
        else:
            with self._database.cursor() as cursor:
                cursor.executemany(statement, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        try:
            with self._database.pipeline():
                self._send(One("BEGIN"))
                self.lock()
                yield
                self._send(One("COMMIT"))
        except BaseException:
            self._database.rollback()
            raise

    def lock(self) -> None:
        """One writer at a time, as on SQLite: two new reports of one offender must see each other."""
        self._send(One("SELECT pg_advisory_xact_lock(?)", (_LOCK,)))

    def close(self) -> None:
        self._database.close()


def open_postgres(address: str) -> PostgresStore:
    """`address` as psycopg takes it."""
    import psycopg

    database = psycopg.connect(address, autocommit=True)
    for statement in schema("postgresql"):
        database.execute(statement)
    return PostgresStore(database)
