"""Read weekly series from a CSV file and write the alarms beside them."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.baseline import YEAR
from lightkeeper.watch.chance import Counts
from lightkeeper.watch.rise import Rises

LONGEST_COUNT = 12  # digits; a number of reports has fewer, and the arithmetic has room for it
COLUMNS = ("series", "week", "count")
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d\d)")


@dataclass(frozen=True, slots=True)
class Series:
    """Several series of one length: their names, the label of each week, and the counts (one row a series)."""

    names: tuple[str, ...]
    weeks: tuple[tuple[str, ...], ...]
    counts: Counts

    @property
    def weeks_a_year(self) -> float:
        """52 where the weeks are plain numbers, the calendar's 52.1775 where they are dates."""
        return 52.0 if self.weeks[0][0].isdecimal() else YEAR


def read_series(path: Path) -> list[Series]:
    """Read `series,week,count`, the weeks of each series in order and none left out.

    A week is a number (1, 2, 3 ...), an ISO week (2026-W07) or the date of one of its days. Series of
    one length come together. Raises UnreadableInput with the line.
    """
    weeks: dict[str, list[str]] = {}
    counts: dict[str, list[int]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for name, week, count in _rows(lines):
                weeks.setdefault(name, []).append(week)
                counts.setdefault(name, []).append(count)
    except OSError:
        raise UnreadableInput(f"cannot open {path}") from None
    except UnicodeDecodeError:
        raise UnreadableInput(f"{path} is not text in UTF-8") from None
    for labels in {tuple(one) for one in weeks.values()}:
        _refuse_gaps(labels)
    by_length: dict[int, list[str]] = {}
    for name, seen in counts.items():
        by_length.setdefault(len(seen), []).append(name)
    return [
        Series(
            tuple(names),
            tuple(tuple(weeks[name]) for name in names),
            np.array([counts[name] for name in names], dtype=np.int64),
        )
        for names in by_length.values()
    ]


def alarm_rows(series: Series, rises: Rises) -> Iterator[tuple[str, str, int, str, int, str]]:
    """A row for each judged week: `series,week,alarm,expected,upper,p`."""
    judged = rises.p.shape[1]
    for row, name in enumerate(series.names):
        labels = series.weeks[row][-judged:]
        found = zip(
            labels,
            rises.alarm[row].tolist(),
            rises.expected[row].tolist(),
            rises.upper[row].tolist(),
            rises.p[row].tolist(),
            strict=True,
        )
        for label, alarm, expected, upper, p in found:
            yield name, label, int(alarm), f"{expected:.3f}", upper, f"{p:.3g}"


def _rows(lines: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    reader = csv.reader(lines)
    head = [name.strip().lower() for name in next(reader, [])]
    if tuple(head[:3]) != COLUMNS:
        raise UnreadableInput("weekly counts begin with the line series,week,count")
    for row in reader:
        if not row:
            continue
        if len(row) < 3 or not row[2].strip().isdecimal() or len(row[2].strip()) > LONGEST_COUNT:
            raise UnreadableInput(f"line {reader.line_num}: a count is a whole number, 0 or more")
        yield row[0], row[1].strip(), int(row[2].strip())


def _refuse_gaps(labels: tuple[str, ...]) -> None:
    """Raise UnreadableInput unless the weeks follow one another: a week without reports is written with a 0."""
    places = [_place(label) for label in labels]
    for before, after in pairwise(places):
        if after != before + 1:
            raise UnreadableInput("weeks must follow one another; write a week without reports with the count 0")


def _place(label: str) -> int:
    """The number of a week on one line through all years."""
    try:
        if label.isdecimal():
            return int(label)
        if found := _ISO_WEEK.fullmatch(label):
            return date.fromisocalendar(int(found[1]), int(found[2]), 1).toordinal() // 7
        return date.fromisoformat(label).toordinal() // 7
    except ValueError:
        raise UnreadableInput("a week is a number, an ISO week like 2026-W07, or a date") from None
