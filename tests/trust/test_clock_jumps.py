"""The clock of real servers jumps while reports come in: none is lost, none is twice, each opens.

What each jump means for one form is tried in `tests/web/public/test_clock.py`; here whole servers, both databases
and the drainer of the spool live through many.
"""

import random
import time
import urllib.request
from pathlib import Path

import pytest
from tests.postgres import Cluster, running_cluster, there_is_postgres
from tests.sites import build_house, serve
from tests.trust.clock import Clock, clocks_can_be_set, own_clock
from tests.trust.faults import (
    Kill,
    Outcome,
    break_on_postgres,
    break_on_sqlite,
    check,
    count_outcome,
    envelopes_in_sqlite,
    kill_postgres,
)
from tests.trust.reporting import ask, fill_in, send

HOUR, DAY = 3600, 86_400
# What a summer hour, a wrong zone or a time server do; between any two of them a page of a day ago stays good.
JUMPS = (0, -90, HOUR, -HOUR, 11 * HOUR, -11 * HOUR)
FEW = 60

PAUSE = 0.1  # seconds between two jumps, on average

pytestmark = pytest.mark.skipif(not clocks_can_be_set(), reason="no C compiler on this machine")


def run_on_sqlite(folder: Path, clock: Clock, count: int, seed: int) -> Outcome:
    return break_on_sqlite(folder, lambda _, dice: [jump(clock, dice)], count, seed, PAUSE, clock.before)


def run_on_postgres(folder: Path, clock: Clock, cluster: Cluster, count: int, seed: int) -> Outcome:
    """The database server has the same clock, and is killed now and then so that the spool is used."""
    fires = lambda _, dice: [*[jump(clock, dice)] * 20, lambda: kill_postgres(cluster, dice.uniform(0, 1))]  # noqa: E731
    return break_on_postgres(folder, cluster, fires, count, seed, PAUSE, clock.before)


def jump(clock: Clock, dice: random.Random) -> Kill:
    return lambda: clock.jump(dice.choice(JUMPS))


def test_on_sqlite(tmp_path):
    with own_clock() as clock:
        check(run_on_sqlite(tmp_path, clock, FEW, seed=1))


@pytest.mark.postgres
@pytest.mark.skipif(not there_is_postgres(), reason="no PostgreSQL on this machine")
def test_on_postgres_with_the_same_clock(tmp_path):
    with own_clock() as clock, running_cluster(before=clock.before) as cluster:
        clock.jump(730 * DAY)
        with cluster.connect() as connection:
            row = connection.execute("SELECT extract(year FROM now())::int").fetchone()
        assert row == (time.gmtime().tm_year + 2,)
        clock.jump(0)
        check(run_on_postgres(tmp_path, clock, cluster, FEW, seed=2))


def test_a_jump_of_years_is_said_plainly_and_costs_nothing_that_was_kept(tmp_path):
    house = build_house(tmp_path)
    with own_clock() as clock, serve(house, "public", before=clock.before) as site:
        first = send(site.address, fill_in(site.address, "Report number 000001: somebody threatens."))
        assert first.acknowledged
        for far in (730 * DAY, -20_000 * DAY):
            clock.jump(0)
            kept = fill_in(site.address, "Report number 000002: somebody threatens.")
            clock.jump(far)
            told = send(site.address, kept)
            assert (told.status, told.acknowledged, "begin again" in told.page) == (200, False, True)
        clock.jump(0)
        assert ask(f"{site.address}/replies", {"words": first.words}).status == 200
    outcome = count_outcome(house, envelopes_in_sqlite(house), {1}, 1, 1, 0)
    assert outcome.holds


def test_the_clock_really_jumps(tmp_path):
    """The judge itself: the server must see another time than we do."""
    house = build_house(tmp_path)
    with own_clock() as clock, serve(house, "public", before=clock.before) as site:
        clock.jump(730 * DAY)
        with urllib.request.urlopen(site.address) as answer:
            assert str(time.gmtime().tm_year + 2) in answer.headers["Date"]
