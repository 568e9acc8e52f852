"""Whatever is killed, an acknowledged report is there, once, and opens."""

import random
from pathlib import Path

import pytest
from tests.postgres import Cluster, there_is_postgres
from tests.sites import House, Site, build_house
from tests.trust.faults import (
    Kill,
    Outcome,
    break_on_postgres,
    break_on_sqlite,
    check,
    count_outcome,
    kill_a_worker,
    kill_postgres,
)

FEW = 150


def run_on_sqlite(folder: Path, count: int, seed: int, pause: float = 0.3) -> Outcome:
    """`pause`: the mean time between two kills, in seconds."""
    return break_on_sqlite(folder, lambda site, dice: [lambda: kill_a_worker(site, dice)], count, seed, pause)


def run_on_postgres(folder: Path, cluster: Cluster, count: int, seed: int, pause: float = 0.3) -> Outcome:
    def fires(site: Site, dice: random.Random) -> list[Kill]:
        return [lambda: kill_a_worker(site, dice), lambda: kill_postgres(cluster, dice.uniform(0, 2))]

    return break_on_postgres(folder, cluster, fires, count, seed, pause)


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
