"""Count reports, the children in them and the suspects behind them, by place, platform, age and time."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.place import places
from lightkeeper.core.report import Report
from lightkeeper.watch.definition import EVERY_REPORT, Definition
from lightkeeper.watch.period import Period, home_day, iso_week, month, quarter

NOT_SAID = "not said"
ANOTHER_PLATFORM, ANOTHER_AREA = "another platform", "another area"
AGE_BANDS = ((0, 12, "under 13"), (13, 15, "13 to 15"), (16, 17, "16 to 17"))


class Basis(StrEnum):
    """Which date of a report is counted. The report itself carries only the day on which it was received."""

    RECEIVED = "date of report"
    OCCURRED = "date of occurrence"


@dataclass(frozen=True, slots=True)
class Known:
    """What others know of the reports, each by report id; all of it may be empty.

    `suspects` comes from link (assignments.csv), `children` and `occurred` from the casebook, `held`
    from the desk. A report with the same suspect as a held one is held as well.
    """

    suspects: Mapping[str, str] = field(default_factory=dict)
    children: Mapping[str, str] = field(default_factory=dict)
    occurred: Mapping[str, date] = field(default_factory=dict)
    held: frozenset[str] = frozenset()


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: reports, and, where they are known, the different children and suspects in them."""

    key: tuple[str, ...]
    reports: int
    children: int | None = None
    suspects: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "key": list(self.key),
            "reports": self.reports,
            "children": self.children,
            "suspects": self.suspects,
        }


