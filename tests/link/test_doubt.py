"""What a link's weight says of its being wrong."""

import pytest

from lightkeeper.core.suspect import Link, Reason, Strength
from lightkeeper.link.doubt import band_of, doubt, expected_strangers, measured_bands, say_rate, wrong_if


def link(weight: float, strength: Strength = Strength.LINKED) -> Link:
    return Link("a", "b", (Reason("handle", "same", weight),), strength)


def test_more_evidence_leaves_less_doubt() -> None:
    assert doubt(link(0.0)) == pytest.approx(0.5)
    assert doubt(link(3.0)) == pytest.approx(0.047, abs=0.001)
    assert doubt(link(5_000.0)) < 1e-100


def test_only_what_joined_can_have_joined_a_stranger() -> None:
    weakest = measured_bands()[0].rate
    told = expected_strangers([link(0.7), link(0.7), link(0.7, Strength.POSSIBLE)])
    assert told == pytest.approx(2 * weakest)


def test_what_was_measured_falls_as_the_evidence_grows() -> None:
    rates = [band.rate for band in measured_bands()]
    assert rates == sorted(rates, reverse=True)
    assert [band_of(link(weight)).least for weight in (0.1, 0.7, 2.99, 3.0, 500.0)] == [0.7, 0.7, 2.0, 3.0, 8.0]


def test_a_rate_is_said_in_whole_numbers() -> None:
    assert [say_rate(rate) for rate in (0.442, 0.1, 0.015, 0.0009)] == [
        "44 in 100",
        "10 in 100",
        "1 in 67",
        "1 in 1,111",
    ]


def test_what_would_make_it_wrong_depends_on_what_it_rests_on() -> None:
    by_handle = wrong_if([link(3.0)])
    assert len(by_handle) == 1
    assert "hacked" in by_handle[0]
    pair = Link("a", "b", (Reason("name+payment", "both", 3.0), Reason("phone", "another", -1.0)))
    assert len(wrong_if([pair])) == 2
    assert any("mule" in one for one in wrong_if([pair]))
