"""The police force areas are complete, lawful as slugs and neighbours of one another."""

import re

import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.place import place, places


def test_all_forty_five_territorial_forces_are_there() -> None:
    assert len(places()) == 45
    nations = [one.nation for one in places().values()]
    assert nations.count("Wales") == 4
    assert set(nations) == {"England", "Wales", "Scotland", "Northern Ireland"}


def test_a_neighbour_is_a_neighbour_on_both_sides() -> None:
    for one in places().values():
        for other in one.neighbours:
            assert one.slug in place(other).neighbours, f"{one.slug} and {other}"


@pytest.mark.parametrize("slug", sorted(places()))
def test_every_area_has_what_a_letter_needs(slug: str) -> None:
    one = place(slug)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", one.slug)
    assert re.fullmatch(r"https://www\.[a-z-]+\.police\.uk/", one.website)
    assert one.name
    assert one.force


def test_the_force_is_called_by_its_own_name() -> None:
    assert place("gloucestershire").force == "Gloucestershire Constabulary"


def test_an_unknown_area_is_one_clear_line() -> None:
    with pytest.raises(UnreadableInput, match="slug"):
        place("atlantis")
