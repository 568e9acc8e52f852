"""All sums of a row in one addition: the same as added up one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lightkeeper.check.sums import LONGEST, MOST, REACHED, ROOM, Bar, Sums, read, write

NUMBERS = st.integers(1 - MOST, MOST - 1)
PAIRS = st.tuples(NUMBERS, NUMBERS)
ROWS = st.lists(st.tuples(PAIRS, PAIRS), max_size=70)
BARS = st.integers(-200_000, 200_000)


def add_up(rows: list[tuple[tuple[int, int], tuple[int, int]]], window: int, before: tuple[int, int]) -> list:
    steps = [before] * window + [(a + c, b + d) for (a, b), (c, d) in rows]
    parts = [steps[end - window : end] for end in range(window + 1, len(steps) + 1)]
    return [(sum(one for one, _ in part), sum(one for _, one in part)) for part in parts]


def sums_of(rows: list[tuple[tuple[int, int], tuple[int, int]]], longest: int, before: tuple[int, int]) -> Sums:
    parts = [[write(pair[part]) for pair in rows] for part in (0, 1)]
    return Sums(parts, longest, write(before))


@given(PAIRS)
def test_what_was_written_is_read(pair: tuple[int, int]) -> None:
    assert read(write(pair)) == pair


@given(ROWS, st.integers(1, 48), PAIRS)
def test_each_word_has_the_sum_of_the_last_ones(rows: list, window: int, before: tuple[int, int]) -> None:
    sums = sums_of(rows, 48, before)
    assert [sums.at(word, window) for word in range(sums.words)] == add_up(rows, window, before)


@given(ROWS, st.integers(1, 48), BARS, st.none() | BARS)
def test_a_word_is_marked_where_a_bar_is_reached(rows: list, window: int, first: int, second: int | None) -> None:
    marks = sums_of(rows, 48, (3, 0)).reach(Bar(window, first, second))
    wanted = [a >= first or (second is not None and b >= second) for a, b in add_up(rows, window, (3, 0))]
    assert marks == bytes(REACHED if one else 0 for one in wanted)


@given(ROWS, BARS, BARS)
def test_any_of_the_bars_is_enough(rows: list, wide: int, near: int) -> None:
    sums = sums_of(rows, 48, (0, 0))
    one, other = sums.reach(Bar(48, wide)), sums.reach(Bar(12, near))
    assert sums.reach(Bar(48, wide), Bar(12, near)) == bytes(a | b for a, b in zip(one, other, strict=True))


def test_a_row_longer_than_the_constants_that_are_kept_is_added_up_alike() -> None:
    rows = [((word % 7 - 3, word % 5 - 2), (0, 1)) for word in range(70 * ROOM)]
    sums = sums_of(rows, 48, (0, 0))
    wanted = add_up(rows, 48, (0, 0))
    assert [sums.at(word, 48) for word in range(0, len(rows), 997)] == wanted[::997]
    assert sums.reach(Bar(48, 3)) == bytes(REACHED if first >= 3 else 0 for first, _ in wanted)


@pytest.mark.parametrize("pair", [(MOST, 0), (0, -MOST)])
def test_a_number_without_room_is_refused(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="can add less than"):
        write(pair)


def test_more_numbers_than_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="can be added up"):
        Sums([[], []], LONGEST // 2 + 1)
