"""The colours in the stylesheet are those in the docs, and each can be read on its ground."""

import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[3]
CSS = (TOP / "src/lightkeeper/web/public/static/public/public.css").read_text()
ROW = re.compile(r"^\| (\w+) \| `(#\w{6})` \| ([\d.]*) ?\| `(#\w{6})` \| ([\d.]*) ?\|", re.M)
TABLE = ROW.findall((TOP / "docs/explanation/how-it-looks.md").read_text())
LEAST = {"text": 7.0, "soft": 4.5, "sea": 4.5, "red": 4.5, "moss": 4.5, "line": 3.0}


def colours(selector: str) -> dict[str, str]:
    """The variables of one block, on top of the light ones."""
    found: dict[str, str] = {}
    for block in (r":root \{", selector):
        match = re.search(block + r"([^}]*)\}", CSS)
        assert match
        found |= dict(re.findall(r"--([\w-]+): (#\w+)", match.group(1)))
    return {
        name: value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])
        for name, value in found.items()
    }


def light_of(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((light_of(one), light_of(other)))
    return (light + 0.05) / (dark + 0.05)


SETS = {
    "light": colours(r":root \{"),
    "dark": colours(r':root\[data-colours="dark"\] \{'),
    "dark by the device": colours(r':root\[data-colours="system"\] \{'),
    "calm": colours(r':root\[data-colours="calm"\] \{'),
}


def test_the_table_has_every_colour() -> None:
    assert [row[0] for row in TABLE] == ["ground", "quiet", "text", "soft", "sea", "red", "moss", "line"]


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_the_docs_tell_the_colours_and_contrasts_as_they_are(row: tuple[str, str, str, str, str]) -> None:
    name, light, light_contrast, night, night_contrast = row
    assert (SETS["light"][name], SETS["dark"][name]) == (light, night)
    if light_contrast:
        assert contrast(light, SETS["light"]["ground"]) == pytest.approx(float(light_contrast), abs=0.06)
        assert contrast(night, SETS["dark"]["ground"]) == pytest.approx(float(night_contrast), abs=0.06)


@pytest.mark.parametrize("name", SETS)
def test_everything_can_be_read_on_both_grounds(name: str) -> None:
    found = SETS[name]
    for colour, least in LEAST.items():
        assert contrast(found[colour], found["ground"]) >= least
    for colour in ("text", "soft", "sea"):
        assert contrast(found[colour], found["quiet"]) >= 4.5
    assert contrast(found["on-sea"], found["sea"]) >= 4.5
    assert contrast(found["on-red"], found["red"]) >= 4.5
    assert contrast(found["ink"], found["beam"]) >= 7


def test_chosen_night_is_the_devices_night() -> None:
    assert SETS["dark"] == SETS["dark by the device"]
