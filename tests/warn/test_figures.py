"""Figures are read as `lightkeeper watch --json` prints them, strictly, and what they allow to be said."""

import json
from typing import Any

import pytest

from lightkeeper.cli.main import main
from lightkeeper.core.errors import UnreadableInput
from lightkeeper.warn.figures import figures_from_json, read_figures

GOOD: dict[str, Any] = {
    "counts": {
        "by": ["platform"],
        "cells": [{"key": ["snapchat"], "reports": 6}, {"key": ["instagram"], "reports": 8}],
        "total": {"reports": 12},
        "period": {"from": "2022-05-01", "to": "2022-09-30"},
        "definition": {"version": "sextortion-1", "words": "reports of blackmail"},
        "overlapping": ["platform"],
    },
    "comparison": {
        "before": {"count": 6, "from": "2021-05-01", "to": "2021-09-30"},
        "rate_ratio": 2.0,
        "interval_95": [0.69, 6.49],
        "p": 0.24,
        "sentence": "12, then 6",
    },
}


def changed(path: str, value: object) -> dict[str, Any]:
    data = json.loads(json.dumps(GOOD))
    *parents, last = path.split(".")
    place = data
    for name in parents:
        place = place[name]
    place[last] = value
    return data  # type: ignore[no-any-return]


def test_what_watch_prints_is_what_warn_reads(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    report = {"id": "R{}", "received": "2026-01-0{}T09:00:00Z", "reporter": "parent", "harms": ["sextortion"]}
    lines = [json.dumps(report).replace("{}", str(day)) for day in (1, 2, 3)]
    reports = tmp_path / "reports.jsonl"
    reports.write_text("\n".join(lines), "utf-8")
    against = ["--against", "2025-12-01", "2025-12-31"]
    assert main(["watch", str(reports), "--from", "2026-01-01", "--to", "2026-01-31", *against, "--json"]) == 0
    figures = read_figures(capsys.readouterr().out)
    assert (figures.total.number, figures.total.days, figures.version) == (3, 31, "all-1")
    assert figures.comparison is not None
    assert figures.comparison.before.number == 0
    assert figures.comparison.ratio is None  # infinite


def test_rows_come_largest_first() -> None:
    assert figures_from_json(GOOD).by_platform == (("instagram", 8), ("snapchat", 6))


def test_rows_of_two_variables_are_added_up_where_no_report_stands_in_two_of_them() -> None:
    data = changed("counts.by", ["platform", "age"])
    data["counts"]["cells"] = [
        {"key": ["snapchat", "13 to 15"], "reports": 4},
        {"key": ["snapchat", "16 to 17"], "reports": 5},
        {"key": ["instagram", "16 to 17"], "reports": 2},
    ]
    figures = figures_from_json(data)
    assert figures.by_platform == (("snapchat", 9), ("instagram", 2))
    assert figures.by_age == ()  # a report that names two platforms would count twice


@pytest.mark.parametrize(
    ("now", "before", "low", "high", "verdict"),
    [
        (153, 84, 1.39, 2.41, "rise"),
        (84, 153, 0.41, 0.72, "fall"),
        (17, 0, 4.13, None, "rise"),
        (6, 3, 0.43, 12.4, "too_few"),
        (30, 25, 0.7, 2.1, "unclear"),
    ],
)
def test_what_a_comparison_may_be_called(
    now: int, before: int, low: float, high: float | None, verdict: str
) -> None:
    data = changed("comparison.interval_95", [low, high])
    data["comparison"]["before"]["count"] = before
    comparison = figures_from_json(data).comparison
    assert comparison is not None
    assert comparison.verdict(now) == verdict


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("counts.total.reports", -1, "counts.total.count"),
        ("counts.total.reports", True, "counts.total.count"),
        ("counts.total.reports", "17", "counts.total.count"),
        ("counts.period.from", "since May", "counts.total.from"),
        ("counts.period.to", "2021-01-01", "ends before"),
        ("counts.definition.words", " ", "counts.definition.words"),
        ("counts.cells", {}, "counts.cells"),
        ("counts.by", "platform", "by"),
        ("comparison.interval_95", [1], "interval_95"),
        ("comparison.rate_ratio", "2", "rate_ratio"),
    ],
)
def test_figures_that_are_none_are_refused_by_field(path: str, value: object, named: str) -> None:
    with pytest.raises(UnreadableInput, match=named):
        figures_from_json(changed(path, value))


@pytest.mark.parametrize("missing", ["definition", "period", "total"])
def test_a_count_without_period_or_definition_is_no_figure(missing: str) -> None:
    data = json.loads(json.dumps(GOOD))
    del data["counts"][missing]
    with pytest.raises(UnreadableInput, match=missing):
        figures_from_json(data)


@pytest.mark.parametrize("text", ["", "{", "[]", "17", "\x00"])
def test_what_is_no_json_object_is_refused(text: str) -> None:
    with pytest.raises(UnreadableInput):
        read_figures(text)
