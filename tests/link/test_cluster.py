"""Joining under an officer's word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.suspect import Decision, Verdict
from lightkeeper.link.arrays.forest import groups_of, join_groups, make_forest, top
from lightkeeper.link.cluster import Forest, latest_word, refuse_contradiction

_pairs = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda two: two[0] != two[1]), max_size=25
)


@given(_pairs, _pairs)
def test_no_order_of_joins_brings_a_rejected_pair_together(edges: list[tuple[int, int]], never) -> None:  # type: ignore[no-untyped-def]
    forest, twin = Forest(12, never), make_forest(12, never)
    for a, b in edges:
        assert forest.join(a, b, 0.1) == join_groups(twin, a, b, 0.1)
    assert all(forest.root(a) != forest.root(b) for a, b in never)
    assert groups_of(twin).tolist() == forest.roots()


@given(_pairs)
def test_without_a_rejection_everything_may_join(edges: list[tuple[int, int]]) -> None:
    forest = Forest(12)
    for a, b in edges:
        apart = forest.root(a) != forest.root(b)
        assert forest.join(a, b) == apart
        assert forest.root(a) == forest.root(b)


def test_only_what_would_meet_is_held_back() -> None:
    forest = Forest(7, [(0, 2)])
    assert [forest.join(0, 1), forest.join(1, 2), forest.join(5, 6)] == [True, False, True]


def test_the_risk_of_a_join_stays_with_the_smaller_group() -> None:
    forest, twin = Forest(5), make_forest(5)
    for a, b, risk in ((0, 1, 0.0), (0, 2, 0.01), (3, 4, 0.2), (4, 1, 0.05)):
        forest.join(a, b, risk)
        join_groups(twin, a, b, risk)
    assert [forest.top(one)[1] for one in range(5)] == [0.0, 0.0, 0.01, 0.05, 0.2]
    assert [top(twin, one)[1] for one in range(5)] == [0.0, 0.0, 0.01, 0.05, 0.2]


def test_the_last_word_counts() -> None:
    words = latest_word([Decision("a", "b", Verdict.REJECTED), Decision("b", "a", Verdict.CONFIRMED)])
    assert words == {("a", "b"): Verdict.CONFIRMED}


def test_contradicting_words_are_refused() -> None:
    with pytest.raises(UnreadableInput, match="contradict"):
        refuse_contradiction([(0, 1), (1, 2)], [(0, 2)])
