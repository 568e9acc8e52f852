"""From reports to weekly series, and from these to the reviews that the desk opens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.place import places
from lightkeeper.core.report import Report
from lightkeeper.watch.baseline import LEAST_HISTORY
from lightkeeper.watch.chance import Counts
from lightkeeper.watch.counts import NOTHING_KNOWN, Known, count_reports, open_reports
from lightkeeper.watch.definition import EVERY_REPORT, Definition
from lightkeeper.watch.events import Event
from lightkeeper.watch.period import Period, home_day, weeks_of
from lightkeeper.watch.review import Review, event_sentences, review_neighbours, review_newest_week


@dataclass(frozen=True, slots=True)
class Weekly:
    """Counts a week: one row a name, one column a whole week from Monday to Sunday, oldest first."""

    names: tuple[str, ...]
    weeks: tuple[str, ...]
    counts: Counts


def weekly_counts(
    reports: Iterable[Report],
    by: str,
    today: date,
    known: Known = NOTHING_KNOWN,
    definition: Definition = EVERY_REPORT,
) -> Weekly:
    """Count by one variable and by week, from the first report to the last whole week before today.

    The week that is still running is left out: half a week always looks like a fall. Held reports are not
    counted. Raises UnreadableInput when there is no whole week with a report before.
    """
    told = open_reports(reports, known)
    last_sunday = today - timedelta(days=today.weekday() + 1)
    first = min((home_day(report.received) for report in told), default=today)
    if first > last_sunday:
        raise UnreadableInput("there is no whole week of reports yet")
    monday = first - timedelta(days=first.weekday())
    period = Period(monday, last_sunday)
    table = count_reports(told, period, (by, "week"), definition, known=known)
    weeks = tuple(weeks_of(period))
    place = {week: column for column, week in enumerate(weeks)}
    names = tuple(sorted({cell.key[0] for cell in table.cells}))
    counts = np.zeros((len(names), len(weeks)), dtype=np.int64)
    for cell in table.cells:
        counts[names.index(cell.key[0]), place[cell.key[1]]] = cell.reports
    return Weekly(names, weeks, counts)


def review_areas(
    reports: Iterable[Report],
    today: date,
    known: Known = NOTHING_KNOWN,
    alpha: float = 0.005,
    definition: Definition = EVERY_REPORT,
    events: Sequence[Event] = (),
) -> list[Review]:
    """Judge the newest whole week of every police force area, alone and together with its neighbours.

    Each alarm names the platform, or the neighbour, that drives it.

    For the round: what comes back opens a review on the desk and nothing else. Areas without eight weeks
    of history before the newest week are not judged yet, and an empty list comes back.
    """
    told = open_reports(reports, known)
    if not told:
        return []
    whole = weekly_counts(told, "area", today, known, definition)
    if len(whole.weeks) <= LEAST_HISTORY:
        return []
    slices = {
        area: _platforms([report for report in told if report.area == area], whole.weeks, today, known, definition)
        for area in whole.names
    }
    recent = Period(today - timedelta(days=8 * 7), today)
    sentences = event_sentences(event for event in events if event.period.overlaps(recent))
    alone = review_newest_week(whole.names, whole.weeks, whole.counts, alpha, slices, sentences)
    borders = {slug: place.neighbours for slug, place in places().items()}
    return alone + review_neighbours(whole.names, whole.weeks, whole.counts, borders, alpha, sentences)


def _platforms(
    reports: Sequence[Report], weeks: Sequence[str], today: date, known: Known, definition: Definition
) -> dict[str, list[int]]:
    """The platforms of one area over the same weeks as the whole."""
    if not reports:
        return {}
    found = weekly_counts(reports, "platform", today, known, definition)
    missing = [0] * (len(weeks) - len(found.weeks))
    return {name: missing + found.counts[row].tolist() for row, name in enumerate(found.names)}
