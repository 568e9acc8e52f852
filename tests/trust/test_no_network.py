"""Nothing needs a network: the commands work where there is none at all, both sites where there is no way out."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "src/lightkeeper/cli/demo_reports"
CHAT = "Me: hi\nMia: send me 200 in gift cards or I send your pic to all your friends\n"


def can_leave_the_network() -> bool:
    if shutil.which("unshare") is None:
        return False
    return (
        subprocess.run(
            ["unshare", "--map-root-user", "--net", "true"], check=False, capture_output=True
        ).returncode
        == 0
    )


pytestmark = pytest.mark.skipif(not can_leave_the_network(), reason="no network namespaces on this machine")


def run(*words: str, told: str = "", folder: Path | None = None) -> str:
    command = ["unshare", "--map-root-user", "--net", sys.executable, "-m", "lightkeeper.cli.main", *words]
    done = subprocess.run(
        command, input=told, capture_output=True, text=True, check=False, cwd=folder, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_really_is_no_network_in_there():
    probe = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run(
        ["unshare", "--map-root-user", "--net", sys.executable, "-c", probe],
        check=False,
        capture_output=True,
        text=True,
    )
    assert "Network is unreachable" in done.stderr


def test_check():
    assert json.loads(run("check", "-", "--json", told=CHAT))["level"] == "danger"


def test_link_watch_and_warn(tmp_path):
    wiltshire = str(DEMO / "wiltshire-2021-2023.jsonl")
    run("link", str(DEMO / "cheshire-2023-one-suspect.jsonl"), "--out", "links", folder=tmp_path)
    assert (tmp_path / "links/assignments.csv").exists()
    periods = ["--from", "2022-10-01", "--to", "2023-09-30", "--against", "2021-10-01", "2022-09-30"]
    figures = run("watch", wiltshire, *periods, "--by", "platform,age", "--json", folder=tmp_path)
    (tmp_path / "figures.json").write_text(figures)
    run(
        "warn",
        "bulletin",
        "--figures",
        "figures.json",
        "--place",
        "wiltshire",
        "--out",
        "bulletin",
        folder=tmp_path,
    )
    assert list((tmp_path / "bulletin").glob("*.pdf"))


def test_both_sites_and_a_whole_visit():
    """Nothing is fetched at run time: no font, no list, no update, no telemetry."""
    done = subprocess.run(
        ["unshare", "--map-root-user", "--net", sys.executable, "-m", "tests.trust.visit"],
        cwd=Path(__file__).parents[2], check=False, capture_output=True, text=True, timeout=180,
    )  # fmt: skip
    assert done.stdout.strip().endswith("all of it works"), done.stderr[-2000:]
