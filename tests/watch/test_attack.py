"""The attacker, on tables small enough to solve by hand, and beside pytauargus's own suppression."""

import random
import shutil
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from pytauargus import protect

from lightkeeper.watch.attack import Bound, Claim, bounds_of
from lightkeeper.watch.period import Period
from lightkeeper.watch.scope import Scope

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def scope(period: Period = YEAR, area: str | None = None, **key: str) -> Scope:
    return Scope("all-1", "date of report", "reports", period, area, tuple(sorted(key.items())))


def exactly(one: Scope, count: int) -> Claim:
    return Claim(((one, 1),), count, count)


def test_a_total_and_all_other_rows_give_the_hidden_row_away() -> None:
    old, young, whole = scope(age="16 to 17"), scope(age="under 13"), scope()
    claims = [exactly(whole, 16), exactly(old, 13), Claim(((old, 1), (young, 1), (whole, -1)), 0, None)]
    assert bounds_of([((young, 1),)], claims) == [Bound(3, 3)]


def test_two_hidden_rows_keep_each_other() -> None:
    rows = [scope(age=band) for band in ("under 13", "13 to 15", "16 to 17")]
    cover = Claim((*((row, 1) for row in rows), (scope(), -1)), 0, None)
    claims = [exactly(scope(), 20), exactly(rows[2], 13), cover]
    assert bounds_of([((rows[0], 1),), ((rows[1], 1),)], claims) == [Bound(0, 7), Bound(0, 7)]


def test_a_period_minus_an_earlier_part_of_it_is_the_rest() -> None:
    half, rest = Period(date(2026, 1, 1), date(2026, 6, 30)), Period(date(2026, 7, 1), date(2026, 12, 31))
    claims = [exactly(scope(half), 40), exactly(scope(), 43)]
    assert bounds_of([((scope(rest), 1),), ((scope(), 1), (scope(half), -1))], claims) == [
        Bound(3, 3),
        Bound(3, 3),
    ]


def test_three_overlapping_periods_are_put_together() -> None:
    """No two of these are enough: May is what is left of the year without the months before and after it."""
    before, after = Period(date(2026, 1, 1), date(2026, 4, 30)), Period(date(2026, 6, 1), date(2026, 12, 31))
    may = Period(date(2026, 5, 1), date(2026, 5, 31))
    claims = [exactly(scope(), 30), exactly(scope(before), 15), exactly(scope(after), 13)]
    assert bounds_of([((scope(may), 1),)], claims) == [Bound(2, 2)]


def test_platforms_overlap_and_are_not_subtracted() -> None:
    """A report can name two platforms: a total less one platform bounds the other from below alone."""
    rows = [scope(platform=name) for name in ("instagram", "snapchat")]
    cover = Claim((*((row, 1) for row in rows), (scope(), -1)), 0, None)
    found = bounds_of([((rows[1], 1),)], [exactly(scope(), 16), exactly(rows[0], 13), cover])
    assert found == [Bound(3, 16)]


def test_another_definition_says_nothing() -> None:
    other = Scope("sextortion-1", "date of report", "reports", YEAR, None, ())
    assert bounds_of([((scope(), 1),)], [exactly(other, 5)]) == [Bound(0, None)]


@pytest.mark.parametrize("seed", range(4))
def test_beside_pytauargus_our_attacker_agrees_that_its_suppressed_cells_are_safe(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The peer hides cells of a two-way table with margins; our bounds must leave each of them open."""
    monkeypatch.chdir(tmp_path)  # the peer leaves its solver's notes wherever it stands
    dice = random.Random(seed)
    areas, ages = ("cheshire", "dorset", "kent"), ("under 13", "13 to 15", "16 to 17")
    counts = {cell: dice.choice((1, 2, 3, 8, 15, 30, 40)) for cell in product(areas, ages)}
    people = [{"area": area, "age": age, "ones": 1} for (area, age), count in counts.items() for _ in range(count)]
    result = protect(people, tables=["area", "age"], response="ones", safety_rules="FREQ(5,20)", suppress="OPT(1)")
    rows = result.tables[0].rows
    shutil.rmtree(result.workdir or "")
    claims, hidden = [], []
    for area, age in product((None, *areas), (None, *ages)):
        wanted = (area or "Total", age or "Total")
        row = next(one for one in rows if (one["area"].strip(), one["age"].strip()) == wanted)
        here = scope(YEAR, area, **({"age": age} if age else {}))
        true = sum(count for cell, count in counts.items() if area in (None, cell[0]) and age in (None, cell[1]))
        if row["status"] in ("U", "M"):
            hidden.append(here)
        else:
            claims.append(exactly(here, true))
    for area in (None, *areas):
        parts = tuple((scope(YEAR, area, age=age), 1) for age in ages)
        claims.append(Claim((*parts, (scope(YEAR, area), -1)), 0, None))
    for age in (None, *ages):
        key = {"age": age} if age else {}
        parts = tuple((scope(YEAR, area, **key), 1) for area in areas)
        claims.append(Claim((*parts, (scope(YEAR, None, **key), -1)), 0, None))
    assert hidden, "a table in which the peer hides nothing shows nothing"
    for bound in bounds_of([((one, 1),) for one in hidden], claims):
        assert bound.high is None or bound.high > bound.low
