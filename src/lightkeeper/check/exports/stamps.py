"""Dates that a text export writes in one cell or bracket: numbers in some order, or with a month's name."""

import re
from datetime import datetime

from lightkeeper.check.exports.dates import DateSigns
from lightkeeper.check.exports.draft import Stamp
from lightkeeper.check.exports.moments import moment_of_number, moment_of_text

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?:,? (?:at )?| +)([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2}))?(?:[ \u00a0\u202f]?([AaPp])\.?[Mm]\.?)?"
_NUMBERS = re.compile(rf"([0-9]{{1,4}})([./-])([0-9]{{1,2}})[./-]([0-9]{{1,4}})(?:{_TIME})?")
_DAY_NAME = re.compile(rf"([0-9]{{1,2}})[ -]([A-Za-z]{{3}})[a-z]*\.?[ -]([0-9]{{2,4}})(?:{_TIME})?")
_NAME_DAY = re.compile(rf"([A-Za-z]{{3}})[a-z]*\.? ([0-9]{{1,2}}),? ([0-9]{{4}})(?:{_TIME})?")


def read_stamp(text: str, signs: DateSigns) -> Stamp | datetime | None:
    """A moment where the text leaves no doubt, the bare numbers where it does, None where there is no date."""
    text = text.strip(" ")
    if len(text) > 60:
        return None
    moment = moment_of_text(text) or moment_of_number(text)
    if moment is not None:
        return moment
    if found := _NUMBERS.fullmatch(text):
        first, separator, second, third, *time = found.groups()
        signs.surely_day_first |= separator == "." and len(first) < 3
        return (int(first), int(second), int(third), *_time(time))
    if found := _DAY_NAME.fullmatch(text):
        day, name, year, *time = found.groups()
    elif found := _NAME_DAY.fullmatch(text):
        name, day, year, *time = found.groups()
    else:
        return None
    return _named(int(day), name.lower(), int(year), _time(time))


def _time(parts: list[str | None]) -> tuple[int, int, int]:
    hour, minute, second, half = parts
    hours = int(hour or 0)
    if half and hours <= 12:
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    return hours, int(minute or 0), int(second or 0)


def _named(day: int, name: str, year: int, time: tuple[int, int, int]) -> datetime | None:
    year = year + 2000 if year < 100 else year
    if name not in _MONTHS or not 1970 <= year <= 2100:
        return None
    try:
        return datetime(year, _MONTHS.index(name) + 1, day, *time)  # noqa: DTZ001
    except ValueError:
        return None
