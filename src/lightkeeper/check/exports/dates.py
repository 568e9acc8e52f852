"""Decides from the whole file whether 03/04 is the third of April or the fourth of March.

A day above 12 decides; so does the order of the messages, which only one reading may keep; so do signs
that only one order has (full stops, the year in front). Where nothing decides, it is said in a note.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from lightkeeper.check.exports.draft import Stamp
from lightkeeper.check.exports.facts import note

Order = tuple[int, int, int]  # where year, month and day stand among the three numbers
DAY_FIRST: Order = (2, 1, 0)
MONTH_FIRST: Order = (2, 0, 1)
YEAR_FIRST: Order = (0, 1, 2)
Triple = tuple[int, int, int]


@dataclass(slots=True)
class DateSigns:
    """What the way of writing says about the order: certain signs, and mere likelihood."""

    surely_day_first: bool = False
    likely_month_first: bool = False
    likely_year_first: bool = False


def resolve_stamps(
    stamps: Sequence[Stamp | datetime | None], signs: DateSigns
) -> tuple[list[datetime | None], tuple[str, ...]]:
    """Turn the numbers of every message into a moment, and say in notes what could not be decided."""
    run = _day_changes(stamps)
    distinct = set(run)
    order, notes = decide_order(run, distinct, signs)
    days = {triple: _day(triple, order) for triple in distinct}
    moments = [_moment(stamp, days) if isinstance(stamp, tuple) else stamp for stamp in stamps]
    impossible = sum(
        isinstance(stamp, tuple) and moment is None for stamp, moment in zip(stamps, moments, strict=True)
    )
    if impossible:
        notes = (*notes, note("impossible_dates", n=impossible))
    return moments, notes


def decide_order(run: Sequence[Triple], distinct: set[Triple], signs: DateSigns) -> tuple[Order, tuple[str, ...]]:
    """The order of year, month and day, with a note when it had to be assumed."""
    orders = [YEAR_FIRST] if signs.likely_year_first else []
    orders += [DAY_FIRST] if signs.surely_day_first else [DAY_FIRST, MONTH_FIRST]
    wrong = {order: sum(_day(triple, order) is None for triple in distinct) for order in (*orders, YEAR_FIRST)}
    if wrong[YEAR_FIRST] < min(wrong[order] for order in orders):
        return YEAR_FIRST, ()  # 2026-11-21: no other order can be meant
    fewest = min(wrong[order] for order in orders)
    possible = [order for order in orders if wrong[order] == fewest]
    steps = {order: _steps_back(run, order) for order in (*possible, YEAR_FIRST)}
    least = min(steps[order] for order in possible)
    if least and not wrong[YEAR_FIRST] and not steps[YEAR_FIRST]:
        return YEAR_FIRST, ()  # 26/11/21: only with the year in front are the messages in order
    possible = [order for order in possible if steps[order] <= 2 * least]
    if len(possible) == 1 or _all_agree(distinct, possible):
        return possible[0], ()
    if possible[0] == YEAR_FIRST:
        return YEAR_FIRST, ()
    if signs.likely_month_first:
        return MONTH_FIRST, (note("month_first_assumed"),)
    return DAY_FIRST, (note("day_first_assumed"),)


def _day_changes(stamps: Sequence[Stamp | datetime | None]) -> list[Triple]:
    """The dates in the order of the file, each run of one date once."""
    run: list[Triple] = []
    for stamp in stamps:
        if isinstance(stamp, tuple) and (not run or run[-1] != stamp[:3]):
            run.append(stamp[:3])
    return run


def _day(triple: Triple, order: Order) -> date | None:
    year, month, day = (triple[place] for place in order)
    if year < 100:
        year += 2000
    elif year > 2400:
        year -= 543  # the Buddhist calendar of Thai phones
    if not 1990 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _steps_back(run: Sequence[Triple], order: Order) -> int:
    """How often the next message would be more than a day older (a day is left for travel and clocks)."""
    days = [day.toordinal() for day in (_day(triple, order) for triple in run) if day]
    return sum(later < earlier - 1 for earlier, later in pairwise(days))


def _all_agree(distinct: set[Triple], orders: Sequence[Order]) -> bool:
    return all(len({_day(triple, order) for order in orders}) == 1 for triple in distinct)


def _moment(stamp: Stamp, days: dict[Triple, date | None]) -> datetime | None:
    day, (hour, minute, second) = days[stamp[:3]], stamp[3:]
    if day is None or hour > 23 or minute > 59 or second > 59:
        return None
    return datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001 - local time, as exported
