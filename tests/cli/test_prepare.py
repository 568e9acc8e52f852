"""The how-to's way to a team site on PostgreSQL, as commands: refuse, prepare, invite, serve; and again."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.sites import build_house, clean_environment, serve


def command(environment: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    every = [sys.executable, "-m", "lightkeeper.cli.main", *words]
    everything = {**clean_environment(), **environment}
    return subprocess.run(every, env=everything, capture_output=True, text=True, timeout=120)


@pytest.mark.postgres
def test_a_team_site_on_postgresql_is_prepared_then_served(postgres: Any, tmp_path: Path) -> None:
    house = build_house(tmp_path)
    url = postgres.url(postgres.new_database())
    environment = house.environment("team", CASEBOOK_URL=url)
    refused = command(environment, "serve", "team", "--bind", "127.0.0.1:1")
    assert refused.returncode == 1
    assert "lightkeeper prepare casebook" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    for _ in range(2):  # again after an update, and nothing is lost
        done = command(environment, "prepare", "casebook")
        assert (done.returncode, done.stdout.strip()) == (0, "the casebook is ready (postgresql)")
    invited = command(environment, "users", "invite", "--name", "Jo Example", "--username", "jo")
    assert invited.returncode == 0, invited.stderr
    assert "/account/join/" in invited.stdout
    with serve(house, "team", CASEBOOK_URL=url) as site:
        assert site.process.poll() is None


def test_a_casebook_that_is_away_is_said_in_one_line(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    environment = house.environment("team", CASEBOOK_URL="postgresql://nobody@127.0.0.1:1/none")
    done = command(environment, "serve", "team", "--bind", "127.0.0.1:1")
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
