"""The nowcast's intervals hold what they promise, on triangles that were drawn and then cut off."""

from datetime import date

import numpy as np
import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.nowcast import LEVELS, nowcast, triangle_of, weighted_interval_score

DELAY = 0.55 ** np.arange(7) / (0.55 ** np.arange(7)).sum()


def drawn(seed: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    dice = np.random.default_rng(seed)
    final = dice.poisson(
        dice.gamma(4, 3, (count, 1)) * np.exp(np.cumsum(dice.normal(0, 0.08, (count, 40)), axis=1))
    )
    return dice.multinomial(final, DELAY), final


def test_intervals_hold_the_final_counts_as_often_as_they_say() -> None:
    triangles, final = drawn(1, 120)
    held = {0.5: [], 0.95: []}
    for triangle, truth in zip(triangles, final, strict=True):
        found = nowcast(triangle)
        for share, inside in held.items():
            low, high = found.interval(share)
            inside.append(((low <= truth) & (truth <= high))[-4:])
    # Counts are whole, so an interval holds a little more than its share, and must not hold less.
    assert np.mean(held[0.95]) > 0.93
    assert 0.5 < np.mean(held[0.5]) < 0.8


def test_it_scores_better_than_the_numbers_as_they_came_in_and_than_dividing_by_the_share() -> None:
    triangles, final = drawn(2, 60)
    ours, ladder, raw = [], [], []
    for triangle, truth in zip(triangles, final, strict=True):
        found = nowcast(triangle)
        ours.append(weighted_interval_score(found.quantiles, truth)[-4:].mean())
        ladder.append(np.abs(truth - found.seen / found.share_in)[-4:].mean())
        raw.append(np.abs(truth - found.seen)[-4:].mean())
    assert np.mean(ours) < np.mean(ladder) < np.mean(raw)


def test_weeks_that_are_complete_are_left_as_they_are() -> None:
    triangle = drawn(3, 1)[0][0]
    found = nowcast(triangle)
    low, high = found.interval()
    assert np.array_equal(low[:-6], triangle.sum(axis=1)[:-6])
    assert np.array_equal(high[:-6], triangle.sum(axis=1)[:-6])
    assert (found.middle[-3:] >= found.seen[-3:]).all()


def test_what_lies_in_the_future_is_not_looked_at() -> None:
    triangle = drawn(4, 1)[0][0]
    cut = np.where(np.add.outer(np.arange(40), np.arange(7)) > 39, 10**6, triangle)
    assert np.array_equal(nowcast(cut).quantiles, nowcast(triangle).quantiles)


def test_the_same_seed_gives_the_same_interval() -> None:
    triangle = drawn(5, 1)[0][0]
    assert np.array_equal(nowcast(triangle, seed=3).quantiles, nowcast(triangle, seed=3).quantiles)


def test_a_triangle_from_dates() -> None:
    monday = date(2026, 11, 16)
    pairs = [(monday, monday), (date(2026, 11, 9), date(2026, 11, 18)), (date(2026, 10, 1), date(2026, 11, 19))]
    triangle = triangle_of(pairs, date(2026, 11, 20), weeks=8, longest_delay=3)
    assert triangle[7, 0] == 1
    assert triangle[6, 1] == 1
    assert triangle[0, 3] == 1  # seven weeks late stands with everything later than three
    with pytest.raises(UnreadableInput):
        triangle_of([(monday, date(2026, 11, 1))], monday, 8, 3)


def test_a_score_of_a_certain_and_right_forecast_is_zero() -> None:
    assert weighted_interval_score(np.full((1, len(LEVELS)), 7.0), np.array([7.0]))[0] == 0


def test_a_triangle_that_is_too_short_is_one_clear_line() -> None:
    with pytest.raises(UnreadableInput, match="twice"):
        nowcast(np.ones((5, 4), dtype=np.int64))
