"""Part of the trust bench: every attack on the two sites, by its tests."""

import argparse
import os
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from ground import Row, empty_folder

TOP = Path(__file__).parents[2]
ATTACKS = TOP / "tests/trust/attacks.toml"


def attacks(options: argparse.Namespace) -> Iterator[Row]:
    """Run the tests of each attack, and say how many tries held."""
    table = tomllib.loads(ATTACKS.read_text(encoding="utf-8"))["attack"]
    tests = sorted({test for one in table for test in one["tests"]})
    outcomes = run_tests(tests)
    for one in table:
        found = Counter(outcome for test in one["tests"] for outcome in outcomes.get(test, ["not run"]))
        bad = sum(count for outcome, count in found.items() if outcome != "held")
        result = f"{found['held']:,} tries held" if not bad else f"{bad} OF {sum(found.values())} DID NOT HOLD"
        yield one["name"], one["how"], result


def run_tests(tests: list[str]) -> dict[str, list[str]]:
    """Outcomes by the name that was asked for. The two sites' tests need a process each."""
    found: dict[str, list[str]] = {test: [] for test in tests}
    rooms = ("tests/web/public", "tests/web/team", "")
    for room in rooms:
        mine = [t for t in tests if (t.startswith(room) if room else not t.startswith("tests/web/"))]
        with empty_folder() as folder:
            report = folder / "report.xml"
            command = [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                f"--junitxml={report}",
                f"--basetemp={folder}/tmp",
                *mine,
            ]
            clean = {
                name: text for name, text in os.environ.items() if not name.startswith(("LIGHTKEEPER_", "DJANGO_"))
            }
            subprocess.run(command, cwd=TOP, env=clean, check=False, stdout=subprocess.DEVNULL)
            for case in ET.parse(report).getroot().iter("testcase"):
                note(found, mine, case)
    return found


def note(found: dict[str, list[str]], asked: list[str], case: ET.Element) -> None:
    file = case.get("classname", "").replace(".", "/") + ".py"
    name = case.get("name", "").split("[")[0]
    bad = case.find("failure") is not None or case.find("error") is not None
    outcome = "broken" if bad else "left out" if case.find("skipped") is not None else "held"
    for test in asked:
        path, _, wanted = test.partition("::")
        if file.startswith(path.removesuffix(".py")) and wanted in ("", name):
            found[test].append(outcome)
