"""Parts of the trust bench: processes and the database killed, the power cut."""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from ground import Row, empty_folder
from tests.postgres import Cluster, running_cluster, there_is_postgres
from tests.sites import build_house, serve
from tests.trust.clock import clocks_can_be_set, own_clock
from tests.trust.faults import (
    MANY,
    Outcome,
    count_outcome,
    envelopes_in_postgres,
    kill_postgres,
    prepared_inbox,
    send_under_fire,
    wait_for_an_empty_spool,
)
from tests.trust.power.cuts import cut_the_power, cut_the_power_of_postgres
from tests.trust.power.traced import can_be_traced
from tests.trust.test_clock_jumps import run_on_postgres as jump_on_postgres
from tests.trust.test_clock_jumps import run_on_sqlite as jump_on_sqlite
from tests.trust.test_faults import run_on_postgres, run_on_sqlite

PAUSE = 0.5  # seconds between two kills, in the mean; a killed worker takes about one to come back


def faults(options: argparse.Namespace) -> Iterator[Row]:
    with empty_folder() as folder:
        done = run_on_sqlite(folder, options.reports, options.seed, PAUSE)
        yield say_faults("workers and drainers killed (SQLite)", done)
    if there_is_postgres():
        with empty_folder() as folder, running_cluster() as cluster:
            done = run_on_postgres(folder, cluster, options.reports, options.seed, PAUSE)
            yield say_faults("workers, drainers and the database server killed (PostgreSQL)", done)
        with empty_folder() as folder, running_cluster() as cluster:
            yield say_faults(
                "the database away for 60 seconds (PostgreSQL)", away_for_a_minute(folder, cluster, options)
            )
    if clocks_can_be_set():
        yield from clock_jumps(options)


def clock_jumps(options: argparse.Namespace) -> Iterator[Row]:
    with empty_folder() as folder, own_clock() as clock:
        done = jump_on_sqlite(folder, clock, options.reports, options.seed)
        yield say_jumps("the clock of the servers set by 90 seconds to 11 hours, back and forward (SQLite)", done)
    if there_is_postgres():
        with empty_folder() as folder, own_clock() as clock, running_cluster(before=clock.before) as cluster:
            done = jump_on_postgres(folder, clock, cluster, options.reports, options.seed)
            yield say_jumps(
                "the same, the database server's clock too, and it is killed now and then (PostgreSQL)", done
            )


def say_jumps(what: str, done: Outcome) -> Row:
    _, _, found = say_faults(what, done)
    return what, f"{done.sent:,} reports, {done.kills:,} jumps or kills, {done.seconds:.0f} s", found


def say_faults(what: str, done: Outcome) -> Row:
    tried = f"{done.sent:,} reports, {done.kills:,} × kill -9, {done.seconds:.0f} s"
    found = f"{done.acknowledged:,} acknowledged; {done.lost} lost, {done.twice} twice, {done.unopened} unopenable"
    return what, tried, found


def away_for_a_minute(folder: Path, cluster: Cluster, options: argparse.Namespace) -> Outcome:
    """The server is killed once and stays away for a minute while reports go on."""
    house, begin, once = build_house(folder), time.monotonic(), []
    name, address = prepared_inbox(house, cluster)

    def kill_once() -> None:
        if not once:
            once.append(True)
            kill_postgres(cluster, 60)

    with serve(house, "public", workers=2, MOST_REPORTS=MANY, INBOX_URL=address) as site:
        acknowledged, _ = send_under_fire(site, options.reports, [kill_once], options.seed, pause=0.5)
        wait_for_an_empty_spool(house, 60)
        found = envelopes_in_postgres(cluster, name)
    seconds = time.monotonic() - begin
    return count_outcome(house, found, acknowledged, options.reports, len(once), seconds)


def cuts(options: argparse.Namespace) -> Iterator[Row]:
    with empty_folder() as folder:
        done = cut_the_power(folder, options.cut_reports, options.cuts, options.seed)
        how = (
            "after each, what was not synced lost, kept or torn" if not options.cuts else "at moments drawn by lot"
        )
        yield (
            "the power cut during the whole way of a report: slot, spool, drainer, tray, casebook, log (SQLite)",
            f"{done['writes']:,.0f} writes, syncs, renames and removals; {done['cuts']:,.0f} cuts: {how}",
            f"{done['acknowledged']:,.0f} acknowledged; {done['lost']:.0f} lost, {done['twice']:.0f} twice, "
            f"{done['unopened']:.0f} unopenable, {done['broken']:.0f} databases or logs broken",
        )
    with empty_folder() as folder:
        done = cut_the_power(folder, 6, 60, options.seed, careless=True)
        yield (
            "the same with every sync left out, to see that the count can fail",
            f"{done['cuts']:,.0f} cuts",
            f"{done['lost']:,.0f} losses were seen",
        )
    if there_is_postgres() and can_be_traced():
        yield say_postgres_cuts(options)
        done = cut_the_power_of_postgres(6, 60, options.seed, careless=True)
        yield (
            "the same with fsync off, to see that the count can fail",
            f"{done['cuts']:,.0f} cuts",
            f"{done['lost']:,.0f} losses were seen, and {done['broken']:.0f} servers that did not come up whole",
        )


def say_postgres_cuts(options: argparse.Namespace) -> Row:
    done = cut_the_power_of_postgres(options.cut_reports, options.postgres_cuts, options.seed)
    how = "three after each" if not options.postgres_cuts else "at moments drawn by lot"
    return (
        "the same way of a report with the power cut below PostgreSQL: the writes of its processes to its log, "
        "tables and control file, and those of the spool; then the server started on what was left, and every "
        "table and index checked (amcheck)",
        f"{done['writes']:,.0f} writes, syncs, renames and removals; {done['cuts']:,.0f} cuts, {how}: what was "
        "not synced lost, kept or torn",
        f"{done['acknowledged']:,.0f} acknowledged; {done['lost']:.0f} lost, {done['twice']:.0f} twice, "
        f"{done['unopened']:.0f} unopenable, {done['broken']:.0f} databases or logs broken",
    )
