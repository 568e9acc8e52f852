"""`lightkeeper serve` says in one line why it does not start."""

import subprocess
import sys

import pytest
from tests.sites import build_house, clean_environment


def serve(*words, **variables):
    command = [sys.executable, "-m", "lightkeeper.cli.main", "serve", *words]
    return subprocess.run(
        command, env={**clean_environment(), **variables}, capture_output=True, text=True, timeout=60
    )


def test_without_a_folder_it_names_the_variable():
    done = serve("public")
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "lightkeeper serve: LIGHTKEEPER_DATA is not set (docs/reference/settings.md says what it is)"
    )


def test_no_processes_is_no_way_to_serve():
    done = serve("public", "--workers", "0")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({"HOSTS": "help.example.org"}, "is no, but the site answers to a name that is not this machine"),
        ({"INBOX_URL": "mysql://x"}, "must begin with sqlite:/// or postgresql://"),
        ({"PROXIES": "many"}, "must be a whole number"),
        ({"RECIPIENTS_FILE": "/nowhere"}, "cannot be read"),
        ({"TEAM_KEY_FILE": "/somewhere"}, "must never hold what opens a report"),
    ],
)
def test_what_is_unsafe_is_said_in_one_line(tmp_path, variables, reason):
    house = build_house(tmp_path)
    done = serve("public", **house.environment("public", **variables))
    assert done.returncode == 1
    assert reason in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
