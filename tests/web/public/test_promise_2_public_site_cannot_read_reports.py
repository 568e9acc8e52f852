"""Promise 2: the public site cannot read reports. Its keys, its code and its database user say so."""

import ast
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from tests.postgres import Cluster
from tests.sites import House, build_house

SOURCE = Path(__file__).parents[3] / "src" / "lightkeeper"
READING = ("lightkeeper.desk", "lightkeeper.link", "lightkeeper.web.team", "lightkeeper.web.casebook")
TRAY = "lightkeeper.web.inbox.tray"
NOW = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)


def start(house: House, **more: str) -> "subprocess.CompletedProcess[str]":
    """Load the public site's settings in a process of its own, as every start does."""
    environment = {**os.environ, **house.environment("public", **more)}
    code = "import lightkeeper.web.shared.settings.public as s; print(len(s.RECIPIENTS))"
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60
    )


# --- the code


def imported(file: Path) -> set[str]:
    """Every module that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def file_of(module: str) -> Path | None:
    place = SOURCE.parent / module.replace(".", "/")
    return next((file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None)


def test_no_chain_of_imports_leads_from_the_public_site_to_what_reads() -> None:
    waiting = [*(SOURCE / "web" / "public").rglob("*.py"), SOURCE / "web" / "shared" / "settings" / "public.py"]
    seen: set[Path] = set()
    while waiting:
        file = waiting.pop()
        if file in seen:
            continue
        seen.add(file)
        for module in imported(file):
            assert not module.startswith((*READING, TRAY)), f"{file.name} imports {module}"
            found = file_of(module)
            waiting += [found] if found else []
    assert len(seen) > 30


def test_what_runs_has_not_loaded_what_reads(house: House) -> None:
    environment = {**os.environ, **house.environment("public")}
    code = (
        "import sys, lightkeeper.web.public.wsgi;"
        f"print([name for name in sys.modules if name.startswith({(*READING, TRAY)!r})])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "[]", done.stderr


# --- the keys


def test_the_site_starts_with_public_keys_alone(house: House) -> None:
    assert start(house).stdout.strip() == "2"


@pytest.mark.parametrize("name", ["TEAM_KEY_FILE", "CASEBOOK_URL"])
def test_it_does_not_start_beside_the_teams_key_or_casebook(house: House, name: str) -> None:
    done = start(house, **{name: "/somewhere"})
    assert done.returncode != 0
    assert "UnsafeToStart" in done.stderr


def test_it_does_not_start_with_a_secret_key_among_the_public_ones(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    (tmp_path / "recipients.txt").write_text(house.team_key.recipient + "\n" + house.team_key.identity + "\n")
    done = start(house)
    assert done.returncode != 0
    assert "secret key" in done.stderr
    assert house.team_key.identity not in done.stderr


def test_nothing_the_site_holds_opens_an_envelope(house: House) -> None:
    """Its whole folder, its secret and its settings: no age identity anywhere."""
    files = [
        *(house.folder / "public").rglob("*"),
        house.folder / "public.secret",
        house.folder / "recipients.txt",
    ]
    for file in files:
        if file.is_file():
            assert b"AGE-SECRET-KEY-" not in file.read_bytes().upper()


# --- the database: SQLite


def guarded(path: Path) -> sqlite3.Connection:
    from lightkeeper.web.inbox.rights import guard_sqlite

    connection = sqlite3.connect(path, isolation_level=None)
    guard_sqlite(connection)
    return connection


@pytest.fixture
def sqlite_inbox(db: Any, tmp_path: Path) -> Path:
    """The inbox's own tables in a file, with one envelope and one reply."""
    from django.db import connection

    path = tmp_path / "inbox.sqlite3"
    with connection.cursor() as cursor, sqlite3.connect(path) as copy:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE name LIKE 'inbox_%' AND sql IS NOT NULL ORDER BY type DESC"
        )
        for (statement,) in cursor.fetchall():
            copy.execute(statement)
        copy.execute("INSERT INTO inbox_envelope VALUES (1, 'r', 'k', 'report', x'00', '2026-01-31')")
        copy.execute("INSERT INTO inbox_reply VALUES (1, 'l', x'00', '2026-01-31')")
    return path


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM inbox_envelope",
        "SELECT count(*) FROM inbox_envelope",
        "SELECT sealed FROM inbox_reply UNION SELECT sealed FROM inbox_envelope",
        "UPDATE inbox_envelope SET kind = 'x'",
        "DELETE FROM inbox_envelope",
        "INSERT INTO inbox_reply SELECT id, key, sealed, arrived FROM inbox_envelope",
        "INSERT INTO inbox_reply VALUES (2, 'l', x'00', '2026-01-31')",
        "DELETE FROM inbox_reply",
        "DROP TABLE inbox_envelope",
        "CREATE TABLE mine AS SELECT * FROM inbox_envelope",
        "ATTACH DATABASE ':memory:' AS other",
        "SELECT * FROM inbox_visit",
        "INSERT INTO inbox_envelope VALUES (3, 'x', 'x', 'report', x'', '') RETURNING sealed",
        "PRAGMA writable_schema = ON",
    ],
)
def test_sqlite_refuses_the_public_site_everything_but_adding(sqlite_inbox: Path, statement: str) -> None:
    with (
        guarded(sqlite_inbox) as connection,
        pytest.raises(sqlite3.DatabaseError, match=r"not authorized|prohibited"),
    ):
        connection.execute(statement)


