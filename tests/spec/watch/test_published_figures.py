"""Four figures that police forces have published, counted again from made-up reports of the same number.

This is also the manual: what to call, and what comes back.
"""

from datetime import date
from importlib.resources import files

import pytest

from lightkeeper.core.report import Harm, Report, read_reports
from lightkeeper.watch.compare import compare_tables
from lightkeeper.watch.counts import Known, count_reports, in_order_of_size
from lightkeeper.watch.definition import IMAGE_SHARED, SEXTORTION
from lightkeeper.watch.period import Period


def scenario(name: str) -> list[Report]:
    text = files("lightkeeper.cli").joinpath("demo_reports", f"{name}.jsonl").read_text(encoding="utf-8")
    return list(read_reports(text.splitlines()))


def test_seventeen_reports_since_may() -> None:
    since_may = Period(date(2022, 5, 1), date(2022, 9, 30))
    table = count_reports(
        scenario("gloucestershire-2022-since-may"), since_may, by=("platform",), definition=SEXTORTION
    )
    assert table.total.reports == 17
    assert [cell.key for cell in in_order_of_size(table)][:2] == [("instagram",), ("snapchat",)]
    assert (table.ages.youngest, table.ages.most_common) == (10, 16)
    paid = count_reports(scenario("gloucestershire-2022-since-may"), since_may, by=("paid",))
    assert {cell.key[0] for cell in paid.cells} == {"money lost", "none said"}


def test_153_against_84_is_a_rise_that_chance_does_not_explain() -> None:
    reports = scenario("wiltshire-2021-2023")
    year = Period(date(2022, 10, 1), date(2023, 9, 30))
    found = compare_tables(count_reports(reports, year), count_reports(reports, year.year_before()))
    assert (found.now, found.before) == (153, 84)
    assert (found.now_period.days, found.before_period.days) == (365, 365)
    assert found.ratio == pytest.approx(1.8214, abs=1e-4)
    assert (found.low, found.high) == (pytest.approx(1.387, abs=5e-4), pytest.approx(2.406, abs=5e-4))
    assert found.p == pytest.approx(8.7e-6, abs=5e-8)
    assert found.sentence == (
        "153 reports from 1 October 2022 to 30 September 2023 (365 days), "
        "84 from 1 October 2021 to 30 September 2022 (365 days): up 82 per cent, "
        "1.82 times as many (95 per cent interval 1.39 to 2.41), "
        "a rise that chance does not explain (p = 0.0000087)."
    )


def test_twelve_reports_are_called_by_their_dates_and_not_by_six_weeks() -> None:
    table = count_reports(
        scenario("gloucestershire-2017-six-weeks"),
        Period(date(2017, 11, 20), date(2018, 1, 7)),
        definition=IMAGE_SHARED,
    )
    assert table.total.reports == 12
    assert table.ages.youngest == 8
    assert table.period.days == 49, "seven weeks, whatever the paper said"
    assert table.period.in_words() == "20 November 2017 to 7 January 2018"
    assert table.definition.harms == {Harm.IMAGE_SHARED}


def test_seven_children_of_one_suspect_are_seven_children_and_one_suspect() -> None:
    reports = scenario("cheshire-2023-one-suspect")
    one_man = {f"CH-{number:03d}": "S-1" for number in range(1, 8)}
    assignments = {report.id: one_man.get(report.id, f"S-{report.id}") for report in reports}
    table = count_reports(reports, known=Known(suspects=assignments))
    assert table.total.reports == 47
    assert table.total.suspects == 41
    assert table.cluster_sizes[:2] == (7, 1)


def test_while_the_one_suspect_is_held_none_of_his_seven_children_is_counted() -> None:
    reports = scenario("cheshire-2023-one-suspect")
    one_man = {f"CH-{number:03d}": "S-1" for number in range(1, 8)}
    table = count_reports(reports, known=Known(suspects=one_man, held=frozenset({"CH-001"})))
    assert table.total.reports == 40
