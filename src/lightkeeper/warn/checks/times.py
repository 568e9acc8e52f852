"""A warning ends one day, does not begin after its end, and counts no day that has not been."""

from collections.abc import Iterator

from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import PublicWarning

_LONGEST_DAYS = 366


def check_times(warning: PublicWarning, circumstances: Circumstances) -> Iterator[Refusal]:
    days = (warning.expires - warning.issued).days
    if not 0 < days <= _LONGEST_DAYS:
        yield Refusal(
            "expiry", "expires", "Old warnings frighten and mislead.", "Let it end after its issue, within a year."
        )
    if circumstances.now >= warning.expires:
        yield Refusal("expiry", "expires", "It has run out.", "Look at the figures again and make it anew.")
    if warning.count and warning.count.last and warning.count.last > circumstances.now.date():
        yield Refusal("period_ahead", "count", "Its period is not over.", "Count up to a day that has been.")
