"""Who may do what in the inbox. The rules are made by one command, checked at every start, and the same on SQLite.

The public site adds envelopes and visits and reads replies. The team site takes envelopes and visits out, puts an
envelope back when the keys change, and adds replies. Nobody changes anything: there is no UPDATE in the inbox.
"""

import sqlite3
from collections.abc import Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

ENVELOPES, REPLIES, VISITS = "inbox_envelope", "inbox_reply", "inbox_visit"
TABLES = (ENVELOPES, REPLIES, VISITS)
PUBLIC = {ENVELOPES: ("INSERT",), VISITS: ("INSERT",), REPLIES: ("SELECT",)}
TEAM = {
    ENVELOPES: ("SELECT", "INSERT", "DELETE"),
    VISITS: ("SELECT", "DELETE"),
    REPLIES: ("SELECT", "INSERT", "DELETE"),
}
EVERY_RIGHT = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def grants(user: str, rights: dict[str, tuple[str, ...]], password: str | None) -> Iterator[sql.Composed]:
    """The statements that make a user with these rights and no others. Safe to run again."""
    name = sql.Identifier(user)
    yield sql.SQL("DO $$ BEGIN CREATE ROLE {} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$").format(
        name
    )
    yield sql.SQL("ALTER ROLE {} NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION").format(name)
    if password:
        yield sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(password))
    yield sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC").format()
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name)
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}, PUBLIC").format(name)
    for table, allowed in rights.items():
        yield sql.SQL("GRANT {} ON {} TO {}").format(
            sql.SQL(", ").join(map(sql.SQL, allowed)), sql.Identifier(table), name
        )


def forbidden_rights(connection: BaseDatabaseWrapper) -> list[str]:
    """What the connected user may do beyond the public site's rules; empty when all is well."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        if cursor.fetchone() != (False,):
            found.append("superuser or maker of users")
        for table in TABLES:
            for right in EVERY_RIGHT:
                cursor.execute("SELECT has_table_privilege(current_user, %s, %s)", [table, right])
                if cursor.fetchone() == (True,) and right not in PUBLIC[table]:
                    found.append(f"{right} on {table}")
    return found


def guard_sqlite(connection: sqlite3.Connection) -> None:
    """Make an SQLite connection obey the public site's rules: it cannot read an envelope even by mistake.

    The whole process could still open the file anew; the seal is what protects then. This catches a
    programming mistake, and a query that somebody smuggled in.
    """
    connection.set_authorizer(_public_may)


def _public_may(action: int, first: str | None, second: str | None, *_: Any) -> int:
    always = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_SAVEPOINT, sqlite3.SQLITE_FUNCTION}
    if action in always:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_READ and first == REPLIES:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_INSERT and first in {ENVELOPES, VISITS}:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY
