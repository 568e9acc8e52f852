"""Where a service works and where a person lives: a short tree of areas, from the world down to a county."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from lightkeeper.core.errors import UnreadableInput

WHOLE_WORLD = "world"


@dataclass(frozen=True, slots=True)
class Area:
    """One area. `within` is the code of the area that holds it, None for the world."""

    code: str  # "GB-WLS"
    within: str | None
    asked: bool  # offered as an answer to "where do you live?"
    names: Mapping[str, str]  # a language -> the name

    def name(self, language: str) -> str:
        return self.names.get(language, self.names["en"])


@cache
def areas() -> Mapping[str, Area]:
    """Every area by its code, in the order in which a list shows them."""
    table = tomllib.loads(files("lightkeeper.help").joinpath("areas.toml").read_text("utf-8"))["areas"]
    return MappingProxyType(
        {
            code: Area(code, row.get("within"), row.get("asked", False), {"en": row["en"], "cy": row["cy"]})
            for code, row in table.items()
        }
    )


def reach(place: str) -> tuple[str, ...]:
    """The area with this code and every area that holds it, the smallest first: Wales, the UK, the world.

    Raises UnreadableInput when there is no such area.
    """
    known = areas()
    if place not in known:
        raise UnreadableInput(f"no such place; one of: {', '.join(known)}")
    found = [place]
    while (within := known[found[-1]].within) is not None:
        found.append(within)
    return tuple(found)


def is_in_uk(place: str) -> bool:
    return "GB" in reach(place)
