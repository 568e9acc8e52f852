"""From every released version forward: nothing is lost, and the old programs can go on while the new ones start.

The folders in tests/trust/upgrade were left behind by the versions they are named after (make_baseline.py).
"""

import ast
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from lightkeeper import __version__

TOP = Path(__file__).parents[2]
LEFT_BEHIND = sorted((TOP / "tests/trust/upgrade").glob("*.tar.gz"), key=lambda path: path.name)
VERSIONS = [path.name.removesuffix(".tar.gz") for path in LEFT_BEHIND]
# What an older program does not notice: it may run beside the new tables until it is stopped.
ADDS = {"CreateModel", "AddField", "AddIndex", "RemoveIndex", "AddConstraint", "RunPython", "RunSQL"}
LOOKED_AT = {"casebook/0005_few_rows_by_index.py"}  # an AlterField that somebody has read: it takes an index away


def released() -> list[str]:
    """The versions that the changelog names, without what is not released yet."""
    lines = (TOP / "CHANGELOG.md").read_text().splitlines()
    return [
        line.split()[1].strip("[]") for line in lines if line.startswith("## ") and line.split()[1][:1].isdigit()
    ]


def test_every_released_version_left_a_folder_here():
    assert VERSIONS
    assert set(released()) <= set(VERSIONS)
    assert __version__ in VERSIONS or "Unreleased" in (TOP / "CHANGELOG.md").read_text()


@pytest.mark.parametrize("left", LEFT_BEHIND, ids=VERSIONS)
def test_a_folder_of_an_older_version_loses_nothing(tmp_path, left):
    with tarfile.open(left) as archive:
        archive.extractall(tmp_path, filter="data")
    (tmp_path / "team").chmod(0o700)
    before = json.loads((tmp_path / "told.json").read_text())
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LIGHTKEEPER_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "tests.trust.upgrade.look", str(tmp_path)],
        cwd=TOP, env=clean, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    after = json.loads(done.stdout.splitlines()[-1])
    assert after["told"] == before
    assert after["taken"] == ["It waited."]
    assert after["found"] == sum("harbour" in case[4] and case[1] != "closed" for case in before["cases"])
    assert after["flaws"] == 0


def operations(path: Path) -> set[str]:
    """The operations of a migration, by name."""
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return {
        call.attr
        for call in calls
        if isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name) and call.value.id == "migrations"
    }


MIGRATIONS = sorted((TOP / "src/lightkeeper/web").glob("*/migrations/0*.py"))


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_migration_only_adds(path):
    """What takes away or renames comes one version later, when no old program runs any more."""
    found = operations(path) - {"Migration", "swappable_dependency"}
    if f"{path.parts[-3]}/{path.name}" in LOOKED_AT:
        found -= {"AlterField"}
    assert found <= ADDS
