"""The desk's knowledge as data: one TOML file a subject, read once."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from lightkeeper.core.errors import UnsafeToStart

#: What a team may set for itself; everything else is the same everywhere and is tested as it is.
OWN_TABLES = ("response", "retention")


def use_own_tables(folder: Path) -> None:
    """Let `response.toml` and `retention.toml` of a folder take the place of ours. Called once, at the start.

    Raises UnsafeToStart for a file that cannot be read or that leaves out what ours has.
    """
    for subject in OWN_TABLES:
        file = folder / f"{subject}.toml"
        if file.exists():
            read_rules(subject).update(_read_own(file, read_rules(subject)))


def _read_own(file: Path, ours: dict[str, Any]) -> dict[str, Any]:
    try:
        own = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UnsafeToStart(f"{file.name} is not TOML") from None
    for name, table in ours.items():
        given = own.get(name, {})
        if name != "team" and (not isinstance(given, dict) or not table.keys() <= given.keys()):
            raise UnsafeToStart(f"{file.name} must have every row of [{name}]: {', '.join(table)}")
        if any(isinstance(one, bool) or not isinstance(one, int) or one < 0 for one in given.values()):
            raise UnsafeToStart(f"{file.name}: the rows of [{name}] must be whole numbers")
    return own


@cache
def read_rules(subject: str) -> dict[str, Any]:
    """The rules of one subject, such as `states` or `triage`. The files ship with the package."""
    return tomllib.loads(files(__name__).joinpath(f"{subject}.toml").read_text(encoding="utf-8"))
