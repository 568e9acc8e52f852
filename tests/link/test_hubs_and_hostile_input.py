"""Input meant to break the links: hubs, floods, odd characters, the same report again."""

import importlib.util
import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lightkeeper.cli.main import main
from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.core.report import Harm, Report, Reporter, read_reports
from lightkeeper.link.engine import Linkage
from lightkeeper.link.engines import duckdb, in_memory

BENCH = Path(__file__).parents[2] / "bench/link/generate.py"
ENGINES = [in_memory, duckdb]


def groups(linkage: Linkage) -> set[tuple[str, ...]]:
    return {suspect.reports for suspect in linkage.suspects}


def report(name: str, *suspect: Identifier) -> Report:
    return Report(name, datetime(2026, 3, 1, tzinfo=UTC), Reporter.CHILD, (Harm.THREAT,), suspect=suspect)


def handle(value: str) -> Identifier:
    return Identifier(IdentifierKind.HANDLE, value)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    spec = importlib.util.spec_from_file_location("link_generate", BENCH)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    folder = tmp_path_factory.mktemp("world")
    module.make(8_000, 5, folder)
    return list(read_reports((folder / "reports.jsonl").read_bytes().splitlines()))


@pytest.mark.parametrize("hubs", [1, 3])
def test_hubs_in_every_twentieth_report_change_no_group(world: list[Report], hubs: int) -> None:
    dice = random.Random(2)
    names = [f"wallet.desk.{'abc'[number]}" for number in range(hubs)]
    flooded = [
        Report(one.id, one.received, one.reporter, one.harms, suspect=(*one.suspect, handle(dice.choice(names))))
        if dice.random() < 0.05
        else one
        for one in world
    ]
    assert groups(duckdb.link_reports(flooded)) == groups(duckdb.link_reports(world))


@pytest.mark.parametrize("engine", ENGINES)
def test_who_is_behind_a_tenth_of_all_reports_is_no_hub(engine) -> None:  # type: ignore[no-untyped-def]
    """His account comes with his usual name far more often than chance has it, and once with each other name."""
    name = lambda value: Identifier(IdentifierKind.DISPLAY_NAME, value)  # noqa: E731
    his = [report(f"a{n:04}", handle("harbour_lane77"), name("Sam"), name(f"Once {n}")) for n in range(200)]
    strangers = [
        report(f"b{n:04}", handle(f"stranger{n * 7919}x"), name("Sam" if n % 60 == 0 else f"Once {n}"))
        for n in range(1_800)
    ]
    assert tuple(one.id for one in his) in groups(engine.link_reports([*his, *strangers]))


@pytest.mark.parametrize("engine", ENGINES)
def test_ten_thousand_identifiers_cost_little_and_join_nobody(engine) -> None:  # type: ignore[no-untyped-def]
    flood = report("flood", *(handle(f"somebody.number{'x' * (n % 50)}{n}q") for n in range(10_000)))
    victims = [report(f"v{n}", handle(f"somebody.number{'x' * (n % 50)}{n}q")) for n in range(100, 130)]
    assert len(groups(engine.link_reports([flood, *victims]))) == 31


@pytest.mark.parametrize("engine", ENGINES)
def test_the_longest_values_and_odd_characters_are_read(engine) -> None:  # type: ignore[no-untyped-def]
    odd = ["\u0000", "a\u0000b", "\u202e\u202d", "x" * 20_000, "🙂" * 5_000, "\ud7ff", "' OR 1=1 --", '"}\n{"']
    reports = [
        report(f"{kind}-{n}", Identifier(kind, value)) for kind in IdentifierKind for n, value in enumerate(odd)
    ]
    linkage = engine.link_reports(reports)
    assert len(linkage.assignments) == len(reports)
    assert max(map(len, groups(linkage))) <= 2  # "a␀b" is the same under two kinds at most, never a crowd


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_report_again_counts_once(engine) -> None:  # type: ignore[no-untyped-def]
    twice = [
        report("a", handle("mia.lake77")),
        report("a", handle("other.person")),
        report("b", handle("other.person")),
    ]
    assert groups(engine.link_reports(twice)) == {("a",), ("b",)}


@pytest.mark.parametrize("engine", ["in_memory", "duckdb"])
@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{not json", "report"),
        ('{"id": "b", "received": "2026-03-01T09:00:00Z", "reporter": "child"}', "harms"),
        ('{"id": "b", "suspect": 7}', "received"),
    ],
)
def test_a_line_that_is_no_report_is_named(
    engine: str, line: str, field: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {"id": "a", "received": "2026-03-01T09:00:00Z", "reporter": "child", "harms": ["threat"]}
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps(good) + "\n" + line + "\n")
    code = main(["link", str(path), "--out", str(tmp_path / "out"), "--engine", engine])
    if engine == "duckdb" and field == "harms":
        assert code == 0  # what linking does not read is not checked a second time at the size of the world
        return
    assert code == 2
    said = capsys.readouterr().err
    assert "line 2" in said
    assert field in said


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = []
    for number in range(3):
        paths.append(tmp_path / f"part-{number}.jsonl")
        lines = (f"{n}-{number}" for n in range(5))
        said = {"received": "2026-03-01T09:00:00Z", "reporter": "child", "harms": ["threat"]}
        suspect = {"suspect": [{"kind": "phone", "value": "07700 900123"}]}
        paths[-1].write_text("".join(json.dumps({"id": one, **said, **suspect}) + "\n" for one in lines))
    out, read = tmp_path / "out", []

    def interrupted(what: str, done: float) -> None:
        if what == "reading":
            read.append(done)
        if len(read) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        duckdb.link_files(paths, out, (), interrupted)
    kept = len(list((out / ".parts").glob("*.done")))
    assert kept == 2
    read.clear()
    assert duckdb.link_files(
        paths, out, (), lambda what, done: read.append(done) if what == "reading" else None
    ) == (15, 1)
    assert len(read) == 1
    assert not (out / ".parts").exists()
