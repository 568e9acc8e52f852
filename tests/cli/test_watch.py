"""`lightkeeper watch` as a person types it."""

import csv
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from lightkeeper.cli.main import main

DEMO = Path(str(files("lightkeeper.cli").joinpath("demo_reports")))
WILTSHIRE = str(DEMO / "wiltshire-2021-2023.jsonl")
MAY = str(DEMO / "gloucestershire-2022-since-may.jsonl")
YEAR = ["--from", "2022-10-01", "--to", "2023-09-30"]
SINCE_MAY = ["--from", "2022-05-01", "--to", "2022-09-30"]


def test_it_prints_the_sentence_and_what_may_be_published(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", WILTSHIRE, *YEAR, "--against", "2021-10-01", "2022-09-30", "--by", "platform"]) == 0
    said = capsys.readouterr().out
    assert "up 82 per cent, 1.82 times as many (95 per cent interval 1.39 to 2.41)" in said
    assert "May be published under the rules small-numbers-1:\n  about 155 reports" in said
    assert "tiktok: fewer than 5" in said


def test_its_json_has_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["watch", WILTSHIRE, *YEAR, "--against", "2021-10-01", "2022-09-30", "--by", "platform,age", "--json"]
    assert main([*words, "--area", "wiltshire"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["counts"]["total"]["reports"] == 153
    assert found["comparison"]["now"] == {"count": 153, "from": "2022-10-01", "to": "2023-09-30", "days": 365}
    assert found["comparison"]["rate_ratio"] == pytest.approx(1.8214, abs=1e-4)
    assert found["rate"]["per_100_000"] == pytest.approx(97.43, abs=0.01)
    assert "true" not in found["publishable"]


def test_the_ledger_refuses_what_would_tell_the_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = ["--ledger", str(tmp_path / "ledger.jsonl"), "--publish"]
    assert main(["watch", MAY, *SINCE_MAY, *ledger]) == 0
    assert main(["watch", MAY, "--from", "2022-05-01", "--to", "2022-09-10", *ledger]) == 3
    assert "wait until more have come" in capsys.readouterr().err
    assert len((tmp_path / "ledger.jsonl").read_text().splitlines()) == 1


def test_at_least_seventeen_with_a_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", MAY, *SINCE_MAY, "--approve", "Insp. A. Example", "inspector", "an appeal"]) == 0
    assert "at least 17 reports" in capsys.readouterr().out


def test_a_jump_in_a_weekly_series_is_an_alarm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = np.random.default_rng(1).poisson(4, 120)
    counts[-1] = 25
    rows = "".join(f"a,{week},{count}\n" for week, count in enumerate(counts, start=1))
    (tmp_path / "weekly.csv").write_text("series,week,count\n" + rows)
    out = tmp_path / "alarms.csv"
    assert main(["watch", "--series", str(tmp_path / "weekly.csv"), "--out", str(out), "--weeks", "10"]) == 0
    with out.open() as lines:
        found = list(csv.DictReader(lines))
    assert list(found[0]) == ["series", "week", "alarm", "expected", "upper", "p"]
    assert [row["week"] for row in found] == [str(week) for week in range(111, 121)]
    assert found[-1]["alarm"] == "1"
    assert float(found[-1]["expected"]) == pytest.approx(4, abs=1)
    assert float(found[-1]["p"]) < 1e-6
    assert "it publishes nothing" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["watch"], "name a file"),
        (["watch", "none.jsonl"], "cannot open"),
        (["watch", WILTSHIRE, "--from", "2022-10-01"], "both --from and --to"),
        (["watch", WILTSHIRE, "--from", "May", "--to", "2023-09-30"], "2022-10-01"),
        (["watch", WILTSHIRE, "--by", "school"], "platform, age"),
        (["watch", WILTSHIRE, "--definition", "mine"], "all-1"),
        (["watch", WILTSHIRE, "--publish"], "--ledger"),
        (["watch", "--series", "weekly.csv"], "--out"),
    ],
)
def test_a_mistake_is_one_clear_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    complaint = capsys.readouterr().err
    assert said in complaint
    assert complaint.count("\n") == 1
