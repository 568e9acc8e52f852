"""What somebody who has read everything we published can work out about a number we did not.

The published numbers are bounds on sums of unknown counts; the smallest and the largest value that a
hidden number can still have is an integer programme, solved by HiGHS. A hidden number is safe while it
can still be anything that "fewer than 5" can be.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from lightkeeper.watch.period import Period
from lightkeeper.watch.scope import Scope

# One report can stand under several values of these, so their rows do not add up.
SEVERAL = ("platform", "harm", "demand")
_OTHER = "\0other"


# A sum of scopes with signs: ((whole, 1), (part, -1)) is what is left of a whole without a part.
Sum = tuple[tuple[Scope, int], ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a reader knows of a sum of published scopes: so many at least, so many at most (None: no most)."""

    sum: Sum
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Bound:
    """How small and how large a number can be, for all that was published."""

    low: int
    high: int | None


def bounds_of(targets: Sequence[Sum], claims: Iterable[Claim]) -> list[Bound]:
    """The bounds of each target. All scopes of a target are of one family; claims of others say nothing of it."""
    told = list(claims)
    worlds: dict[tuple[str, str, str], _World] = {}
    found = []
    for target in targets:
        family = _family(target)
        if family not in worlds:
            wanted = [scope for one in targets if _family(one) == family for scope, _ in one]
            worlds[family] = _World([one for one in told if _family(one.sum) == family], wanted)
        found.append(worlds[family].bound(target))
    return found


def find_pinned(claims: Iterable[Claim], smallest: int, allowed: Sequence[Scope] = ()) -> Bound | None:
    """A number that nobody published and that is small for certain, and better known than "fewer than 5".

    Looked at is every span of days between the published ones, in every place and every value of a plain
    variable, and every run of such spans. The year, its first four months and its last seven, each
    published, tell May. None where there is no such number; `allowed` are small numbers told on purpose.
    """
    told = list(claims)
    for family in {_family(one.sum) for one in told}:
        world = _World([one for one in told if _family(one.sum) == family], [])
        known = {frozenset(world.numbers_of(scope)) for scope in allowed if scope.family == family}
        for numbers in world.regions():
            if frozenset(numbers) in known:
                continue
            bound = world.bound_of_numbers(numbers, enough=smallest)
            if bound and bound.high is not None and bound.high < smallest and bound != Bound(1, smallest - 1):
                return bound
    return None


def _family(one: Sum) -> tuple[str, str, str]:
    return one[0][0].family


