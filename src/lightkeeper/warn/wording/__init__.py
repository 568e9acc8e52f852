"""The product's own sentences, one file a language, and the one way to fill their slots."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from lightkeeper.core.errors import UnreadableInput

LANGUAGES = ("en", "cy")
HUMAN_LANGUAGES = ("en",)  # written by people here; the others are machine-made until somebody signs them


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's sentences, asked for by a path: `say("change.rise", before=84)`."""

    language: str
    table: Mapping[str, Any]

    def at(self, path: str) -> Any:
        found: Any = self.table
        for part in path.split("/"):
            if not isinstance(found, Mapping) or part not in found:
                raise UnreadableInput(f"the wording has no {path} in {self.language}")
            found = found[part]
        return found

    def say(self, path: str, **slots: object) -> str:
        """One sentence with its slots filled. Raises UnreadableInput when a slot has nothing to fill it."""
        try:
            return str(self.at(path)).format_map(slots)
        except KeyError as slot:
            raise UnreadableInput(f"{path} in {self.language} has a slot that nothing fills: {slot}") from None

    def steps(self, path: str) -> tuple[str, ...]:
        return tuple(self.at(path))

    def day(self, day: date) -> str:
        return f"{day.day} {self.at('months')[day.month - 1]} {day.year}"

    def listed(self, names: Sequence[str]) -> str:
        """ "a, b and c"."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.at('and')} {names[-1]}"


@cache
def wording(language: str) -> Wording:
    """The sentences of a language. Raises UnreadableInput when there is none."""
    if language not in LANGUAGES:
        raise UnreadableInput(f"a warning can be written in: {', '.join(LANGUAGES)}")
    return Wording(language, read_table(f"wording/{language}.toml"))


@cache
def read_table(name: str) -> Mapping[str, Any]:
    """One of warn's data files, by its path inside the room."""
    return tomllib.loads(read_text(name))


@cache
def read_text(name: str) -> str:
    """One of warn's text files, by its path inside the room."""
    return files("lightkeeper.warn").joinpath(*name.split("/")).read_text("utf-8")
