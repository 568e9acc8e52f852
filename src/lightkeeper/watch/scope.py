"""What a published number is a number of: definition, dates, place and kind; and when one lies within another."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lightkeeper.watch.counts import Table
from lightkeeper.watch.definition import EVERY_REPORT
from lightkeeper.watch.period import Period

TIMES = ("month", "quarter")


@dataclass(frozen=True, slots=True)
class Scope:
    """The reports that one number counts. `key` has pairs of variable and value, sorted, but no place and time."""

    definition: str
    basis: str
    measure: str
    period: Period
    area: str | None
    key: tuple[tuple[str, str], ...]

    @property
    def family(self) -> tuple[str, str, str]:
        """Only numbers of one family can be added and subtracted."""
        return self.definition, self.basis, self.measure

    def contains(self, other: "Scope") -> bool:
        """Whether every report of the other is one of ours; the definition of every report holds all others."""
        return (
            self.definition in (other.definition, EVERY_REPORT.version)
            and (self.basis, self.measure) == (other.basis, other.measure)
            and self.period.first <= other.period.first
            and other.period.last <= self.period.last
            and self.area in (None, other.area)
            and set(self.key) <= set(other.key)
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "definition": self.definition,
            "basis": self.basis,
            "measure": self.measure,
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "area": self.area,
            "key": [list(pair) for pair in self.key],
        }


def scope_from_json(data: dict[str, Any]) -> Scope:
    return Scope(
        definition=data["definition"],
        basis=data["basis"],
        measure=data["measure"],
        period=Period(date.fromisoformat(data["from"]), date.fromisoformat(data["to"])),
        area=data["area"],
        key=tuple((name, value) for name, value in data["key"]),
    )


def scope_of(table: Table, values: Sequence[str], measure: str = "reports") -> Scope:
    """The scope of the cell with these values of `table.by`; of the total, when there are none."""
    period, area, key = table.period, table.area, []
    for name, value in zip(table.by, values, strict=False):
        if name in TIMES:
            period = _within(period, value)
        elif name == "area":
            area = value
        else:
            key.append((name, value))
    return Scope(table.definition.version, str(table.basis), measure, period, area, tuple(sorted(key)))


def _within(period: Period, label: str) -> Period:
    """The days of a month ("2026-02") or a quarter ("2026-Q1") that lie in the period."""
    year, part = label.split("-")
    last = int(part[1]) * 3 if part.startswith("Q") else int(part)
    first = last - 2 if part.startswith("Q") else last
    begin, end = date(int(year), first, 1), date(int(year), last, calendar.monthrange(int(year), last)[1])
    return Period(max(begin, period.first), min(end, period.last))
