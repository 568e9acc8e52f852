"""Chance is counted within a world, and a report that may stand in its group by chance chains nobody."""

import random
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from lightkeeper.link import weigh
from lightkeeper.link.arrays import pairs
from lightkeeper.link.arrays.pairs import repeated_pairs
from lightkeeper.link.arrays.tokens import Tokens, number_kind, tokens_from
from lightkeeper.link.engines import duckdb, in_memory
from lightkeeper.link.sightings import Row, worlds_of
from lightkeeper.link.write import read_weights, write_linkage


def reports_of(worlds: int) -> list[Row]:
    """Reports of strangers: each world has twenty names and three scripts that everybody there uses."""
    dice = random.Random(worlds)
    rows: list[Row] = []
    for _ in range(6_000):
        world = dice.randrange(worlds)
        name = (weigh.NAME, f"name {world} {int(20 * dice.random() ** 2)}")
        rows.append({name: 0, (weigh.SCRIPT, f"script {world} {dice.randrange(3)}"): 1})
    return rows


def as_tokens(rows: list[Row]) -> Tokens:
    values = {token: number for number, token in enumerate(sorted({token for row in rows for token in row}))}
    seen = []
    for kind in range(len(weigh.KINDS)):
        mine = [(r, source, values[t]) for r, row in enumerate(rows) for t, source in row.items() if t[0] == kind]
        report, source, value = np.array(mine, np.int64).reshape(-1, 3).T
        seen.append(number_kind(kind, report.astype(np.int32), source.astype(np.int8), value.astype(np.uint64)))
    return tokens_from(seen, len(rows))


@pytest.mark.parametrize("worlds", [1, 4])
def test_the_worlds_are_counted_in_every_engine(worlds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weigh, "FEWEST_MEETINGS", 20)
    monkeypatch.setattr(weigh, "COMMON", 20)
    rows = reports_of(worlds)
    found = worlds_of(rows)
    assert found == pytest.approx(worlds, rel=0.1)
    assert repeated_pairs(as_tokens(rows))[2] == pytest.approx(found)
    monkeypatch.setattr(pairs, "AT_ONCE", 700)  # in nine parts, none of which has enough meetings by itself
    monkeypatch.setattr(weigh, "FEWEST_MEETINGS", 50)
    assert repeated_pairs(as_tokens(rows))[2] == pytest.approx(found)


@pytest.mark.parametrize("engine", [in_memory, duckdb])
def test_what_was_counted_is_told_and_read_back(
    engine: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weigh, "count_worlds", lambda meetings: 3.25)
    linkage = engine.link_reports([])
    assert linkage.worlds == 3.25
    write_linkage(linkage, tmp_path)
    assert read_weights(tmp_path / "weights.json") == (linkage.weights, 3.25)


def test_few_meetings_tell_nothing() -> None:
    assert weigh.count_worlds([(36, 1.0)] * (weigh.FEWEST_MEETINGS - 1)) == 1.0
    assert weigh.count_worlds([(36, 1.0)] * weigh.FEWEST_MEETINGS) == pytest.approx(36.0, rel=0.01)
    assert weigh.count_worlds([(1, 0.3)] * weigh.FEWEST_MEETINGS) == 1.0  # a pair that is met at all is met once


def test_two_large_groups_ask_for_rarer_evidence_and_are_not_chained() -> None:
    assert weigh.may_join(0.02, 1, 0.0)
    assert not weigh.may_join(0.02, 2, 0.0)
    assert weigh.may_join(1e-6, 700, 0.0)
    assert not weigh.may_join(1e-6, 700, 0.003)  # who is between them may be there by chance
    assert weigh.may_join(1e-6, 1, 0.003)
