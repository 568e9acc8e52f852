"""Run the power cuts in a process of their own, and read what they came to."""

import json
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).parents[3]


def cut_the_power(folder: Path, reports: int, cuts: int, seed: int, careless: bool = False) -> dict[str, float]:
    """`cuts`: how many to try; 0 is after every write, three ways. The folder must be empty and private."""
    folder.chmod(0o700)
    words = [str(folder), str(reports), str(cuts), str(seed), *(["careless"] if careless else [])]
    done = subprocess.run(
        [sys.executable, "-m", "tests.trust.power.act", *words],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
