"""A link is explained by the sum of its reasons."""

from lightkeeper.core.suspect import Link, Reason, Strength, Suspect


def test_the_weight_of_a_link_is_the_sum_of_its_reasons():
    link = Link("a", "b", (Reason("handle", "same after normalising", 2.25), Reason("name", "differs", -0.5)))
    assert link.weight == 1.75
    assert link.as_json()["weight"] == 1.75
    assert link.as_json()["strength"] == "linked"
    assert Link("a", "b", (), Strength.POSSIBLE).weight == 0


def test_a_suspect_names_its_reports():
    assert Suspect("S-a", ("a", "b")).as_json() == {"id": "S-a", "reports": ["a", "b"]}
