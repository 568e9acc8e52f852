"""What a team copies to a server is complete and true."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
SETTINGS = TOP / "src/lightkeeper/web/shared/settings"


def test_every_variable_that_is_read_is_in_the_reference_and_no_other():
    read = {
        name for file in SETTINGS.glob("*.py") for name in re.findall(r'"(LIGHTKEEPER_[A-Z_]+)"', file.read_text())
    }
    told = set(re.findall(r"^\| `(LIGHTKEEPER_[A-Z_]+)`", (TOP / "docs/reference/settings.md").read_text(), re.M))
    assert told == read


@pytest.mark.parametrize("site", ["public", "team"])
def test_a_unit_file_is_understood_and_gives_only_what_is_read(site, tmp_path):
    unit = TOP / f"deploy/lightkeeper-{site}.service"
    text = unit.read_text()
    given = set(re.findall(r"LIGHTKEEPER_[A-Z_]+", text))
    assert given <= set(re.findall(r"LIGHTKEEPER_[A-Z_]+", (TOP / "docs/reference/settings.md").read_text()))
    assert ("TEAM_KEY" in text) == (site == "team")
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd here to read it")
    copy = tmp_path / unit.name
    copy.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.M))
    done = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, timeout=60)
    assert "Unknown" not in done.stderr
    assert "Failed to parse" not in done.stderr


def test_the_proxy_writes_no_body_to_a_file():
    text = (TOP / "deploy/nginx.conf").read_text()
    largest, buffer = (
        re.search(rf"{name}\s+(\w+);", text) for name in ("client_max_body_size", "client_body_buffer_size")
    )
    assert largest
    assert buffer
    assert largest.group(1) == buffer.group(1)
