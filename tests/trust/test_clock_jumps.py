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
    Outcome,
    count_outcome,
    envelopes_in_postgres,
    envelopes_in_sqlite,
    kill_postgres,
    prepared_inbox,
    send_under_fire,
    wait_for_an_empty_spool,
)
from tests.trust.reporting import ask, fill_in, send

HOUR, DAY = 3600, 86_400
# What a summer hour, a wrong zone or a time server do; between any two of them a page of a day ago stays good.
JUMPS = (0, -90, HOUR, -HOUR, 11 * HOUR, -11 * HOUR)
FEW = 60

pytestmark = pytest.mark.skipif(not clocks_can_be_set(), reason="no C compiler on this machine")


def run_on_sqlite(folder: Path, clock: Clock, count: int, seed: int) -> Outcome:
    house, dice, begin = build_house(folder), random.Random(seed), time.monotonic()
    with serve(house, "public", workers=2, before=clock.before, MOST_REPORTS="1000000") as site:
        jump = [lambda: clock.jump(dice.choice(JUMPS))]
        acknowledged, jumps = send_under_fire(site, count, jump, seed, pause=0.1)
        wait_for_an_empty_spool(house)
    seconds = time.monotonic() - begin
    return count_outcome(house, envelopes_in_sqlite(house), acknowledged, count, jumps, seconds)


def run_on_postgres(folder: Path, clock: Clock, cluster: Cluster, count: int, seed: int) -> Outcome:
    """The database server has the same clock, and is killed now and then so that the spool is used."""
    house, dice, begin = build_house(folder), random.Random(seed), time.monotonic()
    name, address = prepared_inbox(house, cluster)
    with serve(house, "public", workers=2, before=clock.before, MOST_REPORTS="1000000", INBOX_URL=address) as site:
        jump = lambda: clock.jump(dice.choice(JUMPS))  # noqa: E731 - said once, used twenty times
        fires = [*[jump] * 20, lambda: kill_postgres(cluster, dice.uniform(0, 1))]
        acknowledged, jumps = send_under_fire(site, count, fires, seed, pause=0.1)
        wait_for_an_empty_spool(house)
        found = envelopes_in_postgres(cluster, name)
    return count_outcome(house, found, acknowledged, count, jumps, time.monotonic() - begin)


def check(outcome: Outcome) -> None:
    assert outcome.kills > 0
    assert outcome.acknowledged == outcome.sent
    assert outcome.holds, outcome


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
