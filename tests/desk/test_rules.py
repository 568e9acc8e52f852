"""A team's own tables: taken whole or not at all, and a team may differ from its neighbours."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.desk.made_up import NOW, made_up

from lightkeeper.core.errors import UnsafeToStart
from lightkeeper.desk.case import Band
from lightkeeper.desk.rules import read_rules, use_own_tables
from lightkeeper.desk.triage import due_at

OWN = "[minutes]\nP1 = 10\nP2 = 60\nP3 = 600\nP4 = 6000\n[team.night]\nP1 = 5\n"


@pytest.fixture(autouse=True)
def _as_shipped() -> Iterator[None]:
    yield
    read_rules.cache_clear()


def test_a_teams_own_times_are_used(tmp_path: Path) -> None:
    (tmp_path / "response.toml").write_text(OWN)
    use_own_tables(tmp_path)
    report = made_up(received=NOW)
    assert due_at(report, Band.P1, "day") == NOW + timedelta(minutes=10)
    assert due_at(report, Band.P1, "night") == NOW + timedelta(minutes=5)
    assert due_at(report, Band.P2, "night") == NOW + timedelta(minutes=60)


@pytest.mark.parametrize(
    "text", ["[minutes]\nP1 = 10\n", "not toml [", OWN.replace("P1 = 10", 'P1 = "soon"'), OWN.replace("60", "-60")]
)
def test_a_table_that_is_not_whole_keeps_the_site_from_starting(tmp_path: Path, text: str) -> None:
    (tmp_path / "response.toml").write_text(text)
    with pytest.raises(UnsafeToStart):
        use_own_tables(tmp_path)
    assert read_rules("response")["minutes"]["P1"] == 15


def test_without_tables_ours_are_used(tmp_path: Path) -> None:
    use_own_tables(tmp_path / "nothing")
    assert read_rules("retention")["days"]["mistake"] == 30
