"""Run the power cuts in a process of their own, and read what they came to."""

import json
import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[3]


def cut_the_power(folder: Path, reports: int, cuts: int, seed: int, careless: bool = False) -> dict[str, float]:
    """`cuts`: how many to try; 0 is after every write, three ways. The folder must be empty and private."""
    folder.chmod(0o700)
    return _run("act", str(folder), str(reports), str(cuts), str(seed), *(["careless"] if careless else []))


def cut_the_power_of_postgres(reports: int, cuts: int, seed: int, careless: bool = False) -> dict[str, float]:
    """The same below PostgreSQL."""
    return _run("on_postgres", "cut", str(reports), str(cuts), str(seed), *(["careless"] if careless else []))


def _run(how: str, *words: str) -> dict[str, float]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LIGHTKEEPER_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", f"tests.trust.power.{how}", *words],
        cwd=TOP,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
