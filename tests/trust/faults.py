"""Kill what can be killed while reports come in, then count: none lost, none twice, none that does not open."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import Cluster
from tests.sites import House, Site, build_house, serve
from tests.trust.reporting import fill_in_until_it_works, send

from lightkeeper.core.errors import CannotOpen
from lightkeeper.report.seal import open_envelope

Kill = Callable[[], None]
Fires = Callable[[Site, random.Random], list[Kill]]  # what may be broken at a site, by chance
MANY = "1000000"  # the limit on reports of one network is not what is tried here


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of faults came to."""

    sent: int
    acknowledged: int
    kills: int
    lost: int  # acknowledged, and not there
    twice: int
    unopened: int
    seconds: float

    @property
    def holds(self) -> bool:
        return self.lost == self.twice == self.unopened == 0


def workers_of(site: Site) -> list[int]:
    """The processes that gunicorn's master started."""
    return children_of(site.process.pid)


def children_of(process: int) -> list[int]:
    return [int(number) for number in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def kill_a_worker(site: Site, dice: random.Random) -> None:
    """The drainer of the spool is a thread of a worker, so this kills drainers as well."""
    workers = workers_of(site)
    if workers:
        with suppress(ProcessLookupError):
            os.kill(dice.choice(workers), signal.SIGKILL)


def kill_postgres(cluster: Cluster, away: float) -> None:
    """kill -9 of the database server, as a power cut would; it comes back after `away` seconds."""
    postmaster = int((cluster.socket / "data" / "postmaster.pid").read_text().split()[0])
    family = [postmaster, *children_of(postmaster)]
    for process in family:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    while any(Path(f"/proc/{process}").exists() for process in family):
        time.sleep(0.01)
    time.sleep(away)
    cluster.start_again()


def send_under_fire(
    site: Site, count: int, kills: list[Kill], seed: int, pause: float, clients: int = 8
) -> tuple[set[int], int]:
    """Send numbered reports from several clients until each is acknowledged, while a thread kills at random.

    `pause` is the mean time between two kills, in seconds. Returns the numbers that were acknowledged, and how
    often something was killed.
    """
    dice, acknowledged, over = random.Random(seed), set[int](), threading.Event()
    killed = 0

    def fire() -> None:
        nonlocal killed
        while not over.wait(dice.uniform(0.1 * pause, 1.9 * pause)):
            dice.choice(kills)()
            killed += 1

    def report(numbers: range) -> None:
        for number in numbers:
            kept = fill_in_until_it_works(site.address, story(number))
            for _ in range(100):
                if send(site.address, kept).acknowledged:
                    acknowledged.add(number)
                    break
                time.sleep(0.05)

    threads = [threading.Thread(target=report, args=(range(place, count, clients),)) for place in range(clients)]
    killer = threading.Thread(target=fire)
    killer.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    over.set()
    killer.join()
    return acknowledged, killed


def story(number: int) -> str:
    return f"Report number {number:06d}: somebody threatens to show a photo."


def count_outcome(
    house: House, sealed: list[bytes], acknowledged: set[int], sent: int, kills: int, seconds: float
) -> Outcome:
    """Open everything that is there and hold it against what was acknowledged."""
    seen: Counter[int] = Counter()
    unopened = 0
    for envelope in sealed:
        try:
            told = json.loads(open_envelope(envelope, [house.team_key.identity]))
            seen[int(told["report"]["narrative"].split()[2].rstrip(":"))] += 1
        except (CannotOpen, ValueError, KeyError, IndexError):
            unopened += 1
    lost = len(acknowledged - seen.keys())
    return Outcome(sent, len(acknowledged), kills, lost, sum(n > 1 for n in seen.values()), unopened, seconds)


def wait_for_an_empty_spool(house: House, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while list((house.folder / "public" / "spool").glob("*.age")):
        assert time.monotonic() < until, "the spool was not drained"
        time.sleep(0.2)


def envelopes_in_sqlite(house: House) -> list[bytes]:
    with closing(sqlite3.connect(house.folder / "inbox.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [bytes(row[0]) for row in database.execute("SELECT sealed FROM inbox_envelope")]


def envelopes_in_postgres(cluster: Cluster, database: str) -> list[bytes]:
    with cluster.connect(database) as connection:
        return [bytes(row[0]) for row in connection.execute("SELECT sealed FROM inbox_envelope")]


def prepared_inbox(house: House, cluster: Cluster) -> tuple[str, str]:
    """A database with the inbox's tables and its insert-only user: its name, and the public site's address."""
    name = cluster.new_database()
    owner = {"LIGHTKEEPER_INBOX_OWNER_URL": cluster.url(name)}
    subprocess.run(
        [sys.executable, "-m", "lightkeeper.cli.main", "prepare", "inbox"],
        env={**os.environ, **house.environment("public"), **owner},
        check=True,
        capture_output=True,
    )
    return name, cluster.url(name, "lightkeeper_public")


def break_on_sqlite(
    folder: Path, fires: Fires, count: int, seed: int, pause: float, before: Sequence[str] = ()
) -> Outcome:
    """A site of its own, sent numbered reports while things break, on average once in `pause` seconds.

    `before`: words in front of the server's command.
    """
    house, begin = build_house(folder), time.monotonic()
    with serve(house, "public", workers=2, before=before, MOST_REPORTS=MANY) as site:
        acknowledged, times = send_under_fire(site, count, fires(site, random.Random(seed)), seed, pause)
        wait_for_an_empty_spool(house)
    seconds = time.monotonic() - begin
    return count_outcome(house, envelopes_in_sqlite(house), acknowledged, count, times, seconds)


def break_on_postgres(
    folder: Path, cluster: Cluster, fires: Fires, count: int, seed: int, pause: float, before: Sequence[str] = ()
) -> Outcome:
    """The same with its inbox on PostgreSQL."""
    house, begin = build_house(folder), time.monotonic()
    name, address = prepared_inbox(house, cluster)
    with serve(house, "public", workers=2, before=before, MOST_REPORTS=MANY, INBOX_URL=address) as site:
        acknowledged, times = send_under_fire(site, count, fires(site, random.Random(seed)), seed, pause)
        wait_for_an_empty_spool(house)
        found = envelopes_in_postgres(cluster, name)
    return count_outcome(house, found, acknowledged, count, times, time.monotonic() - begin)


def check(outcome: Outcome) -> None:
    assert outcome.kills > 0
    assert outcome.acknowledged == outcome.sent
    assert outcome.holds, outcome
