"""Moments that an export writes without doubt: milliseconds since 1970, or year-month-day and a time."""

import re
from datetime import UTC, datetime, timedelta, timezone

_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?"
    r"(?: ?(UTC|Z|[+-][0-9]{2}:?[0-9]{2}))?"
)


def moment_of_number(value: object) -> datetime | None:
    """Seconds, milliseconds or microseconds since 1970 (told apart by their size), in UTC to the millisecond."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 18:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1e8 <= value < 4e15:
        return None
    milliseconds = int(value * 1000) if value < 1e10 else int(value) if value < 4e12 else int(value) // 1000
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def moment_of_text(value: object) -> datetime | None:
    """`2026-11-21 22:07:50`, with `T`, a fraction, `UTC`, `Z` or `+01:00` where the export has them."""
    match = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) and len(value) < 60 else None
    if not match:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    microseconds = int((fraction or "0")[:3].ljust(3, "0")) * 1000
    if not 1970 <= int(year) <= 2100:
        return None
    try:
        moment = datetime(  # noqa: DTZ001 - local time where the export names no zone
            int(year), int(month), int(day), int(hour), int(minute), int(second or 0), microseconds
        )
        return moment.replace(tzinfo=_zone(zone))
    except ValueError:
        return None


def _zone(written: str | None) -> timezone | None:
    if written is None:
        return None
    if written in ("UTC", "Z"):
        return UTC
    sign, digits = (-1 if written[0] == "-" else 1), written[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
