"""Rates per 100,000 children, with their base year and source."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.counts import Ages, Cell, Table
from lightkeeper.watch.period import Period
from lightkeeper.watch.population import default_population, rate_of, read_population

TABLE = Table(
    (), (), Cell((), 153), Ages(None, None, 0), Period(date(2022, 10, 1), date(2023, 9, 30)), area="wiltshire"
)


def test_wiltshires_published_rate() -> None:
    rate = rate_of(TABLE, default_population())
    assert rate.per_100_000 == pytest.approx(97.4, abs=0.05)
    assert "97.4 per 100,000" in rate.sentence
    assert "mid-2020" in rate.sentence


def test_children_are_counted_where_they_are_known() -> None:
    rate = rate_of(replace(TABLE, total=Cell((), 153, children=140)), default_population())
    assert (rate.noun, rate.count) == ("child", 140)


def test_a_force_supplies_its_own_file(tmp_path: Path) -> None:
    file = tmp_path / "population.csv"
    file.write_text("area,under_18,base,source\nwiltshire,160000,mid-2024,ONS\n", encoding="utf-8")
    rate = rate_of(TABLE, read_population(file))
    assert (rate.population, rate.base) == (160_000, "mid-2024")


@pytest.mark.parametrize(
    "text",
    [
        "area,under_18\nwiltshire,160000\n",
        "area,under_18,base,source\nwiltshire,many,mid-2024,ONS\n",
        "area,under_18,base,source\nwiltshire,0,mid-2024,ONS\n",
        "area,under_18,base,source\nwiltshire,1,mid-2024,\n",
        "area,under_18,base,source\nwiltshire,1,mid-2024,ONS\ncheshire,1,mid-2023,ONS\n",
    ],
)
def test_a_file_without_a_base_or_source_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "population.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInput):
        read_population(file)


def test_no_rate_without_one_known_area() -> None:
    for area in (None, "kent"):
        with pytest.raises(UnreadableInput):
            rate_of(replace(TABLE, area=area), default_population())
