"""How many children live in an area, and a count per 100,000 of them, with its interval and its source."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.compare import garwood_interval
from lightkeeper.watch.counts import Table
from lightkeeper.watch.sentence import say_count

PER = 100_000


@dataclass(frozen=True, slots=True)
class Population:
    """Children under 18 by area (the slug), with the base year and the source that every rate must name."""

    under_18: Mapping[str, int]
    base: str
    source: str


@dataclass(frozen=True, slots=True)
class Rate:
    """So many per 100,000 children under 18 over the days of a period, with an exact 95 per cent interval."""

    noun: str  # "child" where children are counted apart, "report" where they are not known
    count: int
    population: int
    per_100_000: float
    low: float
    high: float
    days: int
    base: str
    source: str

    @property
    def sentence(self) -> str:
        return (
            f"{say_count(self.count, self.noun)} in {self.days:,} days, {self.per_100_000:.1f} per 100,000 "
            f"children under 18 (95 per cent interval {self.low:.1f} to {self.high:.1f}; "
            f"{self.population:,} children, {self.base})"
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "counted": self.noun,
            "count": self.count,
            "population_under_18": self.population,
            "per_100_000": round(self.per_100_000, 2),
            "interval_95": [round(self.low, 2), round(self.high, 2)],
            "days": self.days,
            "base": self.base,
            "source": self.source,
            "sentence": self.sentence,
        }


def default_population() -> Population:
    text = files("lightkeeper.watch").joinpath("population.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Population(dict(data["under_18"]), data["base"], data["source"])


def read_population(path: Path) -> Population:
    """Read a force's own file: CSV with area, under_18, base and source; the last two the same in every row.

    Raises UnreadableInput, since a rate without its base year and source is not a figure.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        under_18 = {row["area"].strip(): int(row["under_18"]) for row in rows}
        bases = {row["base"].strip() for row in rows}
        sources = {row["source"].strip() for row in rows}
    except (OSError, csv.Error, KeyError, AttributeError, TypeError, ValueError):
        raise UnreadableInput("a population file is CSV with the columns area, under_18, base, source") from None
    if len(bases) != 1 or len(sources) != 1 or "" in bases | sources:
        raise UnreadableInput("a population file has one base year and one source, in every row")
    if any(number < 1 for number in under_18.values()):
        raise UnreadableInput("a population is 1 or more")
    return Population(under_18, bases.pop(), sources.pop())


def rate_of(table: Table, population: Population) -> Rate:
    """The rate of a table of one area: of children where they are counted apart, else of reports.

    Raises UnreadableInput when the table is not of one area, or its population is not known.
    """
    if table.area is None:
        raise UnreadableInput("a rate needs one area: count one police force area alone")
    if table.area not in population.under_18:
        raise UnreadableInput("the population of this area is not known: supply a population file")
    children = population.under_18[table.area]
    known = table.total.children is not None
    count = table.total.children if table.total.children is not None else table.total.reports
    low, high = garwood_interval(count)
    scale = PER / children
    return Rate(
        noun="child" if known else "report",
        count=count,
        population=children,
        per_100_000=count * scale,
        low=low * scale,
        high=high * scale,
        days=table.period.days,
        base=population.base,
        source=population.source,
    )
