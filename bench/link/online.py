"""Measures one new report against a full index: how long until it is linked and on disk.

Usage: online.py REPORTS.jsonl [NEW]   The last NEW reports of the file (2,000 when not said) are the new ones; all
before them fill the index, and a night with the DuckDB engine puts them in order. Prints times of searching and
keeping together, of the same without waiting for the disk, and of one empty durable write on this disk.
"""

import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import numpy as np

from lightkeeper.core.report import Report, read_reports
from lightkeeper.link.engines import duckdb
from lightkeeper.link.engines.index import Index
from lightkeeper.link.online.store import SqliteStore


def fill(folder: Path, reports: list[Report]) -> None:
    """Without waiting for the disk and in few transactions: an index is filled once."""
    start = time.perf_counter()
    store = SqliteStore(folder / "index.sqlite3", durable=False)
    index = Index(store, folder / "images")
    for place, report in enumerate(reports):
        index.add(report)
        if place % 50_000 == 49_999:
            print(f"  {place + 1:,} in, {time.perf_counter() - start:.0f} s", flush=True)
    print(f"filled with {len(index):,} reports in {time.perf_counter() - start:.0f} s", flush=True)
    start = time.perf_counter()
    suspects = index.run_night(duckdb.link_files)
    print(f"the night: {suspects:,} suspects in {time.perf_counter() - start:.0f} s", flush=True)
    index.close()


def measure(folder: Path, reports: list[Report], durable: bool) -> tuple[np.ndarray, int]:
    index = Index(SqliteStore(folder / "index.sqlite3", durable=durable), folder / "images")
    times, linked = [], 0
    for report in reports:
        start = time.perf_counter()
        answer = index.add(report)
        times.append((time.perf_counter() - start) * 1000)
        linked += answer.suspect != f"S-{report.id}"
    index.close()
    return np.array(times), linked


def empty_writes(folder: Path, count: int = 200) -> np.ndarray:
    """What this disk takes for one small durable transaction, whoever asks."""
    times = []
    with closing(sqlite3.connect(folder / "empty.sqlite3", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE one (a)")
        for number in range(count):
            start = time.perf_counter()
            database.execute("INSERT INTO one VALUES (?)", (number,))
            times.append((time.perf_counter() - start) * 1000)
    return np.array(times)


def say(what: str, times: np.ndarray) -> None:
    print(f"{what:44} p50 {np.median(times):7.2f} ms   p99 {np.quantile(times, 0.99):7.2f} ms")


def main(path: Path, new: int = 2_000) -> None:
    with path.open("rb") as file:
        reports = list(read_reports(file))
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        fill(folder, reports[:-new])
        half = new // 2
        durable, linked = measure(folder, reports[-new:-half], durable=True)
        quick, more = measure(folder, reports[-half:], durable=False)
        say("searched, linked and durably kept", durable)
        say("the same without waiting for the disk", quick)
        say("one empty durable write on this disk", empty_writes(folder))
        print(f"{linked + more:,} of {new:,} new reports joined a known suspect at once")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(word.replace("_", "")) for word in sys.argv[2:]))
