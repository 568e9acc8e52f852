"""Breaks it on purpose, for long, and writes the figures into docs/explanation/trust.md.

Usage: run.py [--reports N] [--seconds S] [--seed N] [--dry]   (1,000 reports, 60 seconds, seed 1 when not said)
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

TOP = Path(__file__).parents[2]
sys.path.insert(0, str(TOP))

from tests.postgres import running_cluster, there_is_postgres  # noqa: E402 # the folder of the tests is found first
from tests.sites import build_house, serve  # noqa: E402
from tests.trust.load import press  # noqa: E402
from tests.trust.test_faults import run_on_postgres, run_on_sqlite  # noqa: E402
from tests.trust.theft import plant, traces  # noqa: E402

PAGE = TOP / "docs/explanation/trust.md"
Row = tuple[str, str, str]


def faults(options: argparse.Namespace) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        done = run_on_sqlite(Path(folder), options.reports, options.seed)
        yield say_faults("workers and drainers killed (SQLite)", done)
    if there_is_postgres():
        with tempfile.TemporaryDirectory() as folder, running_cluster() as cluster:
            done = run_on_postgres(Path(folder), cluster, options.reports, options.seed)
            yield say_faults("workers, drainers and the database server killed (PostgreSQL)", done)


def say_faults(what: str, done: object) -> Row:
    from tests.trust.faults import Outcome

    assert isinstance(done, Outcome)
    tried = f"{done.sent:,} reports, {done.kills:,} × kill -9, {done.seconds:.0f} s"
    found = f"{done.acknowledged:,} acknowledged; {done.lost} lost, {done.twice} twice, {done.unopened} unopenable"
    return what, tried, found


def theft(options: argparse.Namespace) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        house = build_house(Path(folder))
        with serve(house, "public", workers=2, MOST_REPORTS="1000000") as site:
            planted = plant(site, options.reports)
            running = traces(house.folder)
        found = f"{len(running)} files readable while running, {len(traces(house.folder))} after"
        yield "the public server's disk stolen", f"{planted:,} reports, answers and feedback with canaries", found


def load(options: argparse.Namespace) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        house = build_house(Path(folder))
        with serve(house, "public", workers=2, MOST_REPORTS="1000000") as site:
            yield say_load("100 at once (SQLite)", site, options)
    if there_is_postgres():
        from tests.trust.faults import prepared_inbox

        with tempfile.TemporaryDirectory() as folder, running_cluster() as cluster:
            house = build_house(Path(folder))
            _, address = prepared_inbox(house, cluster)
            with serve(house, "public", workers=2, MOST_REPORTS="1000000", INBOX_URL=address) as site:
                yield say_load("100 at once (PostgreSQL)", site, options)


def say_load(what: str, site: object, options: argparse.Namespace) -> Row:
    done = press(site, 100, options.seconds, options.seed)  # type: ignore[arg-type]
    third = len(done.memory) // 3
    early, late = max(done.memory[third : 2 * third]), max(done.memory[2 * third :])
    found = (
        f"{len(done.wrong)} errors; {done.reports:,} reports kept; p99 {done.p99:,.0f} ms (the clients share the two "
        f"cores); memory {early:.0f} MB in the middle third, {late:.0f} MB in the last"
    )
    return what, f"{len(done.times):,} visits in {options.seconds:.0f} s", found


PARTS: tuple[Callable[[argparse.Namespace], Iterator[Row]], ...] = (faults, theft, load)


def write_page(rows: list[Row], options: argparse.Namespace, seconds: float) -> str:
    head = f"""# What was tried, and what came of it
<!-- written by `./dev bench trust`; do not edit -->

Run on {datetime.now(UTC):%d %B %Y}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python
{platform.python_version()}, seed {options.seed}, {seconds / 60:.0f} minutes. The short forms of all of it run in the test
suite (`tests/trust`), and each has a test of its judge: a count or a search that could not fail would prove nothing.

| what was done | how much | what came of it |
| --- | --- | --- |
"""
    table = "\n".join(f"| {what} | {tried} | {found} |" for what, tried, found in rows)
    return head + table + "\n" + WHERE


WHERE = """
## Where the rest is tried
| what | tests |
| --- | --- |
| the public site's rights in the database, its imports, its environment | `tests/web/public/test_promise_2_public_site_cannot_read_reports.py` |
| pictures in every disguise | `tests/web/public/test_promise_3_no_image_comes_in.py` |
| database away, spool, disk full, idempotent sending | `tests/web/shared/test_accepted_means_kept.py`, `tests/web/public/test_report_pages.py` |
| who may do what: every address, role, team, restricted, held | `tests/web/team` |
| edits, deletions, reorders and cuts of the log | `tests/desk`, `lightkeeper verify audit` |
| backups: whole, consistent while written to, unreadable, damaged, hostile | `tests/cli/test_backup.py` |
| commands where there is no network at all | `tests/trust/test_no_network.py` |
| hostile chat exports | `tests/check/exports` |
| small cells over all publications, attacked by linear programming | `tests/watch/test_promise_4_no_small_number_no_held_case.py` |
| locked, hashed, licensed, reproducible | `tests/house/test_supply.py` |

## What was not tried
A power cut at every single write (a shim below the file system), ten minutes of load on a machine of its own, atheris for
hours, and a person who attacks it with intent. Each would be welcome.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dry", action="store_true", help="print the page and write nothing")
    options = parser.parse_args()
    begin, rows = time.monotonic(), []
    for part in PARTS:
        for row in part(options):
            rows.append(row)
            print(" | ".join(row), flush=True)
    page = write_page(rows, options, time.monotonic() - begin)
    if options.dry:
        print(page)
    else:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
