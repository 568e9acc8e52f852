"""Breaks it on purpose, for long, and writes the figures into docs/explanation/trust.md.

Usage: run.py [--reports N] [--seconds S] [--inputs N] [--guided-seconds S] [--images N] [--cases N]
              [--cuts N] [--postgres-cuts N] [--seed N] [--only PART ...] [--dry]

Parts: faults cuts theft load fuzz guided images restore attacks. What a part found is kept in
bench/trust/found.json, so that parts can be run on different days; the page says when each was.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

TOP = Path(__file__).parents[2]
sys.path[:0] = [str(TOP), str(Path(__file__).parent)]

from page import machine, write_page  # noqa: E402 - beside this file
from parts import PARTS  # noqa: E402

PAGE = TOP / "docs/explanation/trust.md"
FOUND = Path(__file__).with_name("found.json")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1_000, help="for the kills and the canaries")
    parser.add_argument("--seconds", type=float, default=600, help="of load, on each database")
    parser.add_argument("--inputs", type=int, default=1_000_000, help="for the parsers and forms")
    parser.add_argument("--guided-seconds", type=float, default=1_800, help="of input led by what it reaches")
    parser.add_argument("--images", type=int, default=10_000)
    parser.add_argument("--cases", type=int, default=100_000, help="in the casebook that is restored")
    parser.add_argument("--cuts", type=int, default=0, help="of the power; 0: after every write, three ways")
    parser.add_argument("--postgres-cuts", type=int, default=1_500, help="the same below PostgreSQL, drawn by lot")
    parser.add_argument("--cut-reports", type=int, default=12, help="whose every write is cut")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=sorted(PARTS), default=list(PARTS))
    parser.add_argument("--dry", action="store_true", help="print the page and write nothing")
    options = parser.parse_args()
    found = read_found()
    for name in options.only:
        for part in run_part(name, options):  # kept row by row: a run that is stopped has not been for nothing
            found = {**read_found(), name: part}
            if not options.dry:
                FOUND.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    page = write_page(found)
    if options.dry:
        print(page)
    else:
        PAGE.write_text(page, encoding="utf-8")


def read_found() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FOUND.read_text(encoding="utf-8")) if FOUND.exists() else {}
    return found


def run_part(name: str, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """One part as far as it has come: its rows, and when, where and for how long it was run."""
    begin, rows = time.monotonic(), []
    for row in PARTS[name](options):
        rows.append(row)
        print(" | ".join(row), flush=True)
        minutes = round((time.monotonic() - begin) / 60, 1)
        day = f"{datetime.now(UTC):%d %B %Y}"
        yield {"day": day, "seed": options.seed, "minutes": minutes, "machine": machine(), "rows": list(rows)}


if __name__ == "__main__":
    main()
