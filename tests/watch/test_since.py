"""Since when: the start of a rise is found, and its range says how sure that is."""

import numpy as np
import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.since import find_start


def test_a_plain_jump_is_dated_to_its_week() -> None:
    found = find_start([2, 3, 1, 2, 9, 8, 10], [2.0] * 7)
    assert found is not None
    assert (found.week, found.seen) == (4, 27)
    assert found.times == pytest.approx(4.5)
    assert found.earliest <= 4 <= found.latest


def test_the_range_holds_the_true_start_about_as_often_as_promised() -> None:
    dice = np.random.default_rng(1)
    held = []
    for _ in range(300):
        counts = dice.poisson(4, 20)
        counts[12:] = dice.poisson(9, 8)
        found = find_start(counts, np.full(20, 4.0))
        held.append(found is not None and found.earliest <= 12 <= found.latest)
    assert np.mean(held) > 0.85


def test_no_start_where_nothing_rose() -> None:
    assert find_start([1, 0, 1], [3.0, 3.0, 3.0]) is None


def test_more_spread_makes_the_range_wider() -> None:
    counts, usual = [2, 3, 1, 2, 5, 4, 6], [2.0] * 7
    tight, wide = find_start(counts, usual), find_start(counts, usual, spread=4)
    assert tight is not None
    assert wide is not None
    assert wide.latest - wide.earliest > tight.latest - tight.earliest


def test_counts_and_expectations_are_of_one_length() -> None:
    with pytest.raises(UnreadableInput):
        find_start([1, 2], [1.0])