@dataclass(frozen=True, slots=True)
class Ages:
    """The youngest age, the most common one, how many were said. For the team: a youngest age is one child."""

    youngest: int | None
    most_common: int | None
    said: int

    def as_json(self) -> dict[str, int | None]:
        return {"youngest": self.youngest, "most_common": self.most_common, "said": self.said}


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one period under one definition. Inside the house only: `publish` makes what may leave it.

    `overlapping` names the variables in which one report can stand in several rows (a report that names
    two platforms); over these the rows do not add up to the total.
    """

    by: tuple[str, ...]
    cells: tuple[Cell, ...]
    total: Cell
    ages: Ages
    period: Period
    definition: Definition = EVERY_REPORT
    basis: Basis = Basis.RECEIVED
    overlapping: tuple[str, ...] = ()
    cluster_sizes: tuple[int, ...] = ()  # reports a suspect; empty where suspects are not known
    area: str | None = None  # the one police force area that was counted; None: all that are in the reports
    held_left_out: bool = False  # whoever counts vouches for it; nothing is published without

    def as_json(self) -> dict[str, Any]:
        return {
            "by": list(self.by),
            "cells": [cell.as_json() for cell in self.cells],
            "total": self.total.as_json(),
            "ages": self.ages.as_json(),
            "period": self.period.as_json(),
            "definition": self.definition.as_json(),
            "basis": str(self.basis),
            "area": self.area,
            "overlapping": list(self.overlapping),
        }


def age_band(age: int | None) -> str:
    for low, high, name in AGE_BANDS:
        if age is not None and low <= age <= high:
            return name
    return NOT_SAID


@cache
def platform_names() -> dict[str, str]:
    """The platforms that a figure may name, by slug, and how they are written."""
    return tomllib.loads(files("lightkeeper.watch").joinpath("platforms.toml").read_text(encoding="utf-8"))


def _known_platform(said: str) -> str:
    """What stands in a report is free text; only a known name may become the name of a row."""
    slug = said.strip().lower()
    return slug if slug in platform_names() else ANOTHER_PLATFORM


def _known_area(said: str | None) -> str:
    if said is None:
        return NOT_SAID
    return said if said in places() else ANOTHER_AREA


# Each variable gives the rows in which a report stands: one, or several where it names several things.
_READERS: dict[str, Callable[[Report, date], Sequence[str]]] = {
    "platform": lambda report, _: tuple(map(_known_platform, report.platforms)) or (NOT_SAID,),
    "age": lambda report, _: (age_band(report.age),),
    "area": lambda report, _: (_known_area(report.area),),
    "harm": lambda report, _: tuple(map(str, report.harms)),
    "demand": lambda report, _: tuple(map(str, report.demands)) or (NOT_SAID,),
    "paid": lambda report, _: ("money lost" if report.lost and report.lost.amount > 0 else "none said",),
    "reporter": lambda report, _: (str(report.reporter),),
    "day": lambda _, day: (day.isoformat(),),
    "week": lambda _, day: (iso_week(day),),
    "month": lambda _, day: (month(day),),
    "quarter": lambda _, day: (quarter(day),),
}
VARIABLES = tuple(_READERS)
_SEVERAL = ("platform", "harm", "demand")


def count_reports(
    reports: Iterable[Report],
    period: Period | None = None,
    by: Sequence[str] = (),
    definition: Definition = EVERY_REPORT,
    basis: Basis = Basis.RECEIVED,
    known: Known = NOTHING_KNOWN,
    area: str | None = None,
) -> Table:
    """Count the reports of a period, of one police force area or of all, by any of VARIABLES.

    Held reports, and those that share a suspect with one, are never counted, and nothing says how many
    there were. Without a period it runs from the first report to the last. A report id counts once.
    Raises UnreadableInput for an unknown variable, for no report and no period, and for a count by
    occurrence without the dates of occurrence.
    """
    for name in by:
        if name not in _READERS:
            raise UnreadableInput(f"cannot count by that; it is one of: {', '.join(VARIABLES)}")
    dated = [(report, day_of(report, basis, known)) for report in open_reports(reports, known)]
    dated = [(report, day) for report, day in dated if definition.covers(report) and area in (None, report.area)]
    period = period or _from_first_to_last([day for _, day in dated])
    dated = [(report, day) for report, day in dated if day in period]
    rows: dict[tuple[str, ...], list[Report]] = defaultdict(list)
    for report, day in dated:
        for key in product(*(dict.fromkeys(_READERS[name](report, day)) for name in by)):
            rows[key].append(report)
    everyone = [report for report, _ in dated]
    return Table(
        by=tuple(by),
        cells=tuple(_cell(key, rows[key], known) for key in sorted(rows, key=_in_order)) if by else (),
        total=_cell((), everyone, known),
        ages=_ages(everyone),
        period=period,
        definition=definition,
        basis=basis,
        overlapping=tuple(name for name in by if name in _SEVERAL),
        cluster_sizes=_cluster_sizes(everyone, known),
        area=area,
        held_left_out=True,
    )


def open_reports(reports: Iterable[Report], known: Known = NOTHING_KNOWN) -> list[Report]:
    """The reports that no live investigation holds, each id once: not held, nor of a held suspect."""
    once = {report.id: report for report in reports}
    held = {one.id for one in once.values() if one.hold} | (known.held & once.keys())
    held_suspects = {known.suspects[one] for one in held | known.held if one in known.suspects}
    return [
        report
        for report in once.values()
        if report.id not in held and known.suspects.get(report.id) not in held_suspects
    ]


def day_of(report: Report, basis: Basis, known: Known) -> date:
    """The day that counts. Raises UnreadableInput where a date of occurrence is asked for and not known."""
    if basis is Basis.RECEIVED:
        return home_day(report.received)
    try:
        return known.occurred[report.id]
    except KeyError:
        raise UnreadableInput(
            "reports carry only the day they were received; counting by occurrence needs the casebook's dates"
        ) from None


def in_order_of_size(table: Table) -> list[Cell]:
    """The rows from the largest to the smallest, equal ones by name."""
    return sorted(table.cells, key=lambda cell: (-cell.reports, cell.key))


def _from_first_to_last(days: Sequence[date]) -> Period:
    if not days:
        raise UnreadableInput("there is no report to count: give the period with --from and --to")
    return Period(min(days), max(days))


def _in_order(key: tuple[str, ...]) -> tuple[str, ...]:
    """By name, but the youngest first and what was not said last."""
    return tuple({"under 13": "0", NOT_SAID: "~"}.get(value, value) for value in key)


def _cell(key: tuple[str, ...], reports: Sequence[Report], known: Known) -> Cell:
    return Cell(key, len(reports), _different(reports, known.children), _different(reports, known.suspects))


def _different(reports: Sequence[Report], groups: Mapping[str, str]) -> int | None:
    """How many different groups the reports belong to; one that is not in `groups` is a group of its own."""
    if not groups:
        return None
    return len({("group", groups[one.id]) if one.id in groups else ("alone", one.id) for one in reports})


def _cluster_sizes(reports: Sequence[Report], known: Known) -> tuple[int, ...]:
    if not known.suspects:
        return ()
    groups = Counter(known.suspects.get(one.id, f"\0{one.id}") for one in reports)
    return tuple(sorted(groups.values(), reverse=True))


def _ages(reports: Sequence[Report]) -> Ages:
    ages = [one.age for one in reports if one.age is not None]
    if not ages:
        return Ages(None, None, 0)
    often = Counter(ages)
    most = max(often.values())
    # Where two ages are equally common neither is "the" most common.
    leaders = [age for age, count in often.items() if count == most]
    return Ages(min(ages), leaders[0] if len(leaders) == 1 else None, len(ages))
