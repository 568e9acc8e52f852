"""Parts of the trust bench: the server stolen, many at once, a backup brought back."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from ground import Row, empty_folder, on_both
from tests.postgres import running_cluster, there_is_postgres
from tests.sites import Site
from tests.trust.load import Load, press
from tests.trust.theft import plant, traces


def theft(options: argparse.Namespace) -> Iterator[Row]:
    def work(name: str, folders: list[Path], site: Site) -> Row:
        planted = plant(site, options.reports if name == "SQLite" else options.reports // 4)
        found = [trace for folder in folders for trace in traces(folder)]
        return (
            f"the public server's disk stolen while it runs ({name})",
            f"{planted:,} reports, answers and words of feedback with canaries; every file of the site and the "
            "database byte for byte, as text, UTF-16, hex, base64, and inside compressed blocks",
            f"{len(found)} files in which one can be read",
        )

    yield from on_both(work)


def load(options: argparse.Namespace) -> Iterator[Row]:
    def work(name: str, folders: list[Path], site: Site) -> Row:
        return say_load(
            f"100 at once, reading and reporting ({name})", press(site, 100, options.seconds, options.seed)
        )

    yield from on_both(work)


def say_load(what: str, done: Load) -> Row:
    third = len(done.memory) // 3
    early, late = max(done.memory[third : 2 * third]), max(done.memory[2 * third :])
    found = (
        f"{len(done.wrong)} errors; {done.reports:,} reports kept; median {done.quantile(0.5):,.0f} ms, "
        f"p99 {done.p99:,.0f} ms (the clients share the cores); memory {early:.0f} MB in the middle third, "
        f"{late:.0f} MB in the last"
    )
    return what, f"{len(done.times):,} visits in {done.seconds:.0f} s", found


def restore(options: argparse.Namespace) -> Iterator[Row]:
    from restoring import run

    with empty_folder() as folder:
        yield say_restore("SQLite", run(folder, options.cases))
    if there_is_postgres():
        with empty_folder() as folder, running_cluster() as cluster:
            here, there = cluster.url(cluster.new_database()), cluster.url(cluster.new_database())
            yield say_restore("PostgreSQL", run(folder, options.cases, here, there))


def say_restore(name: str, done: dict[str, float]) -> Row:
    return (
        f"backup and restore of a casebook that is written to ({name})",
        f"{done['cases']:,.0f} cases, {done['meanwhile']:.0f} more while the backup was made",
        f"backup {done['backing_up']:.1f} s ({done['size']:.0f} MB sealed), restore {done['restoring']:.1f} s; "
        f"{done['missing']:.0f} missing; the log holds",
    )