def test_on_sqlite_the_public_site_adds_and_reads_replies(sqlite_inbox: Path) -> None:
    with guarded(sqlite_inbox) as connection:
        connection.execute("INSERT OR IGNORE INTO inbox_envelope VALUES (2, 'r2', 'k2', 'report', x'', '')")
        assert connection.execute("SELECT lookup FROM inbox_reply").fetchall() == [("l",)]


# --- the database: PostgreSQL


@pytest.fixture(scope="module")
def prepared(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An inbox made by the very command that a team runs."""
    database = postgres.new_database()
    environment = {
        **os.environ,
        "LIGHTKEEPER_DATA": str(tmp_path_factory.mktemp("owner")),
        "LIGHTKEEPER_INBOX_OWNER_URL": postgres.url(database),
    }
    command = [sys.executable, "-m", "lightkeeper.cli.main", "prepare", "inbox"]
    for _ in range(2):  # safe to run again
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
    with postgres.connect(database) as connection:
        connection.execute(
            "INSERT INTO inbox_envelope (reference, key, kind, sealed, arrived)"
            " VALUES (%s, 'k', 'report', '', now())",
            [uuid4()],
        )
        connection.execute("INSERT INTO inbox_reply (lookup, sealed, written) VALUES ('l', '', now())")
    return database


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM inbox_envelope",
        "SELECT count(*) FROM inbox_envelope",
        "INSERT INTO inbox_envelope (reference, key, kind, sealed, arrived) "
        "VALUES (gen_random_uuid(), 'z', 'report', '', now()) RETURNING id",
        "INSERT INTO inbox_envelope (reference, key, kind, sealed, arrived) "
        "VALUES (gen_random_uuid(), 'k', 'report', '', now()) ON CONFLICT (key) DO UPDATE SET kind = 'x'",
        "UPDATE inbox_envelope SET kind = 'x'",
        "DELETE FROM inbox_envelope",
        "TRUNCATE inbox_envelope",
        "DROP TABLE inbox_envelope",
        "ALTER TABLE inbox_envelope DISABLE TRIGGER ALL",
        "COPY inbox_envelope TO STDOUT",
        "CREATE TABLE mine (x int)",
        "CREATE VIEW mine AS SELECT * FROM inbox_envelope",
        "INSERT INTO inbox_reply (lookup, sealed, written) VALUES ('l', '', now())",
        "UPDATE inbox_reply SET lookup = 'm'",
        "DELETE FROM inbox_reply",
        "SELECT * FROM inbox_visit",
        "SELECT * FROM django_migrations",
        "CREATE ROLE another",
        "SET ROLE owner",
    ],
)
def test_postgresql_refuses_the_public_user_everything_but_adding(
    postgres: Cluster, prepared: str, statement: str
) -> None:
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with postgres.connect(prepared, "lightkeeper_public") as connection, refused:
        connection.execute(statement)


@pytest.mark.postgres
def test_on_postgresql_our_own_slot_adds_once_and_reads_replies(
    postgres: Cluster, prepared: str, house: House
) -> None:
    code = """
import django; django.setup()
from datetime import UTC, datetime
from uuid import UUID
from lightkeeper.report.slot import EnvelopeKind, SealedEnvelope
from lightkeeper.web.inbox.slot import InboxSlot
one = SealedEnvelope(EnvelopeKind.REPORT, UUID(int=7), "a" * 64, b"sealed", datetime(2026, 1, 31, tzinfo=UTC))
slot = InboxSlot()
slot.add(one); slot.add(one)
print(len(slot.waiting("l")), len(slot.waiting("other")))
"""
    environment = {
        **os.environ,
        **house.environment("public", INBOX_URL=postgres.url(prepared, "lightkeeper_public")),
        "DJANGO_SETTINGS_MODULE": "lightkeeper.web.shared.settings.public",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "1 0", done.stderr
    with postgres.connect(prepared) as connection:
        assert connection.execute("SELECT count(*) FROM inbox_envelope WHERE key LIKE 'aaa%%'").fetchone() == (1,)


@pytest.mark.postgres
def test_the_site_refuses_to_start_as_a_user_who_could_read(
    postgres: Cluster, prepared: str, house: House
) -> None:
    environment = {**os.environ, **house.environment("public", INBOX_URL=postgres.url(prepared))}
    command = [sys.executable, "-m", "lightkeeper.cli.main", "serve", "public", "--bind", "127.0.0.1:0"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "may do too much" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


# --- what comes back


@pytest.mark.django_db
def test_a_reply_is_sealed_for_its_receipt_and_the_site_alone_cannot_open_it(house: House) -> None:
    from django.conf import settings

    from lightkeeper.core.errors import CannotOpen
    from lightkeeper.report.receipt import door, make_receipt
    from lightkeeper.report.seal import open_envelope, seal

    ours, other = (door(make_receipt(), settings.PEPPER) for _ in range(2))
    sealed = seal(b'{"version":1}', [ours.recipient])
    with pytest.raises(CannotOpen):
        open_envelope(sealed, [other.identity])
    assert open_envelope(sealed, [ours.identity]) == b'{"version":1}'
