"""Say a comparison in one plain, true sentence, with its dates and its uncertainty."""

import math
from typing import Protocol

from lightkeeper.watch.period import Period

# Below this a percentage pretends to know more than it does: 3, then 6, is not "up 100 per cent" (FACTS C5).
LEAST_FOR_PERCENT = 10


class Comparable(Protocol):
    """What a sentence needs to know of a comparison."""

    @property
    def now(self) -> int: ...
    @property
    def before(self) -> int: ...
    @property
    def now_period(self) -> Period: ...
    @property
    def before_period(self) -> Period: ...
    @property
    def ratio(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def p(self) -> float: ...


def say_comparison(one: Comparable) -> str:
    """Both counts, both periods in dates and days, the verdict, and how sure it is."""
    return f"{_say_counts(one)}: {_say_verdict(one)}."


def say_p(p: float) -> str:
    """A p with two figures, in ordinary digits: "p = 0.0000087"; tiny ones as "p below 0.0000001"."""
    if p < 1e-7:
        return "p below 0.0000001"
    digits = 2 if p >= 0.1 else 1 - math.floor(math.log10(p))
    return f"p = {p:.{digits}f}"


def say_count(count: int, noun: str = "report") -> str:
    many = "children" if noun == "child" else f"{noun}s"
    if count == 0:
        return f"no {many}"
    return f"{count:,} {noun if count == 1 else many}"


def _say_counts(one: Comparable) -> str:
    now = f"{say_count(one.now)} from {one.now_period.in_words()} ({_say_days(one.now_period)})"
    return f"{now}, {one.before:,} from {one.before_period.in_words()} ({_say_days(one.before_period)})"


def _say_days(period: Period) -> str:
    return f"{period.days:,} day" + ("" if period.days == 1 else "s")


def _say_verdict(one: Comparable) -> str:
    small = min(one.now, one.before) < LEAST_FOR_PERCENT
    if one.now == one.before == 0:
        return "nothing to compare"
    if one.low <= 1 <= one.high:
        if small:
            return f"too few to call a {'fall' if one.ratio < 1 else 'rise'}"
        return f"no clear change, {_say_ratio(one)}; a difference like this comes by chance ({say_p(one.p)})"
    rise = one.low > 1
    if small:
        kind = "rise" if rise else "fall"
        sure = f"a {kind} that chance does not explain ({say_p(one.p)})"
        return f"{sure}, but too few for a percentage; {_say_ratio(one)}"
    change = abs(one.ratio - 1) * 100
    a_day = "" if one.now_period.days == one.before_period.days else " a day"
    kind = "rise" if rise else "fall"
    size = f"{'up' if rise else 'down'} {change:.0f} per cent{a_day}"
    return f"{size}, {_say_ratio(one)}, a {kind} that chance does not explain ({say_p(one.p)})"


def _say_ratio(one: Comparable) -> str:
    if math.isinf(one.high):
        return f"at least {one.low:.2f} times as many a day"
    return f"{one.ratio:.2f} times as many (95 per cent interval {one.low:.2f} to {one.high:.2f})"
