"""The desk's knowledge as data: one TOML file a subject, read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_rules(subject: str) -> dict[str, Any]:
    """The rules of one subject, such as `states` or `triage`. The files ship with the package."""
    return tomllib.loads(files(__name__).joinpath(f"{subject}.toml").read_text(encoding="utf-8"))
