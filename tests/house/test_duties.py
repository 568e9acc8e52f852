"""The tables of the impact assessment are whole, and what they point to exists."""

import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PAGE = (TOP / "docs/how-to/dpia.md").read_text(encoding="utf-8")
STANDARDS = re.findall(r"^\| (\d+)\. ([^|]+) \| ([^|]+) \| ([^|]+) \|$", PAGE, flags=re.MULTILINE)
DUTIES = re.findall(r"^\| (\w+) \| ([^|]+) \| (`[^|]+) \|$", PAGE.split("## Duties to log")[1], flags=re.MULTILINE)
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in (TOP / "src/lightkeeper").rglob("*.py"))


def test_all_fifteen_standards_are_there():
    assert [int(number) for number, *_ in STANDARDS] == list(range(1, 16))


@pytest.mark.parametrize(("number", "standard", "met", "where"), STANDARDS)
def test_each_standard_says_where_it_is_held(number, standard, met, where):
    files = re.findall(r"`([^`]+)`", where)
    assert files or where.strip() in ("**you**", "none"), standard
    for name in files:
        assert "def test_" in (TOP / name).read_text(encoding="utf-8"), name


def test_all_six_duties_are_there():
    found = [act for act, *_ in DUTIES]
    assert found == ["collection", "alteration", "consultation", "disclosure", "combination", "erasure"]


@pytest.mark.parametrize(("act", "holds", "entries"), DUTIES)
def test_each_duty_is_met_by_entries_that_the_desk_writes(act, holds, entries):
    names = re.findall(r"`([^`]+)`", entries)
    assert names
    for name in names:
        assert f'"{name}' in SOURCE, name
