"""PostgreSQL's own tools, which know best how to copy a database that is in use."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from lightkeeper.core.errors import UnreadableInput


def dump_postgres(address: str, copy: Path) -> None:
    """Write one database, as it is at this moment, in the custom format of `pg_dump`."""
    _run_postgres(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}"], address)


def load_postgres(dump: Path, databases: Mapping[str, str]) -> None:
    """Load a dump into the empty database that is named for it. Raises UnreadableInput when it is not empty."""
    address = databases.get(dump.stem)
    if address is None:
        raise UnreadableInput(f"the backup holds the database {dump.stem}: name where to restore it")
    tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
    if _run_postgres(["psql", "-Atqc", tables], address).strip() != "0":
        raise UnreadableInput(f"the database {dump.stem} is not empty; restore into an empty one")
    _run_postgres(
        ["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname="],
        address,
        dump,
    )


def _run_postgres(command: list[str], address: str, file: Path | None = None) -> str:
    # The address goes through the environment: a command line can be read by everybody on the machine.
    words = [word for word in command if word != "--dbname="]
    words += ["--dbname=" + _without_password(address)] if words[0] != "psql" else [_without_password(address)]
    words += [str(file)] if file else []
    try:
        done = subprocess.run(words, env=_with_password(address), capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise UnreadableInput(f"{words[0]} is not installed here; it comes with PostgreSQL's client") from None
    if done.returncode:
        raise UnreadableInput(f"{words[0]} could not work with the database (its exit code was {done.returncode})")
    return done.stdout


def _without_password(address: str) -> str:
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username}@{host}" if parts.username else host))


def _with_password(address: str) -> dict[str, str]:
    password = urlsplit(address).password
    return {**os.environ, "PGPASSWORD": unquote(password)} if password else dict(os.environ)
