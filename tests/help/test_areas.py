import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.areas import areas, is_in_uk, reach


def test_an_area_reaches_up_to_the_world():
    assert reach("GB-GLS") == ("GB-GLS", "GB-ENG", "GB", "world")


def test_every_area_ends_in_the_world():
    assert all(reach(code)[-1] == "world" for code in areas())


def test_an_unknown_place_is_refused_without_being_repeated():
    with pytest.raises(UnreadableInput) as refused:
        reach("Atlantis")
    assert "Atlantis" not in str(refused.value)


@pytest.mark.parametrize(("place", "inside"), [("GB-NIR", True), ("GB", True), ("IE", False), ("world", False)])
def test_in_the_uk(place, inside):
    assert is_in_uk(place) is inside


def test_every_area_has_a_name_in_both_languages():
    assert all(area.names["en"] and area.names["cy"] for area in areas().values())
