"""The police force areas of the United Kingdom: their names, nations, neighbours and websites.

Data, not code (`places.toml`), so that no force, link or county is written into a page or a letter.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from lightkeeper.core.errors import UnreadableInput


@dataclass(frozen=True, slots=True)
class Place:
    """One police force area. `neighbours` are the slugs of the areas that share a border by land."""

    slug: str  # as a report's `area` has it: "gloucestershire"
    name: str  # the area, as people say it: "Avon and Somerset"
    force: str  # the force's own name: "Gloucestershire Constabulary"
    nation: str  # "England", "Wales", "Scotland" or "Northern Ireland"
    website: str  # where the force's own pages begin, https
    neighbours: tuple[str, ...]


@cache
def places() -> Mapping[str, Place]:
    """Every police force area by its slug, read once when first asked for."""
    text = files("lightkeeper.core").joinpath("places.toml").read_text(encoding="utf-8")
    read = {
        slug: Place(
            slug=slug,
            name=row["name"],
            force=row["force"],
            nation=row["nation"],
            website=row["website"],
            neighbours=tuple(row["neighbours"]),
        )
        for slug, row in tomllib.loads(text).items()
    }
    return MappingProxyType(read)


def place(slug: str) -> Place:
    """The area with this slug. Raises UnreadableInput when there is none."""
    try:
        return places()[slug]
    except KeyError:
        raise UnreadableInput("no police force area has that name; it is a slug such as gloucestershire") from None
