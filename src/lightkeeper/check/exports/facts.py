"""What the apps write in which language, read once from `facts.json` (the browser has the same as `facts.js`)."""

import json
from importlib.resources import files
from typing import Any

FACTS: dict[str, Any] = json.loads(files(__package__).joinpath("facts.json").read_text("utf-8"))


def note(name: str, **numbers: int) -> str:
    """One sentence for the person, about what had to be left open."""
    return str(FACTS["notes"][name]).format(**numbers)


def words(name: str) -> frozenset[str]:
    """The phrases of one kind ("deleted", "call", …) of all languages together, in lower case."""
    return frozenset(phrase for locale in FACTS["locales"].values() for phrase in locale[name])
