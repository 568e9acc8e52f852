"""Joining under an officer's word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.suspect import Decision, Verdict
from lightkeeper.link.cluster import Forest, joinable, latest_word, refuse_contradiction

_pairs = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda two: two[0] != two[1]), max_size=25
)


@given(_pairs, _pairs, st.randoms())
def test_no_order_of_joins_brings_a_rejected_pair_together(edges: list[tuple[int, int]], never, dice) -> None:  # type: ignore[no-untyped-def]
    weighed = [(dice.random(), a, b) for a, b in edges]
    allowed = joinable(range(12), weighed, never)
    forest = Forest(12)
    for (_, a, b), free in zip(weighed, allowed, strict=True):
        if free:
            forest.join(a, b)
    assert all(forest.root(a) != forest.root(b) for a, b in never)


@given(_pairs)
def test_without_a_rejection_everything_may_join(edges: list[tuple[int, int]]) -> None:
    assert all(joinable(range(12), [(1.0, a, b) for a, b in edges], []))


def test_only_what_would_meet_is_held_back() -> None:
    edges = [(3.0, 0, 1), (2.0, 1, 2), (1.0, 5, 6)]
    assert joinable(range(7), edges, [(0, 2)]) == [True, False, True]


def test_the_last_word_counts() -> None:
    words = latest_word([Decision("a", "b", Verdict.REJECTED), Decision("b", "a", Verdict.CONFIRMED)])
    assert words == {("a", "b"): Verdict.CONFIRMED}


def test_contradicting_words_are_refused() -> None:
    with pytest.raises(UnreadableInput, match="contradict"):
        refuse_contradiction([(0, 1), (1, 2)], [(0, 2)])
