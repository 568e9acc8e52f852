"""The import rules of the house, held by import-linter, and a proof that a break would be caught."""

import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINTER, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_the_import_rules_hold():
    done = lint(TOP)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(
    ("where", "line", "rule"),
    [
        ("check/__init__.py", "import lightkeeper.link", "Floors"),
        ("core/__init__.py", "def peek():\n    import lightkeeper.check", "Floors"),
        ("desk/__init__.py", "import django", "Django lives in web alone"),
        ("help/__init__.py", "import socket", "knows no network"),
        ("web/public/__init__.py", "import lightkeeper.desk", "cannot reach what reads reports"),
        ("link/__init__.py", "import duckdb", "DuckDB lives in one file"),
    ],
)
def test_a_break_is_caught(tmp_path, where, line, rule):
    """The rules are tried on a skeleton of the house, so that a rule that can never fail is noticed."""
    (tmp_path / "pyproject.toml").write_text((TOP / "pyproject.toml").read_text())
    source = TOP / "src/lightkeeper"
    for init in source.rglob("__init__.py"):
        there = tmp_path / "lightkeeper" / init.relative_to(source)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_text("")
    named = {"rounds.py": "", "web/inbox/tray.py": ""}
    named |= {"link/engines/duckdb.py": "import duckdb\n", "link/engines/spark.py": "import pyspark\n"}
    for module, text in named.items():
        (tmp_path / "lightkeeper" / module).write_text(text)
    assert "0 broken" in lint_here(tmp_path), lint_here(tmp_path)
    (tmp_path / "lightkeeper" / where).write_text(line + "\n")
    told = lint_here(tmp_path)
    assert "BROKEN" in told
    assert rule in told


LINT_HERE = """
import sys
sys.path.insert(0, ".")
from importlinter.cli import lint_imports_command
lint_imports_command(["--no-cache"])
"""


def lint_here(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LINT_HERE],
        cwd=folder, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(folder)},
    )  # fmt: skip
    return done.stdout + done.stderr
