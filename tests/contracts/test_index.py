"""The index gives the batch's groups after the night, on SQLite and on PostgreSQL, and sensible ones before it."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.contracts.test_engines import SCRIPT, K, decisions, handle, name, report, world

from lightkeeper.core.identifier import IdentifierKind
from lightkeeper.core.report import read_reports
from lightkeeper.core.suspect import Decision, Strength, Verdict
from lightkeeper.link import weigh
from lightkeeper.link.engines import in_memory
from lightkeeper.link.engines.index import Index
from lightkeeper.link.online.counts import get_counts
from lightkeeper.link.online.store import Store, open_postgres, open_sqlite

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
            open_sqlite(tmp_path / "index.sqlite3") if request.param == "sqlite" else open_postgres(address)
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


def tables(index: Index) -> dict[str, set[Any]]:
    """What the index knows of its suspects, by their names, so that two of them can be compared."""
    ask = index._store.ask
    name = dict(ask("SELECT number, name FROM link_suspect"))
    return {
        "shown": {(t, name[s], count, report) for t, s, count, report in ask("SELECT * FROM link_shown")},
        "common": set(ask("SELECT * FROM link_common")),
        "suspects": {
            (name[number], size, bytes(seen)) for number, _, size, seen in ask("SELECT * FROM link_suspect")
        },
        "counts": {(get_counts(index._store).reports, get_counts(index._store).suspects)},
        "showing": set(enumerate(get_counts(index._store).showing)),
    }


@pytest.mark.parametrize("seed", range(6))
def test_what_is_counted_one_by_one_is_what_is_counted_at_once(
    open_index: Open, tmp_path: Path, seed: int
) -> None:
    """A report added, moved by an officer or moved by the night leaves the same numbers as filling all anew."""
    reports = [*world(seed), *(report(f"s{n:02}", name("Sam"), handle(f"sam.no{n}")) for n in range(40))]
    index = open_index()
    for one in reports:
        index.add(one)
    dice = random.Random(seed)
    fill_anew = Index(open_sqlite(tmp_path / "anew.sqlite3"), tmp_path / "anew")
    fill_anew.fill(reports, index.assignments())
    assert tables(fill_anew) == tables(index)
    for some in (2, 1, len(reports)):  # few are moved one by one, many by telling all anew
        moved = {one.id: f"S-{dice.choice(reports).id}" for one in dice.sample(reports, some)}
        index.settle(moved)
        assert index.assignments().items() >= moved.items()
        again = Index(open_sqlite(tmp_path / f"{some}.sqlite3"), tmp_path / str(some))
        again.fill(reports, index.assignments())
        assert tables(again) == tables(index)


def test_a_log_that_was_given_room_does_not_grow_and_is_as_durable(tmp_path: Path) -> None:
    path, log = tmp_path / "index.sqlite3", tmp_path / "index.sqlite3-wal"
    store = open_sqlite(path, staying=True)
    index, room = Index(store, tmp_path / "pictures"), log.stat().st_size
    for one in world(3):
        index.add(one)
    assert log.stat().st_size == room > 60_000_000
    assert (store.ask("PRAGMA journal_mode"), store.ask("PRAGMA synchronous")) == ([("wal",)], [(2,)])
    shutil.copytree(tmp_path, tmp_path / "pulled")  # as the files are when the plug is pulled
    index.close()
    for folder in (tmp_path, tmp_path / "pulled"):
        again = Index(open_sqlite(folder / path.name), folder / "pictures")
        assert again.assignments().keys() == {one.id for one in world(3)}
        assert again._store.ask("PRAGMA integrity_check") == [("ok",)]
        again.close()


def test_a_forgotten_report_leaves_nothing_behind(open_index: Open) -> None:
    index = open_index()
    pictures = [f"{random.Random(seed).getrandbits(256):064x}" for seed in (1, 2)]
    index.add(report("r1", handle("harbour_lane77"), in_kind(K.IMAGE_PDQ, pictures[0])))
    index.add(report("r2", handle("second.man"), in_kind(K.SCRIPT, SCRIPT), in_kind(K.IMAGE_PDQ, pictures[1])))
    index.add(report("r3", in_kind(K.IMAGE_PDQ, pictures[1])))
    index.decide(Decision("r1", "r2", Verdict.REJECTED))
    index.forget(["r2"])
    ask = index._store.ask
    assert len(index) == 2
    assert index.assignments().keys() == {"r1", "r3"}
    assert ask("SELECT script FROM link_script") == ask("SELECT script FROM link_band") == []
    assert ask("SELECT a FROM link_decision") == []
    assert {value for (value,) in ask("SELECT hash FROM link_image")} == set(pictures)  # r3 has it still
    assert index.add(report("r4", handle("second.man"))).suspect == "S-r4"
    index.forget(["r1"])
    assert pictures[0] not in {value for (value,) in ask("SELECT hash FROM link_image")}
    assert index.add(report("r5", in_kind(K.IMAGE_PDQ, pictures[0]))).suspect == "S-r5"
    assert index.add(report("r6", in_kind(K.IMAGE_PDQ, pictures[1]))).suspect == index.assignments()["r3"]


def test_pictures_of_a_transaction_that_failed_are_taken_back(open_index: Open) -> None:
    index = open_index()
    dice = random.Random(5)
    first, second, third = (f"{dice.getrandbits(256):064x}" for _ in range(3))
    index.add(report("r1", in_kind(K.IMAGE_PDQ, first)))

    def fail() -> None:
        with index._store.transaction():
            index._alike.begin(get_counts(index._store))
            index._alike.picture(second, 2)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert index.add(report("r2", in_kind(K.IMAGE_PDQ, third))).suspect == "S-r2"
    assert index.add(report("r3", in_kind(K.IMAGE_PDQ, second))).suspect == "S-r3"
    assert index.add(report("r4", in_kind(K.IMAGE_PDQ, third))).suspect == "S-r2"


def test_a_suspect_may_bear_the_name_of_a_report_that_comes_only_now(open_index: Open) -> None:
    index = open_index()
    both = [report(one, handle("harbour_lane77")) for one in ("r2", "r3")]
    index.fill(both, {"r2": "S-r1", "r3": "S-r1"})
    answer = index.add(report("r1", handle("somebody.else")))
    assert groups(index.assignments()) == {frozenset({"r1"}), frozenset({"r2", "r3"})}
    assert index.assignments()["r1"] == answer.suspect == "S-r1-2"


def test_after_a_statement_that_the_database_refused_nothing_is_kept_and_all_goes_on(open_index: Open) -> None:
    index = open_index()
    index.add(report("r1", handle("harbour_lane77")))

    def fail() -> None:
        with index._store.transaction():
            index._store.put("INSERT INTO link_known (name, value) VALUES (?, ?)", [("kept", "no")])
            index._store.put("INSERT INTO link_known (name, value) VALUES (?, ?)", [("kept", "twice")])

    with pytest.raises(Exception, match=r"(?i)unique"):
        fail()
    assert index._store.ask("SELECT value FROM link_known WHERE name = 'kept'") == []
    assert index.add(report("r2", handle("Harbour.Lane77"))).suspect == "S-r1"


def test_two_processes_see_each_others_reports_and_pictures(open_index: Open) -> None:
    one, other = open_index(), open_index()
    dice = random.Random(6)
    for number in range(0, 20, 2):
        picture = f"{dice.getrandbits(256):064x}"
        one.add(report(f"r{number:02}", in_kind(K.IMAGE_PDQ, picture)))
        answer = other.add(report(f"r{number + 1:02}", in_kind(K.IMAGE_PDQ, picture)))
        assert answer.suspect == f"S-r{number:02}"
        one, other = other, one


def test_a_lost_folder_of_pictures_is_made_anew(open_index: Open, tmp_path: Path) -> None:
    picture = f"{random.Random(8).getrandbits(256):064x}"
    open_index().add(report("r1", in_kind(K.IMAGE_PDQ, picture)))
    shutil.rmtree(tmp_path / "images")
    assert open_index().add(report("r2", in_kind(K.IMAGE_PDQ, picture))).suspect == "S-r1"


def test_a_confirmed_pair_is_joined_as_soon_as_it_is_there(open_index: Open) -> None:
    index = open_index()
    index.add(report("r1", handle("harbour_lane77")))
    index.decide(Decision("r2", "r1", Verdict.CONFIRMED))
    answer = index.add(report("r2", handle("somebody.else")))
    assert answer.suspect == "S-r1"
    assert answer.links[0].reasons[0].kind == "decision"


def test_a_prolific_offender_is_joined_at_once_and_a_popular_name_joins_nobody(open_index: Open) -> None:
    index = open_index()
    reports = [report(f"r{n:03}", handle("harbour_lane77"), name("Sam")) for n in range(80)]
    strangers = [
        report(f"s{n:03}", handle(f"stranger.{'abcdefghij'[n % 10] * (5 + n // 10)}"), name("Sam"))
        for n in range(80)
    ]
    index.fill([*reports, *strangers], {one.id: "S-r000" for one in reports})
    answer = index.add(report("t1", handle("Harbour.Lane77"), name("Sam")))
    assert answer.suspect == "S-r000"
    assert index.add(report("t2", handle("quite.another"), name("Sam"))).suspect == "S-t2"


@pytest.mark.parametrize(("worlds", "joins"), [(1.0, True), (2.0, False)])
def test_the_worlds_that_the_night_counted_make_a_meeting_by_chance_likelier(
    open_index: Open, worlds: float, joins: bool
) -> None:
    index = open_index()
    index.fill((report(f"s{n:03}", handle(f"stranger.{n * 7919:06}")) for n in range(200)), {})
    index.settle({}, weigh.first_beliefs(), worlds)
    index.add(report("r1", name("Sam Harbour"), in_kind(K.SCRIPT, SCRIPT)))
    answer = open_index().add(report("r2", name("Sam Harbour"), in_kind(K.SCRIPT, SCRIPT)))
    assert answer.suspect == ("S-r1" if joins else "S-r2")
    assert {link.strength for link in answer.links} >= ({Strength.LINKED} if joins else set())
