"""Measure the watch room beside its peers and print the figures. `./dev bench watch` runs this.

Four parts: the alarms of our Farrington Flexible against R's on the same series; how many outbreaks our
own detector finds and at what price, beside Farrington's and the EARS rules; a rise in several streams;
and the time for 10,000 series. Seeds 1 to 99 were used to set the detector and are never measured.
"""

import argparse
import csv
import gzip
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from simulate import FIRST_CURRENT, WEEKS, Counts, Drawn, draw, draw_several_streams, draw_triangles

from lightkeeper.watch import ears, farrington
from lightkeeper.watch.baseline import Look
from lightkeeper.watch.chance import chance_of_at_least
from lightkeeper.watch.nowcast import nowcast, weighted_interval_score
from lightkeeper.watch.rise import find_rises
from lightkeeper.watch.streams import find_shared_rises

CURRENT = WEEKS - FIRST_CURRENT
LOOK = Look(season_weeks=52)
HELD_OUT = (101, 102, 103)
Flags = np.ndarray


def main() -> None:
    options = _options()
    sys.stdout.reconfigure(line_buffering=True)
    if options.data:
        print_recorded_parity(options.data)
    if options.beside and shutil.which("Rscript"):
        print_live_parity(options.beside)
    else:
        print("R does not run here: its figures are the recorded ones\n")
    print_detection(options.each)
    print_streams(options.each)
    print_nowcast()
    print_speed(options.series)


def print_recorded_parity(folder: Path) -> None:
    """Our Farrington Flexible against the alarms of R's that are kept with the benchmark's series."""
    keys, quiet, loud = _read_series(folder / "series.csv.gz")
    theirs = _read_alarms(folder / "alarms.csv.gz", keys)
    print(f"Farrington Flexible against R's recorded alarms ({len(keys)} series, with and without an outbreak)")
    same = [
        farrington.judge_weeks(counts, CURRENT).alarm == recorded
        for counts, recorded in zip((quiet, loud), theirs, strict=True)
    ]
    print(f"  weeks judged alike: {np.mean(same):.2%} of {np.size(same):,}")
    a, b = find_rises(quiet, CURRENT, look=LOOK), find_rises(loud, CURRENT, look=LOOK)
    outbreak = (loud - quiet)[:, FIRST_CURRENT:] > 0
    print(f"  on these series: R {_say(*theirs, outbreak)}; lightkeeper {_say(a.alarm, b.alarm, outbreak)}\n")


def print_live_parity(each: int) -> None:
    """Our Farrington Flexible and EARS against R's, run now on freshly drawn series."""
    drawn = draw(HELD_OUT[0], each)
    with tempfile.TemporaryDirectory() as folder:
        given, taken = Path(folder, "series.csv"), Path(folder, "alarms.csv")
        np.savetxt(given, drawn.loud, fmt="%d", delimiter=",")
        begun = time.perf_counter()
        subprocess.run(["Rscript", str(Path(__file__).with_name("peer.R")), str(given), str(taken)], check=True)
        spent = time.perf_counter() - begun
        rows = list(csv.DictReader(taken.open()))
    ours = farrington.judge_weeks(drawn.loud, CURRENT)
    print(f"R's surveillance run now on {len(drawn)} new series ({spent:.0f} s)")
    for name, alarm in (
        ("farrington", ours.alarm),
        ("C1", ears.judge_weeks(drawn.loud, CURRENT, ears.Rule.C1)),
        ("C2", ears.judge_weeks(drawn.loud, CURRENT, ears.Rule.C2)),
    ):
        theirs = np.array([row[name] == "TRUE" for row in rows]).reshape(len(drawn), CURRENT)
        print(
            f"  {name}: {np.mean(theirs == alarm):.2%} of {theirs.size:,} weeks alike, R alarms in {theirs.sum()}"
        )
    theirs = np.array([float(row["p"]) for row in rows]).reshape(len(drawn), CURRENT)
    print(f"  largest difference of Farrington's p: {np.abs(theirs - ours.p).max():.1e}\n")


