"""Measures how often a link of each strength is wrong, against a known answer: the figures of `link/doubt.json`.

    python bench/link/generate.py 1018000 901 DIR
    lightkeeper link DIR/reports.jsonl --out DIR/linked --engine duckdb
    python bench/link/doubt.py DIR/linked DIR/truth.csv

Prints a line of `doubt.json` for each band of weights.
"""

import csv
import json
import sys
from pathlib import Path

from lightkeeper.link.doubt import measured_bands


def main(linked: Path, truth: Path) -> None:
    with truth.open(newline="", encoding="utf-8") as file:
        offender = {row[0]: row[1] for row in csv.reader(file)}
    least = [band.least for band in measured_bands()]
    bands = [{"least": one, "links": 0, "wrong": 0} for one in least]
    for line in (linked / "links.jsonl").open(encoding="utf-8"):
        link = json.loads(line)
        if link["strength"] == "linked":
            band = bands[max(sum(link["weight"] >= one for one in least) - 1, 0)]
            band["links"] += 1
            band["wrong"] += offender[link["a"]] != offender[link["b"]]
    for band in bands:
        print(f"{json.dumps(band)},   {band['wrong'] / max(band['links'], 1):.2%} wrong")
    total, wrong = (sum(band[name] for band in bands) for name in ("links", "wrong"))
    print(f"{total:,.0f} links, {wrong:,.0f} wrong: {wrong / total:.2%}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
