"""Measure linking beside its peers, in one run on the same data: quality, CPU, wall, memory, ratios, a drawing.

    ./dev bench link [--reports 10000 100000 1000000] [--seed 101] [--world usual] [--svg FILE] [--only NAME …]

Seed 7 was used to set Splink's threshold and seeds 1 to 99 to set this engine; they are not measured here.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from contenders import CONTENDERS, febrl
from draw import draw_costs
from generate import WORLDS, make
from score import Score, read, score

HERE = Path(__file__).parent
TOO_SLOW = 3_000  # seconds of wall time after which a contender is stopped and named
WANTED = (("b3", 0.95), ("pair", 0.95), ("pair_precision", 0.99))


@dataclass(frozen=True, slots=True)
class Measured:
    """One contender on one set of data; seconds, and megabytes at the peak. No score means that it was stopped."""

    name: str
    data: str
    reports: int
    score: Score | None
    cpu: float
    wall: float
    memory: float


def main() -> None:
    options = read_options()
    with tempfile.TemporaryDirectory(prefix="link-bench-") as temporary:
        rows = []
        for reports in options.reports:
            folder = Path(temporary) / str(reports)
            make(reports, options.seed, folder, options.world)
            rows += [measure(name, folder, f"{options.world} {reports:,}", reports) for name in options.only]
        print_table(rows)
        draw_costs([(row.name, row.reports, row.cpu) for row in rows if row.score], options.svg)
        print_worlds(Path(temporary), min(max(options.reports), 50_000), options.seed)
        print_febrl(Path(temporary) / "febrl")
    print_verdict(rows)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", nargs="+", type=int, default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--world", choices=WORLDS, default="usual")
    parser.add_argument("--only", nargs="+", choices=CONTENDERS, default=list(CONTENDERS))
    parser.add_argument("--svg", type=Path, default=Path("link-costs.svg"))
    return parser.parse_args()


def measure(name: str, folder: Path, data: str, reports: int) -> Measured:
    """Run one contender in its own process, so that its time and memory are its own."""
    answer = folder / f"{name}.csv"
    command = [sys.executable, str(HERE / "contenders.py"), name, str(folder / "reports.jsonl"), str(answer)]
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    used = wait(process, start + TOO_SLOW)
    wall = time.monotonic() - start
    found = score(read(folder / "truth.csv"), read(answer)) if process.returncode == 0 else None
    return Measured(name, data, reports, found, used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def wait(process: "subprocess.Popen[bytes]", until: float) -> "os.resource.struct_rusage":  # type: ignore[name-defined]
    """Wait for the process and give what it used; stop it when its time is over."""
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return used
        if time.monotonic() > until:
            process.kill()
        time.sleep(0.05)


def print_table(rows: list[Measured]) -> None:
    print(
        f"{'data':<18}{'':<13}{'B-cubed':>8}{'pairs':>8}{'precise':>8}{'CPU s':>9}{'wall s':>9}{'MB':>8}{'CPU':>9}"
    )
    for row in rows:
        own = next(one for one in rows if one.data == row.data)
        ratio = f"{row.cpu / own.cpu:.1f} ×"
        quality = figures(row.score)
        print(f"{row.data:<18}{row.name:<13}{quality}{row.cpu:>9.1f}{row.wall:>9.1f}{row.memory:>8.0f}{ratio:>9}")
    print()


def figures(found: Score | None) -> str:
    if not found:
        return f"{'stopped or failed':>24}"
    return f"{found.b3:>8.4f}{found.pair:>8.4f}{found.pair_precision:>8.4f}"


def print_worlds(folder: Path, reports: int, seed: int) -> None:
    """The same engine in worlds that are noisy in other ways."""
    print(f"this engine, {reports:,} reports of each world: B-cubed, pairs, pair precision")
    for world in WORLDS:
        make(reports, seed + 1, folder / world, world)
        print(f"  {world:<16}{figures(measure('lightkeeper', folder / world, world, reports).score)}")
    print()


def print_febrl(folder: Path) -> None:
    folder.mkdir()
    febrl(folder)
    print("FEBRL 3, 5,000 records of 2,000 people (not what this engine is for): B-cubed, pairs, pair precision")
    for name in CONTENDERS:
        print(f"  {name:<16}{figures(measure(name, folder, 'febrl', 5_000).score)}")
    print()


def print_verdict(rows: list[Measured]) -> None:
    own = [row for row in rows if row.name == "lightkeeper" and row.score]
    for row in own:
        missed = [
            f"{name} {getattr(row.score, name):.4f} < {least}"
            for name, least in WANTED
            if getattr(row.score, name) < least
        ]
        print(
            f"{row.data}: " + ("every figure of quality is met" if not missed else "missed: " + ", ".join(missed))
        )


if __name__ == "__main__":
    main()