def print_detection(each: int) -> None:
    """Outbreaks found and false alarms, on series that the detector was not set on."""
    print(
        f"Outbreaks found (POD) at false alarms (FPR), {len(HELD_OUT)} x {28 * each:,} series of seeds {HELD_OUT}"
    )
    print(f"  {'':<44}{'FPR':>7}{'POD':>8}{'low counts, FPR / POD':>24}")
    sets = [draw(seed, each) for seed in HELD_OUT]
    rules: dict[str, Callable[[Counts], Flags]] = {
        "lightkeeper, alpha 0.005": lambda counts: find_rises(counts, CURRENT, 0.005, LOOK).alarm,
        "lightkeeper, alpha 0.02": lambda counts: find_rises(counts, CURRENT, 0.02, LOOK).alarm,
        "lightkeeper, 5 years of history, alpha 0.005": lambda counts: (
            find_rises(counts[:, -(5 * 52 + CURRENT + 6) :], CURRENT, 0.005, LOOK).alarm
        ),
        "Farrington Flexible, alpha 0.005": lambda counts: farrington.judge_weeks(counts, CURRENT).alarm,
        "EARS C1": lambda counts: ears.judge_weeks(counts, CURRENT, ears.Rule.C1),
        "EARS C2": lambda counts: ears.judge_weeks(counts, CURRENT, ears.Rule.C2),
        "EARS C3": lambda counts: ears.judge_weeks(counts, CURRENT, ears.Rule.C3),
    }
    for name, rule in rules.items():
        _print_rule(name, [(drawn, rule(drawn.quiet), rule(drawn.loud)) for drawn in sets])
    for weeks in (1, 2):
        both = [(drawn, _oracle(drawn.quiet, drawn, weeks), _oracle(drawn.loud, drawn, weeks)) for drawn in sets]
        everyone = np.sort(np.concatenate([quiet.ravel() for _, quiet, _ in both]))
        for wanted in (0.005, 0.02):
            limit = everyone[int(wanted * len(everyone))]
            name = f"oracle that knows the true mean, {weeks} week{'s' * (weeks > 1)}"
            _print_rule(name, [(drawn, quiet < limit, loud < limit) for drawn, quiet, loud in both])
    print()


