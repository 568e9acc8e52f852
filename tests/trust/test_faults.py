"""Whatever is killed, an acknowledged report is there, once, and opens."""

import random
import time
from pathlib import Path

import pytest
from tests.postgres import Cluster, there_is_postgres
from tests.sites import House, build_house, serve
from tests.trust.faults import (
    Outcome,
    count_outcome,
    envelopes_in_postgres,
    envelopes_in_sqlite,
    kill_a_worker,
    kill_postgres,
    prepared_inbox,
    send_under_fire,
    wait_for_an_empty_spool,
)

FEW = 150


def run_on_sqlite(folder: Path, count: int, seed: int, pause: float = 0.3) -> Outcome:
    """`pause`: the mean time between two kills, in seconds."""
    house, dice, begin = build_house(folder), random.Random(seed), time.monotonic()
    with serve(house, "public", workers=2, MOST_REPORTS="1000000") as site:
        acknowledged, kills = send_under_fire(site, count, [lambda: kill_a_worker(site, dice)], seed, pause)
        wait_for_an_empty_spool(house)
    seconds = time.monotonic() - begin
    return count_outcome(house, envelopes_in_sqlite(house), acknowledged, count, kills, seconds)


def run_on_postgres(folder: Path, cluster: Cluster, count: int, seed: int, pause: float = 0.3) -> Outcome:
    house, dice, begin = build_house(folder), random.Random(seed), time.monotonic()
    name, address = prepared_inbox(house, cluster)
    with serve(house, "public", workers=2, MOST_REPORTS="1000000", INBOX_URL=address) as site:
        fires = [lambda: kill_a_worker(site, dice), lambda: kill_postgres(cluster, dice.uniform(0, 2))]
        acknowledged, kills = send_under_fire(site, count, fires, seed, pause)
        wait_for_an_empty_spool(house)
        found = envelopes_in_postgres(cluster, name)
    return count_outcome(house, found, acknowledged, count, kills, time.monotonic() - begin)


def check(outcome: Outcome) -> None:
    assert outcome.kills > 0
    assert outcome.acknowledged == outcome.sent
    assert outcome.holds, outcome


def test_workers_killed_on_sqlite(tmp_path):
    check(run_on_sqlite(tmp_path, FEW, seed=1))


@pytest.mark.postgres
@pytest.mark.skipif(not there_is_postgres(), reason="no PostgreSQL on this machine")
def test_workers_and_the_database_killed_on_postgres(tmp_path):
    from tests.postgres import running_cluster

    with running_cluster() as cluster:  # one of its own: others must not have theirs killed
        check(run_on_postgres(tmp_path, cluster, FEW, seed=2))


def test_the_count_notices_what_is_lost_twice_or_broken(tmp_path):
    """The judge itself: it must be able to fail."""
    from tests.trust.faults import story

    from lightkeeper.report.seal import seal

    house: House = build_house(tmp_path)

    def sealed(number):
        return seal(b'{"report": {"narrative": "%s"}}' % story(number).encode(), [house.team_key.recipient])

    outcome = count_outcome(house, [sealed(1), sealed(1), sealed(2), b"broken"], {1, 2, 3}, 3, 1, 0.0)
    assert (outcome.lost, outcome.twice, outcome.unopened, outcome.holds) == (1, 1, 1, False)
