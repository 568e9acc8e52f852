"""The index gives the batch's groups after the night, on SQLite and on PostgreSQL, and sensible ones before it."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.contracts.test_engines import SCRIPT, K, decisions, handle, name, report, world

from lightkeeper.core.identifier import IdentifierKind
from lightkeeper.core.report import read_reports
from lightkeeper.core.suspect import Decision, Strength, Verdict
from lightkeeper.link.engines import in_memory
from lightkeeper.link.engines.index import Index
from lightkeeper.link.online.store import PostgresStore, SqliteStore, Store

DEMO = Path(__file__).parents[2] / "src/lightkeeper/cli/demo_reports"
Open = Callable[[], Index]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def open_index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens the same index each time it is called."""
    if request.param == "postgres":
        cluster: Any = request.getfixturevalue("postgres")
        address = f"host={cluster.socket} port=54329 user=owner dbname={cluster.new_database()}"
    opened: list[Index] = []

    def open_one() -> Index:
        store: Store = (
            SqliteStore(tmp_path / "index.sqlite3") if request.param == "sqlite" else PostgresStore(address)
        )
        opened.append(Index(store, tmp_path / "images"))
        return opened[-1]

    yield open_one
    for index in opened:
        index.close()


def groups(assignments: dict[str, str]) -> set[frozenset[str]]:
    return {frozenset(r for r, s in assignments.items() if s == one) for one in set(assignments.values())}


def test_the_published_suspect_is_found_report_by_report(open_index: Open) -> None:
    index = open_index()
    for one in read_reports((DEMO / "cheshire-2023-one-suspect.jsonl").read_bytes().splitlines()):
        index.add(one)
    index.run_night(in_memory.link_files)
    found = index.assignments()
    same = {report for report, suspect in found.items() if suspect == found["CH-001"]}
    assert same == {f"CH-00{number}" for number in range(1, 8)}


@pytest.mark.parametrize("seed", range(6))
def test_a_replay_gives_the_batchs_groups_after_the_night(open_index: Open, seed: int) -> None:
    reports = world(seed)
    told = [one for one in decisions(seed, reports) if one.verdict == Verdict.REJECTED]
    index = open_index()
    for one in reports:
        index.add(one)
    for word in told:
        index.decide(word)
    index.run_night(in_memory.link_files)
    assert groups(index.assignments()) == groups(in_memory.link_reports(reports, told).assignments)


def test_a_new_report_is_linked_at_once_with_reasons(open_index: Open) -> None:
    index = open_index()
    index.add(report("r1", handle("Harbour.Lane77"), name("Sam")))
    answer = index.add(report("r2", handle("harbour_lane77"), name("Sam")))
    assert answer.suspect == "S-r1"
    (link,) = answer.links
    assert (link.a, link.b, link.strength) == ("r1", "r2", Strength.LINKED)
    assert link.reasons
    assert index.add(report("r3", handle("somebody.else"), name("Sam"))).suspect == "S-r3"


def test_near_pictures_and_paraphrased_scripts_meet(open_index: Open) -> None:
    index = open_index()
    picture = random.Random(7).getrandbits(256)
    index.add(report("r1", in_kind(K.IMAGE_PDQ, f"{picture:064x}"), in_kind(K.SCRIPT, SCRIPT)))
    near = picture ^ sum(1 << bit for bit in range(0, 256, 9))
    changed = SCRIPT.replace("friends", "people").replace("sad", "cross").replace("sorry", "upset")
    answer = index.add(report("r2", in_kind(K.IMAGE_PDQ, f"{near:064x}"), in_kind(K.SCRIPT, changed)))
    assert answer.suspect == "S-r1"


def in_kind(kind: IdentifierKind, value: str) -> Any:
    from lightkeeper.core.identifier import Identifier

    return Identifier(kind, value)


def test_a_rejected_pair_stays_apart_for_ever(open_index: Open) -> None:
    index = open_index()
    index.add(report("r1", handle("harbour_lane77"), name("Sam")))
    index.decide(Decision("r2", "r1", Verdict.REJECTED))
    assert index.add(report("r2", handle("harbour_lane77"), name("Sam"))).suspect == "S-r2"
    index.run_night(in_memory.link_files)
    found = index.assignments()
    assert found["r1"] != found["r2"]


def test_a_report_twice_counts_once_and_reopening_forgets_nothing(open_index: Open) -> None:
    index = open_index()
    first = index.add(report("r1", handle("harbour_lane77")))
    assert index.add(report("r1", handle("harbour_lane77"))).suspect == first.suspect
    again = open_index()
    assert len(again) == 1
    assert again.add(report("r2", handle("Harbour_Lane77"))).suspect == "S-r1"


def test_a_report_with_ten_thousand_identifiers_is_bounded(open_index: Open) -> None:
    index = open_index()
    index.add(report("r1", *(handle(f"somebody.number{number}") for number in range(10_000))))
    index.add(report("r2", handle("a\x00b\u202ec" * 4_000)))
    assert len(index) == 2
