"""A period is two dates, and both of its days are counted. "Since May" or "six weeks" is never one."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lightkeeper.core.errors import UnreadableInput

# A force counts a report on its own day: 23:30 UTC on 30 June is 1 July in a British summer.
HOME_ZONE = "Europe/London"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both counted. Raises UnreadableInput when the last is before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise UnreadableInput(f"a period ends ({self.last}) before it begins ({self.first})")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def overlaps(self, other: "Period") -> bool:
        return self.first <= other.last and other.first <= self.last

    def in_words(self) -> str:
        """The two dates as a person says them, such as "1 October 2022 to 30 September 2023"."""
        if self.first == self.last:
            return say_day(self.first)
        return f"{say_day(self.first)} to {say_day(self.last)}"

    def year_before(self) -> "Period":
        """The same dates one year earlier; 29 February becomes 28 February."""
        return Period(_a_year_earlier(self.first), _a_year_earlier(self.last))

    def just_before(self) -> "Period":
        """The period of equal length that ends on the day before this one begins."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    def as_json(self) -> dict[str, str | int]:
        return {"from": self.first.isoformat(), "to": self.last.isoformat(), "days": self.days}


def say_day(day: date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def read_day(text: str) -> date:
    """Read a date such as 2022-10-01. Raises UnreadableInput, because "since May" is not a date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnreadableInput("a date is written like 2022-10-01") from None


def home_day(moment: datetime, zone: str = HOME_ZONE) -> date:
    """The day on which something with a time zone happened, as a calendar at home has it.

    Raises UnreadableInput when this machine does not know the zone.
    """
    try:
        return moment.astimezone(ZoneInfo(zone)).date()
    except ZoneInfoNotFoundError:
        raise UnreadableInput("this machine has no time zone data: install the package tzdata") from None


def iso_week(day: date) -> str:
    """The week from Monday to Sunday that holds the day, such as "2022-W40"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def month(day: date) -> str:
    return f"{day.year}-{day.month:02d}"


def quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def weeks_of(period: Period) -> Iterator[str]:
    """Every week that the period touches, in order, those without a report included."""
    monday = period.first - timedelta(days=period.first.weekday())
    while monday <= period.last:
        yield iso_week(monday)
        monday += timedelta(days=7)


def _a_year_earlier(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)
