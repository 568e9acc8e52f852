"""What an alarm says to the officer who reviews it: seen, expected, since when, and where it comes from.

An alarm opens a review, it never publishes. Most of what looks like a rise has another reason (FACTS C8,
C23), so the review names the events of the time and asks whether one offender is behind it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lightkeeper.watch.baseline import Look
from lightkeeper.watch.budget import expected_false_alarms
from lightkeeper.watch.chance import Counts
from lightkeeper.watch.events import Event
from lightkeeper.watch.rise import Rises, find_rises
from lightkeeper.watch.since import find_start

_LOOK_BACK = 26  # weeks in which a rise is searched for its start


@dataclass(frozen=True, slots=True)
class Review:
    """One alarm in the newest week, explained."""

    series: str
    week: str
    seen: int  # in the weeks since it began
    expected: float  # in the same weeks
    since: str  # the week in which it most likely began
    since_earliest: str
    since_latest: str
    p: float
    driver: str | None  # the slice (platform, age band ...) with the largest surplus
    false_alarms_a_month: float  # to expect over everything that was tested
    events: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        drive = f", most of it in {self.driver}" if self.driver else ""
        unsure = ""
        if self.since_earliest != self.since_latest:
            unsure = f" (it may have begun between {self.since_earliest} and {self.since_latest})"
        return (
            f"{self.series}: {self.seen} reports since {self.since}{unsure}, where about {self.expected:.0f} were "
            f"to be expected{drive}. About {self.false_alarms_a_month:.1f} false alarms a month come by chance."
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "series": self.series,
            "week": self.week,
            "seen": self.seen,
            "expected": round(self.expected, 2),
            "since": self.since,
            "since_range": [self.since_earliest, self.since_latest],
            "p": self.p,
            "driver": self.driver,
            "false_alarms_a_month": round(self.false_alarms_a_month, 2),
            "events": list(self.events),
            "sentence": self.sentence,
        }


def review_newest_week(
    names: Sequence[str],
    weeks: Sequence[str],
    counts: Counts,
    alpha: float = 0.005,
    slices: Mapping[str, Mapping[str, Sequence[int]]] | None = None,
    events: Iterable[str] = (),
    look: Look | None = None,
) -> list[Review]:
    """Judge the newest week of every series (one a row of counts) and explain each alarm.

    `slices` gives for a series the counts of its parts over the same weeks, by name; the part with the
    largest surplus since the start is named as what drives the rise. `events` are sentences to show with
    every review. Raises UnreadableInput when the series are too short.
    """
    counts = np.asarray(counts, dtype=np.int64)
    back = max(1, min(_LOOK_BACK, counts.shape[1] - 8))
    rises = find_rises(counts, back, alpha, look)
    tested = len(names) + sum(len(parts) for parts in (slices or {}).values())
    usual = expected_false_alarms(tested, alpha)
    found = []
    for row in np.flatnonzero(rises.alarm[:, -1]).tolist():
        parts = (slices or {}).get(names[row], {})
        found.append(
            _explain(names[row], weeks[-back:], counts[row, -back:], rises, row, parts, usual, tuple(events))
        )
    return found


def event_sentences(events: Iterable[Event]) -> list[str]:
    """What to show beside a review, for events of the last weeks."""
    return [f"{one.kind}: {one.words}, {one.period.in_words()}" for one in events]


def _explain(
    name: str,
    weeks: Sequence[str],
    seen: Counts,
    rises: Rises,
    row: int,
    parts: Mapping[str, Sequence[int]],
    usual: float,
    events: tuple[str, ...],
) -> Review:
    expected = rises.expected[row]
    start = find_start(seen, expected, float(rises.baseline.spread[row, -1]))
    first, earliest, latest = (start.week, start.earliest, start.latest) if start else (len(seen) - 1,) * 3
    return Review(
        series=name,
        week=weeks[-1],
        seen=int(seen[first:].sum()),
        expected=float(expected[first:].sum()),
        since=weeks[first],
        since_earliest=weeks[earliest],
        since_latest=weeks[latest],
        p=float(rises.p[row, -1]),
        driver=_driver(parts, len(seen) - first),
        false_alarms_a_month=usual,
        events=events,
    )


def _driver(parts: Mapping[str, Sequence[int]], weeks: int) -> str | None:
    """The part that grew most since the start, against its own weeks before."""

    def surplus(name: str) -> float:
        recent = np.asarray(parts[name][-weeks:], dtype=np.float64)
        before = np.asarray(parts[name][:-weeks][-52:], dtype=np.float64)
        return float(recent.sum() - before.mean() * weeks) if len(before) else float(recent.sum())

    return max(parts, key=surplus) if parts else None
