"""Weekly series come in as a CSV file, and every fault in it is one clear line."""

from pathlib import Path

import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch.series import read_series


def written(folder: Path, text: str) -> Path:
    file = folder / "weekly.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_series_of_one_length_come_together(tmp_path: Path) -> None:
    found = read_series(written(tmp_path, "series,week,count\na,1,3\na,2,4\nb,7,0\nb,8,1\nc,1,9\n"))
    assert [one.names for one in found] == [("a", "b"), ("c",)]
    assert found[0].counts.tolist() == [[3, 4], [0, 1]]
    assert found[0].weeks_a_year == 52


@pytest.mark.parametrize(
    "weeks", [("2026-W52", "2026-W53", "2027-W01"), ("2026-12-21", "2026-12-29", "2027-01-08")]
)
def test_iso_weeks_and_dates_follow_one_another_over_the_new_year(tmp_path: Path, weeks: tuple[str, ...]) -> None:
    rows = "".join(f"a,{week},1\n" for week in weeks)
    [found] = read_series(written(tmp_path, "series,week,count\n" + rows))
    assert found.weeks == (weeks,)
    assert found.weeks_a_year > 52


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("series,week,count\nA,1,99999999999999999999\n", "whole number"),
        ("name,week,n\na,1,3\n", "series,week,count"),
        ("series,week,count\na,1,-3\n", "line 2"),
        ("series,week,count\na,1,3.5\n", "line 2"),
        ("series,week,count\na,1\n", "line 2"),
        ("series,week,count\na,1,3\na,3,3\n", "count 0"),
        ("series,week,count\na,2,3\na,1,3\n", "count 0"),
        ("series,week,count\na,last week,3\na,this week,3\n", "a week is"),
        ("", "series,week,count"),
    ],
)
def test_a_fault_is_one_clear_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UnreadableInput, match=said):
        read_series(written(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="cannot open"):
        read_series(tmp_path / "none.csv")
