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
from tests.trust.upgrade.make_baseline import CASES, DUMPED, run_postgres

from lightkeeper import __version__

TOP = Path(__file__).parents[2]
LEFT_BEHIND = sorted((TOP / "tests/trust/upgrade").glob("*.tar.gz"), key=lambda path: path.name)
KINDS = [path.name.removesuffix(".tar.gz") for path in LEFT_BEHIND]  # 0.1.0.sqlite, 0.1.0.postgresql
VERSIONS = {kind.rpartition(".")[0] for kind in KINDS}
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
    assert set(KINDS) == {f"{version}.{database}" for version in VERSIONS for database in ("sqlite", "postgresql")}
    assert set(released()) <= VERSIONS
    assert __version__ in VERSIONS or "Unreleased" in (TOP / "CHANGELOG.md").read_text()


@pytest.mark.parametrize("left", LEFT_BEHIND, ids=KINDS)
def test_a_folder_of_an_older_version_loses_nothing(tmp_path, request, left):
    with tarfile.open(left) as archive:
        archive.extractall(tmp_path, filter="data")
    (tmp_path / "team").mkdir(exist_ok=True)
    (tmp_path / "team").chmod(0o700)
    before = json.loads((tmp_path / "told.json").read_text())
    databases = load_databases(tmp_path, request) if "postgresql" in left.name else []
    after = brought_up_to_date(tmp_path, databases)
    assert after["told"] == before
    assert len(before["cases"]) == CASES
    assert after["taken"] == ["It waited."]
    assert after["found"] == sum("harbour" in case[4] and case[1] != "closed" for case in before["cases"])
    assert after["flaws"] == 0
    assert after["gone"] == {}
    assert after["rows"] > 3 * CASES


def load_databases(folder, request):
    """What that version left in PostgreSQL, in two databases of its own; their addresses."""
    cluster = request.getfixturevalue("postgres")
    addresses = [cluster.url(cluster.new_database()) for _ in DUMPED]
    for file, address in zip(DUMPED.values(), addresses, strict=True):
        run_postgres("psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={folder / file}", address)
    return addresses


def brought_up_to_date(folder, databases):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LIGHTKEEPER_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "tests.trust.upgrade.look", str(folder), *databases],
        cwd=TOP, env=clean, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


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