def print_streams(each: int) -> None:
    """A rise that shows a little in each of four streams: found together, and in the clearest one alone."""
    drawn = draw_several_streams(HELD_OUT[0], max(1, each // 2), streams=4)
    groups = np.arange(len(drawn.quiet)).reshape(-1, 4)
    outbreak = (drawn.loud != drawn.quiet)[:, FIRST_CURRENT:].reshape(-1, 4, CURRENT).any(axis=1)
    print(f"A small rise in each of four streams ({len(groups):,} groups)")
    judged = [(counts, find_rises(counts, CURRENT, look=LOOK)) for counts in (drawn.quiet, drawn.loud)]
    for alpha in (0.005, 0.02):
        alone = [rises.p.reshape(-1, 4, CURRENT).min(axis=1) * 4 <= alpha for _, rises in judged]
        together = [find_shared_rises(counts, rises, groups.tolist(), alpha).alarm for counts, rises in judged]
        print(f"  alpha {alpha}: clearest stream alone {_say(*alone, outbreak)}")
        print(f"  alpha {alpha}: all streams together  {_say(*together, outbreak)}")
    print()


def print_nowcast(count: int = 400) -> None:
    """Whether the intervals of a nowcast hold what they promise, over the eight weeks that are still open."""
    triangles, final = draw_triangles(HELD_OUT[0], count)
    held: dict[float, list[Flags]] = {0.5: [], 0.8: [], 0.95: []}
    ours, ladder, raw = [], [], []
    for triangle, truth in zip(triangles, final, strict=True):
        found = nowcast(triangle)
        for share, inside in held.items():
            low, high = found.interval(share)
            inside.append(((truth >= low) & (truth <= high))[-8:])
        ours.append(weighted_interval_score(found.quantiles, truth)[-8:])
        ladder.append(np.abs(truth - found.seen / found.share_in)[-8:])
        raw.append(np.abs(truth - found.seen)[-8:])
    print(f"Nowcast of the last 8 weeks on {count} simulated triangles")
    for share, inside in held.items():
        every, newest = np.mean(inside), np.mean(inside, axis=0)[-1]
        print(f"  {share:.0%} interval holds {every:.1%}; of the current week {newest:.1%}")
    print(f"  weighted interval score {np.mean(ours):.2f}, of the chain ladder's {np.mean(ladder):.2f}")
    print(f"  and of the numbers as they came in {np.mean(raw):.2f}\n")


def print_speed(series: int) -> None:
    drawn = draw(HELD_OUT[-1], -(-series // 28)).loud[:series]
    for name, rule in (
        ("lightkeeper", lambda: find_rises(drawn, CURRENT, look=LOOK)),
        ("Farrington Flexible", lambda: farrington.judge_weeks(drawn, CURRENT)),
    ):
        begun, worked = time.perf_counter(), time.process_time()
        rule()
        wall, work = time.perf_counter() - begun, time.process_time() - worked
        print(f"{len(drawn):,} series x {CURRENT} weeks, {name}: {wall:.1f} s ({work:.1f} s of processor time)")


def _oracle(counts: Counts, drawn: Drawn, weeks: int) -> np.ndarray:
    """The p of the sum of one or two weeks for somebody who knows the true mean and spread."""
    seen, mean = counts.astype(float), drawn.mean
    if weeks == 2:
        seen, mean = seen[:, 1:] + seen[:, :-1], mean[:, 1:] + mean[:, :-1]
    return chance_of_at_least(seen[:, -CURRENT:], mean[:, -CURRENT:], drawn.phi[:, None])


def _print_rule(name: str, found: list[tuple[Drawn, Flags, Flags]]) -> None:
    quiet, loud = (np.concatenate([one[place] for one in found]) for place in (1, 2))
    outbreak = np.concatenate([one[0].outbreak[:, FIRST_CURRENT:] > 0 for one in found])
    low = np.concatenate([np.isin(one[0].scenario, (*range(1, 9), *range(13, 17))) for one in found])
    detected = (loud & outbreak).any(axis=1)
    error = 1.96 * np.sqrt(detected.mean() * (1 - detected.mean()) / len(detected))
    print(
        f"  {name:<44}{quiet.mean():>7.2%}{detected.mean():>8.1%} ± {error:.1%}"
        f"{quiet[low].mean():>10.2%} / {detected[low].mean():.1%}"
    )


def _say(quiet: Flags, loud: Flags, outbreak: Flags) -> str:
    return f"FPR {quiet.mean():.2%}, POD {(loud & outbreak).any(axis=1).mean():.1%}"


def _read_series(path: Path) -> tuple[list[tuple[str, str]], Counts, Counts]:
    rows: dict[tuple[str, str], list[tuple[int, int]]] = {}
    with gzip.open(path, "rt") as lines:
        for row in csv.DictReader(lines):
            rows.setdefault((row["scenario"], row["rep"]), []).append((int(row["y0"]), int(row["y1"])))
    both = np.array(list(rows.values()))
    return list(rows), both[:, :, 0], both[:, :, 1]


def _read_alarms(path: Path, keys: list[tuple[str, str]]) -> tuple[Flags, Flags]:
    place = {key: row for row, key in enumerate(keys)}
    quiet, loud = np.zeros((2, len(keys), CURRENT), dtype=bool)
    with gzip.open(path, "rt") as lines:
        for row in csv.DictReader(lines):
            if row["method"] == "farr_flex":
                at = place[row["scenario"], row["rep"]], int(row["week"]) - FIRST_CURRENT - 1
                quiet[at], loud[at] = row["a0"] == "1", row["a1"] == "1"
    return quiet, loud


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, help="folder with series.csv.gz and alarms.csv.gz of R's surveillance"
    )
    parser.add_argument("--each", type=int, default=40, help="series of each of 28 scenarios, for each seed")
    parser.add_argument(
        "--beside", type=int, default=1, help="series of each scenario that R judges too (0: none)"
    )
    parser.add_argument("--series", type=int, default=10_000, help="series for the time")
    return parser.parse_args()


if __name__ == "__main__":
    main()