class _World:
    """The unknown counts of one family: one for each span of days, place and value that was ever told apart.

    Values of which a report can have several (SEVERAL) get a count of their own for each value, and none
    of these is larger than the plain count.
    """

    def __init__(self, claims: Sequence[Claim], wanted: Sequence[Scope]) -> None:
        scopes = [*(scope for claim in claims for scope, _ in claim.sum), *wanted]
        self.spans = _spans(scopes)
        self.values = _values(scopes)
        self.plain = [name for name in self.values if name not in SEVERAL]
        self.several = _several_keys(scopes)
        self.grounds = list(product(self.spans, *(self.values[name] for name in self.plain)))
        self.place = {atom: number for number, atom in enumerate(product(self.grounds, self.several))}
        self.rows = _Rows(len(self.place))
        self.possible: list[NDArray[np.float64]] = []  # worlds that fit everything told, as they were found
        for claim in claims:
            parts = [(number, sign) for scope, sign in claim.sum for number in self.numbers_of(scope)]
            self.rows.add(parts, claim.low, claim.high)
        self._no_value_above_the_plain_count()

    def bound(self, target: Sum) -> Bound:
        cost = np.zeros(len(self.place))
        for scope, sign in target:
            cost[self.numbers_of(scope)] += sign
        low, high = self._extreme(cost), self._extreme(-cost)
        return Bound(round(low) if low is not None else 0, None if high is None else round(-high))

    def regions(self) -> Iterator[list[int]]:
        """The numbers of the unknown counts of each span, and run of spans, in all places and in each."""
        none: tuple[tuple[str, str], ...] = ()
        filters: list[tuple[int, str] | None] = [None]
        filters += [(at, value) for at, name in enumerate(self.plain, start=1) for value in self.values[name]]
        for chosen in filters:
            grounds = [one for one in self.grounds if chosen is None or one[chosen[0]] == chosen[1]]
            for first in range(len(self.spans)):
                # Runs are only needed where no value was chosen: sums over values are runs of other filters.
                longest = len(self.spans) if chosen is None else first + 1
                for last in range(first, longest):
                    spans = set(self.spans[first : last + 1])
                    yield [self.place[one, none] for one in grounds if one[0] in spans]

    def bound_of_numbers(self, numbers: Sequence[int], enough: int) -> Bound | None:
        """The bounds of a sum of unknown counts; None when it can be 0 or is surely not below `enough`."""
        chosen = list(numbers)
        # One world in which the sum is none, or not small, is enough to know that it is not pinned.
        if any(not 0 < round(world[chosen].sum()) < enough for world in self.possible):
            return None
        cost = np.zeros(len(self.place))
        cost[chosen] = 1
        low = self._extreme(cost)
        if low is None or not 0 < round(low) < enough:
            return None
        high = self._extreme(-cost)
        return Bound(round(low), None if high is None else round(-high))

    def _extreme(self, cost: NDArray[np.float64]) -> float | None:
        whole = np.ones(len(cost))
        found = milp(cost, constraints=self.rows.constraint(), bounds=Bounds(0, np.inf), integrality=whole)
        if not found.success:
            return None
        self.possible.append(found.x)
        return float(found.fun)

    def numbers_of(self, scope: Scope) -> list[int]:
        """The numbers of the unknown counts that a scope is the sum of."""
        wanted = dict(scope.key)
        key = tuple(pair for pair in scope.key if pair[0] in SEVERAL)
        choices = []
        for name in self.plain:
            if name == "area":
                choices.append(self.values[name] if scope.area is None else (scope.area,))
            else:
                choices.append((wanted[name],) if name in wanted else self.values[name])
        spans = [one for one in self.spans if scope.period.first <= one[0] and one[1] <= scope.period.last]
        return [self.place[at, key] for at in product(spans, *choices)]

    def _no_value_above_the_plain_count(self) -> None:
        for key in self.several:
            for dropped in key:
                parent = tuple(pair for pair in key if pair != dropped)
                for ground in self.grounds:
                    self.rows.add([(self.place[ground, parent], 1), (self.place[ground, key], -1)], 0, None)


class _Rows:
    """The rows of the programme, kept sparse."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.entries: list[tuple[int, int, float]] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def add(self, parts: Iterable[tuple[int, float]], low: float, high: float | None) -> None:
        self.entries += [(len(self.low), column, value) for column, value in parts]
        self.low.append(low)
        self.high.append(np.inf if high is None else high)

    def constraint(self) -> LinearConstraint:
        rows, columns, values = zip(*self.entries, strict=True) if self.entries else ((), (), ())
        shape = (max(1, len(self.low)), self.width)
        matrix = csr_array((values, (rows, columns)), shape=shape)
        return LinearConstraint(matrix, self.low or [0], self.high or [np.inf])


def _spans(scopes: Sequence[Scope]) -> list[tuple[date, date]]:
    """The shortest spans of days that no period cuts."""
    cuts = {scope.period.first for scope in scopes}
    cuts |= {scope.period.last + timedelta(days=1) for scope in scopes}
    ordered = sorted(cuts)
    return [
        (first, after - timedelta(days=1))
        for first, after in pairwise(ordered)
        if any(Period(first, after - timedelta(days=1)).overlaps(scope.period) for scope in scopes)
    ]


def _values(scopes: Sequence[Scope]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for scope in scopes:
        for name, value in (*scope.key, *((("area", scope.area),) if scope.area else ())):
            found.setdefault(name, {_OTHER}).add(value)
    return {name: tuple(sorted(values)) for name, values in sorted(found.items())}


def _several_keys(scopes: Sequence[Scope]) -> list[tuple[tuple[str, str], ...]]:
    """The keys of overlapping variables that were told apart, with every key that lies above one of them."""
    keys = {tuple(pair for pair in scope.key if pair[0] in SEVERAL) for scope in scopes} | {()}
    for key in list(keys):
        keys |= {tuple(pair for pair in key if pair != dropped) for dropped in key}
    return sorted(keys)
