"""What is put on the figures pages: charts that can be read out, tables with the same numbers, downloads."""

import csv
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from importlib.resources import files

import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.report import Report, read_reports
from lightkeeper.watch.chart import Bar, Mark, Point, bar_chart, line_chart
from lightkeeper.watch.compare import compare_tables
from lightkeeper.watch.counts import count_reports
from lightkeeper.watch.events import Event, EventKind, warn_of_events
from lightkeeper.watch.figures import public_figures, team_figures, weekly_chart
from lightkeeper.watch.ledger import Ledger
from lightkeeper.watch.page import page_from_json
from lightkeeper.watch.period import Period
from lightkeeper.watch.publish import publish

SVG = "{http://www.w3.org/2000/svg}"
YEAR = Period(date(2022, 10, 1), date(2023, 9, 30))


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    text = files("lightkeeper.cli").joinpath("demo_reports", "wiltshire-2021-2023.jsonl").read_text("utf-8")
    return list(read_reports(text.splitlines()))


def test_an_open_figure_says_the_same_in_the_chart_the_table_and_the_download(reports: list[Report]) -> None:
    page = public_figures(publish(count_reports(reports, YEAR, ("platform",), area="wiltshire"), Ledger()))
    assert page.title == "About 155 reports from 1 October 2022 to 30 September 2023 in Wiltshire"
    assert ("Instagram", "about 70") in page.rows
    assert page.rows[-1] == ("All", "about 155")
    words = [one.text for one in ET.fromstring(page.svg).iter(f"{SVG}text")]
    table = list(csv.reader(line for line in page.csv.splitlines() if not line.startswith("#")))
    for name, number in page.rows[:-1]:
        assert name in words
        assert number in words
        assert [name.lower(), number] in table


def test_an_open_figure_holds_no_true_count(reports: list[Report]) -> None:
    table = count_reports(reports, YEAR, ("platform",), area="wiltshire")
    page = public_figures(publish(table, Ledger()))
    everything = " ".join((page.title, *page.summary, page.csv, *(" ".join(row) for row in page.rows)))
    for true in ("153", " 68", " 46", " 14"):
        assert true not in everything
    assert 'width="68' not in page.svg


def test_the_length_of_a_bar_does_not_tell_a_small_number_either() -> None:
    chart = ET.fromstring(bar_chart("t", "d", [Bar("A", None, "fewer than 5"), Bar("B", 20, "about 20")]))
    assert len(list(chart.iter(f"{SVG}rect"))) == 1


def test_a_chart_can_be_read_out() -> None:
    for svg in (
        bar_chart("A finding", "A: 3.", [Bar("A", 3, "3")], "one"),
        line_chart(
            "A finding",
            "From 3 to 5.",
            [Point("W1", 3), Point("W2", 5, 1, 6, True)],
            [Mark("New form", 0, 1)],
            "one",
        ),
    ):
        chart = ET.fromstring(svg)
        assert chart.get("role") == "img"
        assert chart.get("aria-labelledby") == "one-title one-description"
        assert chart[0].tag == f"{SVG}title"
        assert chart[0].text == "A finding"
        assert chart[1].tag == f"{SVG}desc"
        assert "style=" not in svg, "a strict content policy would drop it"


def test_what_people_wrote_cannot_break_out_of_a_chart() -> None:
    svg = bar_chart('<script>"', "&<b>", [Bar("<script>alert(1)</script>", 1, "1")], 'a"b')
    assert "<script" not in svg
    ET.fromstring(svg)


def test_the_team_sees_the_comparison_and_what_else_may_explain_it(reports: list[Report]) -> None:
    table = count_reports(reports, YEAR, ("age",), area="wiltshire")
    before = count_reports(reports, YEAR.year_before(), area="wiltshire")
    campaign = Event(EventKind.CAMPAIGN, "A week of films", Period(date(2023, 2, 6), date(2023, 2, 10)))
    page = team_figures(table, compare_tables(table, before), [campaign])
    assert "up 82 per cent" in page.summary[0]
    assert "normally rise after a campaign" in page.summary[1]
    assert "never to be sent on" in page.csv
    assert page.rows[-1] == ("All", "153")


def test_an_open_figure_crosses_to_the_public_site_as_json(reports: list[Report]) -> None:
    page = public_figures(publish(count_reports(reports, YEAR, ("age",)), Ledger()))
    assert page_from_json(json.loads(json.dumps(page.as_json()))) == page
    with pytest.raises(UnreadableInput):
        page_from_json({"title": "no rows"})


def test_the_public_site_needs_no_arithmetic_to_show_a_figure() -> None:
    code = "import sys, lightkeeper.watch.page; sys.exit('numpy' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_event_outside_the_period_explains_nothing() -> None:
    event = Event(EventKind.HOLIDAY, "Summer", Period(date(2021, 7, 1), date(2021, 8, 31)))
    assert warn_of_events([event], YEAR) == []


def test_a_weekly_chart_names_the_unusual_weeks() -> None:
    svg = weekly_chart("Reports", ["W1", "W2", "W3"], [2, 3, 11], [(0, 5)] * 3, [False, False, True])
    chart = ET.fromstring(svg)
    assert "Unusually many in W3" in str(chart[1].text)
    assert len(list(chart.iter(f"{SVG}circle"))) == 1


def test_a_download_says_what_it_counts(reports: list[Report]) -> None:
    page = public_figures(publish(count_reports(reports, YEAR, ("platform",)), Ledger()))
    head = [line for line in page.csv.splitlines() if line.startswith("#")]
    assert any("all-1" in line for line in head)
    assert any("2022-10-01" in line for line in head)
    assert any("small-numbers-1" in line for line in head)
    assert any("do not add up" in line for line in head)
    assert page.file_name == "figures-all-platform-2022-10-01-2023-09-30.csv"


def test_a_download_runs_nothing_in_a_spreadsheet(reports: list[Report]) -> None:
    table = count_reports([*reports[:3]], None, ("platform",))
    from dataclasses import replace

    evil = replace(table, cells=(replace(table.cells[0], key=("=1+1",)),))
    assert "\n'=1+1," in team_figures(evil).csv
