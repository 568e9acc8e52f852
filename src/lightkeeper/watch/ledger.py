"""The book of everything published, so that no two publications give a small number by subtraction.

It holds true counts and is therefore as secret as the cases: it stays with the team.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.attack import Claim
from lightkeeper.watch.period import Period
from lightkeeper.watch.scope import Scope, scope_from_json


@dataclass(frozen=True, slots=True)
class Entry:
    """One published number: what it counts, the true count, and what a reader learns of it."""

    scope: Scope
    true: int
    low: int
    high: int | None

    def __repr__(self) -> str:
        return "Entry(…)"  # a true count has no place in a log


@dataclass(frozen=True, slots=True)
class Release:
    """One publication: its numbers, and which of its rows together cover which total."""

    day: date
    entries: tuple[Entry, ...]
    covers: tuple[tuple[Scope, tuple[Scope, ...]], ...] = ()

    @property
    def period(self) -> Period:
        """From the first to the last day of all its numbers."""
        periods = [entry.scope.period for entry in self.entries]
        return Period(min(one.first for one in periods), max(one.last for one in periods))

    def claims(self) -> Iterator[Claim]:
        """What the publication tells: the range of each number, and that no row was forgotten."""
        for entry in self.entries:
            yield Claim(((entry.scope, 1),), entry.low, entry.high)
        for whole, rows in self.covers:
            yield Claim((*((row, 1) for row in rows), (whole, -1)), 0, None)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All releases so far, oldest first. Adding one gives a new ledger."""

    releases: tuple[Release, ...] = ()

    def with_release(self, release: Release) -> "Ledger":
        return Ledger((*self.releases, release))

    def related_to(self, period: Period) -> "Ledger":
        """The releases that share days with a period, or with another such release: no other bears on it."""
        near, rest = [period], list(self.releases)
        kept: set[int] = set()
        while found := [one for one in rest if any(one.period.overlaps(other) for other in near)]:
            near = [one.period for one in found]
            kept |= {id(one) for one in found}
            rest = [one for one in rest if id(one) not in kept]
        return Ledger(tuple(one for one in self.releases if id(one) in kept))

    def entries(self) -> Iterator[Entry]:
        for release in self.releases:
            yield from release.entries

    def claims(self) -> Iterator[Claim]:
        for release in self.releases:
            yield from release.claims()


def release_as_json(release: Release) -> dict[str, Any]:
    return {
        "day": release.day.isoformat(),
        "entries": [
            {"scope": one.scope.as_json(), "true": one.true, "low": one.low, "high": one.high}
            for one in release.entries
        ],
        "covers": [[whole.as_json(), [row.as_json() for row in rows]] for whole, rows in release.covers],
    }


def release_from_json(data: dict[str, Any]) -> Release:
    """Raises UnreadableInput when something is missing: a ledger with a hole protects nobody."""
    try:
        return Release(
            date.fromisoformat(data["day"]),
            tuple(
                Entry(scope_from_json(one["scope"]), int(one["true"]), int(one["low"]), one["high"])
                for one in data["entries"]
            ),
            tuple((scope_from_json(whole), tuple(map(scope_from_json, rows))) for whole, rows in data["covers"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        raise UnreadableInput("this ledger of publications is damaged; nothing is published without it") from None


def write_ledger(ledger: Ledger) -> Iterator[str]:
    """One JSON line for each release."""
    for release in ledger.releases:
        yield json.dumps(release_as_json(release), ensure_ascii=False) + "\n"


def read_ledger(lines: Iterable[str]) -> Ledger:
    """Read what write_ledger wrote. Raises UnreadableInput."""
    try:
        return Ledger(tuple(release_from_json(json.loads(line)) for line in lines if line.strip()))
    except (ValueError, RecursionError):
        raise UnreadableInput("this ledger of publications is damaged; nothing is published without it") from None
