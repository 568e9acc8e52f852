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
from lightkeeper.watch.chance import Counts, Reals
from lightkeeper.watch.events import Event
from lightkeeper.watch.rise import find_rises
from lightkeeper.watch.since import find_start
from lightkeeper.watch.streams import find_shared_rises, neighbour_groups

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
        found.append(
            _explain(
                names[row],
                weeks[-back:],
                counts[row, -back:],
                rises.expected[row],
                float(rises.baseline.spread[row, -1]),
                float(rises.p[row, -1]),
                (slices or {}).get(names[row], {}),
                usual,
                tuple(events),
            )
        )
    return found


def review_neighbours(
    names: Sequence[str],
    weeks: Sequence[str],
    counts: Counts,
    neighbours: Mapping[str, Sequence[str]],
    alpha: float = 0.005,
    events: Iterable[str] = (),
    look: Look | None = None,
) -> list[Review]:
    """Judge the newest week of every area together with its neighbours, where none of them alarms alone.

    A rise too small to see in any one force can be plain in three. The review names the area with the
    largest surplus as what drives it. The same set of areas is reviewed once.
    """
    counts = np.asarray(counts, dtype=np.int64)
    back = max(1, min(_LOOK_BACK, counts.shape[1] - 8))
    rises = find_rises(counts, back, alpha, look)
    groups = {tuple(sorted(rows)): rows for rows in neighbour_groups(names, neighbours) if len(rows) > 1}
    if not groups:
        return []
    shared = find_shared_rises(counts, rises, list(groups.values()), alpha)
    usual = expected_false_alarms(len(groups), alpha)
    found = []
    for number, rows in enumerate(groups.values()):
        if not shared.alarm[number, -1] or rises.alarm[rows, -1].any():
            continue
        spread = float(rises.baseline.spread[rows, -1].max())
        found.append(
            _explain(
                f"{names[rows[0]]} and its neighbours",
                weeks[-back:],
                counts[rows, -back:].sum(axis=0),
                shared.expected[number],
                spread,
                float(shared.p[number, -1]),
                {names[row]: counts[row].tolist() for row in rows},
                usual,
                tuple(events),
            )
        )
    return found


def event_sentences(events: Iterable[Event]) -> list[str]:
    """What to show beside a review, for events of the last weeks."""
    return [f"{one.kind}: {one.words}, {one.period.in_words()}" for one in events]


def _explain(
    name: str,
    weeks: Sequence[str],
    seen: Counts,
    expected: Reals,
    spread: float,
    p: float,
    parts: Mapping[str, Sequence[int]],
    usual: float,
    events: tuple[str, ...],
) -> Review:
    start = find_start(seen, expected, spread)
    first, earliest, latest = (start.week, start.earliest, start.latest) if start else (len(seen) - 1,) * 3
    return Review(
        series=name,
        week=weeks[-1],
        seen=int(seen[first:].sum()),
        expected=float(expected[first:].sum()),
        since=weeks[first],
        since_earliest=weeks[earliest],
        since_latest=weeks[latest],
        p=p,
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
