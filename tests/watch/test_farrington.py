"""Farrington Flexible alarms where R's does: data/surveillance.csv was made by bench/watch/peer.R (1.20.3)."""

import csv
from pathlib import Path

import numpy as np
import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.watch import ears
from lightkeeper.watch.chance import Counts
from lightkeeper.watch.farrington import Settings, judge_weeks, seasons_of

DATA = Path(__file__).parent / "data"
WEEKS = 49


@pytest.fixture(scope="module")
def counts() -> Counts:
    return np.loadtxt(DATA / "weekly.csv", delimiter=",", dtype=np.int64)


@pytest.fixture(scope="module")
def recorded() -> dict[str, np.ndarray]:
    with (DATA / "surveillance.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    as_number = {"TRUE": "1", "FALSE": "0", "NA": "nan"}
    return {
        name: np.array([float(as_number.get(row[name], row[name])) for row in rows]).reshape(-1, WEEKS)
        for name in ("farrington", "upper", "p", "C1", "C2")
    }


def test_it_alarms_in_the_weeks_in_which_r_alarms(counts: Counts, recorded: dict[str, np.ndarray]) -> None:
    assert recorded["farrington"].sum() >= 10, "a peer that never alarms proves nothing"
    same = judge_weeks(counts, WEEKS).alarm == (recorded["farrington"] == 1)
    assert same.mean() >= 0.99


def test_upper_bound_and_p_are_rs(counts: Counts, recorded: dict[str, np.ndarray]) -> None:
    judged = judge_weeks(counts, WEEKS)
    assert np.array_equal(np.isnan(judged.upper), np.isnan(recorded["upper"]))
    judged_there = ~np.isnan(recorded["upper"])
    assert (judged.upper == recorded["upper"])[judged_there].mean() >= 0.99
    # R stops its fits at a relative change of 1e-8 in deviance, which shows in nearly empty series.
    assert np.abs(judged.p - recorded["p"]).max() < 5e-3


def test_ears_c1_and_c2_alarm_in_the_weeks_in_which_r_alarms(
    counts: Counts, recorded: dict[str, np.ndarray]
) -> None:
    for rule in (ears.Rule.C1, ears.Rule.C2):
        assert np.array_equal(ears.judge_weeks(counts, WEEKS, rule), recorded[str(rule)] == 1)


def test_the_year_is_cut_into_ten_seasons_around_the_week_itself() -> None:
    weeks, season = seasons_of(Settings())
    assert (weeks[0], weeks[-1], len(weeks)) == (-263, -27, 237)
    assert set(season[np.isin(weeks, [-260, -208, -156, -104, -52, -55, -49])]) == {9}
    sizes = np.bincount(season[(weeks >= -260) & (weeks < -208)])
    assert sizes.sum() == 52


def test_too_few_cases_are_never_an_alarm() -> None:
    nearly_empty = np.zeros((1, 313), dtype=np.int64)
    nearly_empty[0, -1] = 4
    judged = judge_weeks(nearly_empty, 2)
    assert not judged.alarm.any()
    assert np.isnan(judged.upper).all()


def test_a_series_that_is_too_short_is_one_clear_line() -> None:
    with pytest.raises(UnreadableInput, match="263 weeks"):
        judge_weeks(np.ones((1, 300), dtype=np.int64), 49)
