"""What we build on is locked, hashed, licensed and the same each time it is built."""

import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import PackageNotFoundError, files, metadata
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
LISTS = sorted((TOP / "requirements").glob("*.txt"))
LICENCES = TOP / "docs/reference/licences.md"


def packages(listing: Path) -> list[str]:
    return re.findall(r"^([A-Za-z0-9._-]+)==", listing.read_text(), flags=re.MULTILINE)


@pytest.mark.parametrize("listing", LISTS, ids=lambda path: path.stem)
def test_every_requirement_is_pinned_and_hashed_and_names_no_host(listing):
    text = listing.read_text()
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    for block in blocks:
        assert re.match(r"[A-Za-z0-9._-]+==\S+", block), block[:80]
        assert "--hash=sha256:" in block, block[:80]
    assert "://" not in text


def test_no_lock_file_of_a_tool_is_kept():
    kept = subprocess.run(["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=True).stdout.split()
    locks = {"uv.lock", "poetry.lock", "package-lock.json", "yarn.lock", "Pipfile.lock"}
    assert not [path for path in kept if Path(path).name in locks]


def build(target: Path, source: Path) -> str:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
        cwd=source, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = target.glob("*.whl")
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_two_builds_of_the_wheel_are_equal(tmp_path):
    """Built from two copies of the tree with other dates on every file, as two people would have them."""
    sums = set()
    for number, stamp in enumerate((1_000_000_000, 1_500_000_000)):
        copy = tmp_path / f"copy{number}"
        copy.mkdir()
        packed = copy / "tree.tar"
        subprocess.run(["git", "archive", "-o", packed, "HEAD"], cwd=TOP, check=True)
        with tarfile.open(packed) as archive:
            archive.extractall(copy, filter="data")
        packed.unlink()
        for path in copy.rglob("*"):
            os.utime(path, (stamp, stamp))
        sums.add(build(tmp_path / f"out{number}", copy))
    assert len(sums) == 1


def licence_of(name: str) -> str:
    about = metadata(name)
    if about.get("License-Expression"):
        return str(about["License-Expression"])
    classified = [line.rsplit(" :: ", 1)[1] for line in about.get_all("Classifier") or [] if "License ::" in line]
    if classified:
        return ", ".join(sorted(set(classified)))
    return (about.get("License") or first_line_of_the_licence(name)).strip().splitlines()[0]


def first_line_of_the_licence(name: str) -> str:
    """Some packages say their licence only in the file that they ship."""
    found = [path for path in files(name) or [] if "licen" in path.name.lower()]
    return found[0].read_text().strip() if found else "not said"


def licences() -> str:
    rows = ["# Licences of what the product runs on\n", "<!-- made by tests/house/test_supply.py -->\n"]
    rows += ["Lightkeeper itself is Apache-2.0. Nothing of others is copied into it.\n"]
    rows += ["| package | licence |", "| --- | --- |"]
    for name in sorted(set(packages(TOP / "requirements/demo.txt"))):
        try:
            rows.append(f"| {name} | {licence_of(name)} |")
        except PackageNotFoundError:
            continue  # needed on another platform or another Python
    return "\n".join(rows) + "\n"


def test_the_list_of_licences_is_current():
    wanted = licences()
    if os.environ.get("LIGHTKEEPER_WRITE_DOCS"):
        LICENCES.write_text(wanted)
    assert LICENCES.read_text() == wanted
    assert "not said" not in wanted


def test_the_bill_of_materials_names_every_package(tmp_path):
    """`./dev sbom` writes CycloneDX; here its command is run and read back."""
    made = tmp_path / "sbom.json"
    subprocess.run(
        [Path(sys.executable).with_name("cyclonedx-py"), "requirements", "requirements/demo.txt", "-o", made],
        cwd=TOP, check=True, capture_output=True,
    )  # fmt: skip
    listed = json.loads(made.read_text())
    assert listed["bomFormat"] == "CycloneDX"
    assert {one["name"] for one in listed["components"]} == set(packages(TOP / "requirements/demo.txt"))


AUDIT = TOP / "bench/supply/audit.py"


def audit(*words: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(AUDIT), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def export(path: Path, **affected: object) -> Path:
    """An export of OSV with one made-up record about django."""
    record = {
        "id": "MADE-UP-1",
        "summary": "made up",
        "modified": "2026-01-31T00:00:00Z",
        "published": "2026-01-31T00:00:00Z",
        "affected": [{"package": {"ecosystem": "PyPI", "name": "django"}, **affected}],
    }
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("MADE-UP-1.json", json.dumps(record))
    return path


def range_of(*events: dict[str, str]) -> dict[str, object]:
    return {"ranges": [{"type": "ECOSYSTEM", "events": list(events)}]}


def test_the_audit_works_from_a_file_without_a_network(tmp_path):
    none = audit(export(tmp_path / "a.zip", **range_of({"introduced": "0"}, {"fixed": "1.0"})))
    assert (none.returncode, none.stderr) == (0, "")
    counted = re.fullmatch(r"No known hole in (\d+) packages.\n", none.stdout)
    assert counted is not None
    assert 40 < int(counted[1]) <= len(packages(TOP / "requirements/demo.txt"))  # some are for other machines
    some = audit(export(tmp_path / "b.zip", **range_of({"introduced": "5.0"}, {"fixed": "99.1"})))
    assert some.returncode == 1
    assert re.fullmatch(r"django 5\S+: MADE-UP-1; mended in: 99\.1\n", some.stdout)


def test_an_audit_that_cannot_ask_says_so_once_and_what_to_do(tmp_path):
    broken = tmp_path / "no.zip"
    broken.write_text("no zip")
    done = audit(broken)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    loop_only = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*loop_only, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no network namespaces on this machine")
    away = subprocess.run(
        [*loop_only, sys.executable, AUDIT], capture_output=True, text=True, check=False, timeout=120
    )
    assert (away.returncode, away.stdout) == (2, "")
    assert "cannot be asked from here" in away.stderr
    assert "./dev audit all.zip" in away.stderr
    assert "Traceback" not in away.stderr
