"""Reads figures from the JSON that `lightkeeper watch --json` prints. `warn` counts nothing itself."""

import json
import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from lightkeeper.core.errors import UnreadableInput

_LEAST_FOR_VERDICT = 10  # below this a difference within chance says nothing at all (FACTS C5)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of reports and the two dates it belongs to, both counted."""

    number: int
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """The earlier period, and the rate ratio with its exact 95 per cent interval."""

    before: Counted
    ratio: float | None  # None: there was none before
    low: float | None
    high: float | None
    p: float | None
    sentence: str  # watch's own, for the team

    def verdict(self, now: int) -> str:
        """What it may be called in public: "rise", "fall", "unclear", or "too_few" to say anything."""
        if self.low is not None and self.low > 1:
            return "rise"
        if self.high is not None and self.high < 1:
            return "fall"
        return "too_few" if min(now, self.before.number) < _LEAST_FOR_VERDICT else "unclear"


@dataclass(frozen=True, slots=True)
class Figures:
    """What one count said: the total, its definition, its rows by platform and age, and a comparison."""

    total: Counted
    version: str
    definition: str
    by_platform: tuple[tuple[str, int], ...] = ()  # largest first
    by_age: tuple[tuple[str, int], ...] = ()
    comparison: Comparison | None = None


def read_figures(text: str | bytes) -> Figures:
    """Read the output of `lightkeeper watch … --json`. Raises UnreadableInput with the field and reason."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableInput("the figures are not JSON: make them with `lightkeeper watch … --json`") from None
    return figures_from_json(data)


def figures_from_json(data: object) -> Figures:
    """The same, from the parsed JSON."""
    top = _object(data, "figures")
    counts = _object(_need(top, "counts", "figures"), "counts")
    definition = _object(_need(counts, "definition", "counts"), "counts.definition")
    total = _object(_need(counts, "total", "counts"), "counts.total")
    period = _object(_need(counts, "period", "counts"), "counts.period")
    compared = top.get("comparison")
    return Figures(
        total=_counted({"count": total.get("reports"), **period}, "counts.total"),
        version=_text(definition, "version", "counts.definition"),
        definition=_text(definition, "words", "counts.definition"),
        by_platform=_rows(counts, "platform"),
        by_age=_rows(counts, "age"),
        comparison=None if compared is None else _comparison(_object(compared, "comparison")),
    )


def _comparison(data: dict[str, Any]) -> Comparison:
    interval = data.get("interval_95")
    if not isinstance(interval, list) or len(interval) != 2:
        raise UnreadableInput("comparison.interval_95 must be a list of two numbers")
    return Comparison(
        before=_counted(_object(data.get("before"), "comparison.before"), "comparison.before"),
        ratio=_number(data.get("rate_ratio"), "comparison.rate_ratio"),
        low=_number(interval[0], "comparison.interval_95[0]"),
        high=_number(interval[1], "comparison.interval_95[1]"),
        p=_number(data.get("p"), "comparison.p"),
        sentence=_text(data, "sentence", "comparison"),
    )


def _rows(counts: dict[str, Any], variable: str) -> tuple[tuple[str, int], ...]:
    """The reports by one variable, the largest first; nothing where they cannot be had without error.

    Rows are added up over the other variables, except where a report can stand in several of those.
    """
    by, overlapping = _names(counts, "by"), _names(counts, "overlapping")
    if variable not in by or any(other in overlapping for other in by if other != variable):
        return ()
    place, sums = by.index(variable), dict[str, int]()
    cells = counts.get("cells")
    if not isinstance(cells, list):
        raise UnreadableInput("counts.cells must be a list")
    for number, cell in enumerate(_object(one, f"counts.cells[{at}]") for at, one in enumerate(cells)):
        key = _names(cell, "key")
        if len(key) != len(by):
            raise UnreadableInput(f"counts.cells[{number}].key must have {len(by)} names")
        sums[key[place]] = sums.get(key[place], 0) + _whole(cell.get("reports"), f"counts.cells[{number}].reports")
    return tuple(sorted(sums.items(), key=lambda row: (-row[1], row[0])))


def _names(data: dict[str, Any], field: str) -> list[str]:
    value = data.get(field, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise UnreadableInput(f"{field} must be a list of names")
    return value


def _counted(data: dict[str, Any], name: str) -> Counted:
    counted = Counted(_whole(data.get("count"), f"{name}.count"), _day(data, "from", name), _day(data, "to", name))
    if counted.last < counted.first:
        raise UnreadableInput(f"{name} ends before it begins")
    return counted


def _object(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnreadableInput(f"{name} must be a JSON object, as `lightkeeper watch --json` prints it")
    return value


def _need(data: dict[str, Any], field: str, name: str) -> object:
    if field not in data:
        raise UnreadableInput(f"{name} has no {field}: a figure without it cannot be published")
    return data[field]


def _text(data: dict[str, Any], field: str, name: str) -> str:
    value = _need(data, field, name)
    if not isinstance(value, str) or not value.strip():
        raise UnreadableInput(f"{name}.{field} must be text")
    return value


def _whole(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise UnreadableInput(f"{name} must be a whole number, 0 or more")
    return value


def _number(value: object, name: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise UnreadableInput(f"{name} must be a number or null")
    return float(value)


def _day(data: dict[str, Any], field: str, name: str) -> date:
    try:
        return date.fromisoformat(_text(data, field, name))
    except ValueError:
        raise UnreadableInput(f"{name}.{field} must be a date such as 2026-01-31") from None
