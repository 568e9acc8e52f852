"""What a link's weight says of its being wrong."""

import pytest

from lightkeeper.core.suspect import Link, Reason, Strength
from lightkeeper.link.doubt import doubt, expected_strangers


def link(weight: float, strength: Strength = Strength.LINKED) -> Link:
    return Link("a", "b", (Reason("handle", "same", weight),), strength)


def test_more_evidence_leaves_less_doubt() -> None:
    assert doubt(link(0.0)) == pytest.approx(0.5)
    assert doubt(link(3.0)) == pytest.approx(0.047, abs=0.001)
    assert doubt(link(5_000.0)) < 1e-100


def test_only_what_joined_can_have_joined_a_stranger() -> None:
    assert expected_strangers([link(0.0), link(0.0), link(0.0, Strength.POSSIBLE)]) == pytest.approx(1.0)
