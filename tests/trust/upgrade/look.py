"""Bring a folder of an older version up to date and print what is there then. A process of its own, as a site is.

python -m tests.trust.upgrade.look FOLDER [INBOX-ADDRESS CASEBOOK-ADDRESS]
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.sites import House
from tests.trust.upgrade.make_baseline import DUMPED, everything, migrate, start

from lightkeeper.report.seal import KeyPair, recipient_of

Rows = dict[tuple[str, str, tuple[str, ...]], Counter[str]]  # by database, table and its columns


def main(folder: Path, *addresses: str) -> None:
    identity = (folder / "team.key").read_text().strip()
    team_key = KeyPair(recipient_of(identity), identity)
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    start(House(folder, team_key, team_key), dict(zip(DUMPED, addresses, strict=False)))
    before = rows()
    migrate()
    gone = missing(before)
    print(json.dumps({"told": everything(), "rows": sum(map(len, before.values())), "gone": gone,
                      "taken": take(), "found": search(), "flaws": flaws()}))  # fmt: skip


def rows() -> Rows:
    """Every row of every table of both databases, as it is before anything is migrated."""
    from django.db import connections

    found: Rows = {}
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                columns = [
                    one.name for one in connections[alias].introspection.get_table_description(cursor, table)
                ]
                found[alias, table, tuple(columns)] = values(alias, table, columns)
    return found


def values(alias: str, table: str, columns: Iterable[str]) -> Counter[str]:
    from django.db import connections

    names = ", ".join(f'"{name}"' for name in columns)
    with connections[alias].cursor() as cursor:
        cursor.execute(f'SELECT {names} FROM "{table}"')  # names that the database itself gave
        return Counter(map(repr, cursor.fetchall()))


def missing(before: Rows) -> dict[str, int]:
    """How many of the rows there were are not there any more, value for value, by table."""
    gone = {f"{alias} {table}": (old - values(alias, table, columns)).total()
            for (alias, table, columns), old in before.items()}  # fmt: skip
    return {table: count for table, count in gone.items() if count}


def take() -> list[str]:
    """Open what waited in the inbox since before."""
    from datetime import UTC, datetime

    from lightkeeper.web.casebook.casebook import DjangoCasebook
    from lightkeeper.web.team.arrivals import take_arrivals

    taken = take_arrivals(DjangoCasebook(), datetime.now(UTC))
    return [case.report.narrative for case in taken.cases]


def search() -> int:
    """How many cases the search finds for a word that stands in every story."""
    from lightkeeper.desk.casebook import Wanted
    from lightkeeper.web.casebook.casebook import DjangoCasebook

    return DjangoCasebook().queue(Wanted(frozenset({"desk"}), words="harbour", limit=50)).total


def flaws() -> int:
    from lightkeeper.desk.audit import find_flaws
    from lightkeeper.web.casebook.casebook import DjangoCasebook

    book = DjangoCasebook()
    return len(find_flaws(book.entries(), book.reasons()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
