"""Measures one new report against a full index: how long until it is linked and on disk.

    python bench/link/online.py REPORTS.jsonl SUSPECTS.csv [--new 2000] [--weights weights.json] [--folder DIR]
                                [--postgres ADDRESS] [--truth truth.csv]

The last NEW reports of the file are the new ones; all before them fill the index, each with the suspect that
SUSPECTS.csv names (`assignments.csv` of `lightkeeper link`, or the generator's `truth.csv`). Prints the time until
a report is linked and durably kept (p50 and p99, and of the processor alone), the same without waiting for the
disk, and what one empty durable write takes on this disk. With `--truth`, says how many joined at once, and how
many rightly. An index that is in the folder already is not filled again.
"""

import argparse
import csv
import sqlite3
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import numpy as np

from lightkeeper.core.report import Report, read_reports
from lightkeeper.link.engines.index import Index
from lightkeeper.link.online.night import beliefs_of
from lightkeeper.link.online.store import Store, open_postgres, open_sqlite
from lightkeeper.link.write import read_weights

Times = list[tuple[float, float]]  # milliseconds by the clock, and of the processor


def main() -> None:
    options = read_options()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "filled").exists():
            fill(options, folder)
        with options.reports.open("rb") as file:
            new = list(deque(read_reports(file), options.new)) if options.new else []
        half = len(new) // 2
        truth = read_csv(options.truth) if options.truth else {}
        right = Right(options, truth)
        if not options.postgres:
            say("an empty durable write on this disk", empty_writes(folder))
        say("a report searched, linked and durably kept", measure(options, folder, new[:half], True, right))
        say("the same without waiting for the disk", measure(options, folder, new[half:], False, right))
        right.say(len(new))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("suspects", type=Path)
    parser.add_argument("--new", type=int, default=2_000)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--postgres")
    parser.add_argument("--truth", type=Path)
    return parser.parse_args()


def open_store(options: argparse.Namespace, folder: Path, filling: bool = False) -> Store:
    if options.postgres:
        return open_postgres(options.postgres)
    return open_sqlite(folder / "index.sqlite3", filling, staying=not filling)


def fill(options: argparse.Namespace, folder: Path) -> None:
    start, used = time.perf_counter(), time.process_time()
    index = Index(open_store(options, folder, filling=True), folder / "pictures", keep_bodies=False)
    suspects = read_csv(options.suspects)
    with options.reports.open("rb") as file:
        count = index.fill(all_but_last(read_reports(file), options.new), suspects)
    if options.weights:
        table, worlds = read_weights(options.weights)
        index.settle({}, beliefs_of(table), worlds)
    index.close()
    (folder / "filled").touch()
    spent = f"{time.process_time() - used:.0f} s of processor, {time.perf_counter() - start:.0f} s by the clock"
    print(f"filled with {count:,} reports: {spent}", flush=True)


def all_but_last(reports: Iterable[Report], last: int) -> Iterator[Report]:
    waiting: deque[Report] = deque()
    for place, report in enumerate(reports):
        waiting.append(report)
        if place % 100_000 == 99_999:
            print(f"  {place + 1:,}", flush=True)
        if len(waiting) > last:
            yield waiting.popleft()


def read_csv(path: Path) -> dict[str, str]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        return dict(rows)  # type: ignore[arg-type]


class Right:
    """How many new reports joined a suspect, and whether the report they were linked with is the same man's."""

    def __init__(self, options: argparse.Namespace, truth: Mapping[str, str]) -> None:
        self._truth = truth
        self._there = set[str]()
        if truth:
            with options.reports.open("rb") as file:
                for report in all_but_last(read_reports(file), options.new):
                    self._there.add(truth[report.id])
        self._joined = self._right = self._could = 0

    def look(self, report: str, linked: tuple[str, ...]) -> None:
        self._joined += bool(linked)
        if self._truth:
            self._could += self._truth[report] in self._there
            self._there.add(self._truth[report])
            self._right += any(self._truth[one] == self._truth[report] for one in linked)

    def say(self, new: int) -> None:
        print(f"{self._joined:,} of {new:,} new reports joined a suspect at once", end="")
        if self._truth:
            print(f", {self._right:,} of them rightly; {self._could:,} are of an offender who was there", end="")
        print()


def measure(
    options: argparse.Namespace, folder: Path, reports: list[Report], durable: bool, right: Right
) -> Times:
    store = open_store(options, folder)
    if not durable:
        store.put("SET synchronous_commit = off") if options.postgres else store.ask("PRAGMA synchronous=OFF")
    index = Index(store, folder / "pictures", keep_bodies=False)
    times = []
    for report in reports:
        start, used = time.perf_counter(), time.process_time()
        answer = index.add(report)
        times.append(((time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000))
        joined = [link for link in answer.links if link.strength == "linked"]
        right.look(report.id, tuple(link.a if link.b == report.id else link.b for link in joined))
    index.close()
    return times[min(50, len(times) // 10) :]  # the first ones compile the search and fill the cache


def empty_writes(folder: Path, count: int = 500) -> Times:
    """What this disk takes for one small durable transaction, whoever asks."""
    times = []
    with closing(sqlite3.connect(folder / "empty.sqlite3", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE IF NOT EXISTS one (a)")
        for number in range(count):
            start, used = time.perf_counter(), time.process_time()
            database.execute("INSERT INTO one VALUES (?)", (number,))
            times.append(((time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000))
    return times


def say(what: str, times: Times) -> None:
    clock, processor = np.array(times).T
    print(
        f"{what:44} p50 {np.median(clock):6.2f} ms  p99 {np.quantile(clock, 0.99):6.2f} ms"
        f"   processor p50 {np.median(processor):5.2f} ms  p99 {np.quantile(processor, 0.99):5.2f} ms",
        flush=True,
    )


if __name__ == "__main__":
    main()
