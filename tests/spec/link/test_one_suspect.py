"""Forty-seven reports of one spring, seven of them one man: the machine finds him, and nobody else."""

from importlib.resources import files
from pathlib import Path

from lightkeeper.cli.main import main
from lightkeeper.core.report import read_reports
from lightkeeper.core.suspect import Decision, Strength, Verdict
from lightkeeper.link.engine import Linkage
from lightkeeper.link.engines.in_memory import link_reports

REPORTS = files("lightkeeper.cli").joinpath("demo_reports/cheshire-2023-one-suspect.jsonl")
SEVEN = tuple(f"CH-{number:03}" for number in range(1, 8))


def linked(decisions: tuple[Decision, ...] = ()) -> Linkage:
    return link_reports(read_reports(REPORTS.read_text("utf-8").splitlines()), decisions)


def test_the_seven_are_one_suspect_and_the_forty_others_are_strangers() -> None:
    suspects = {suspect.reports for suspect in linked().suspects}
    assert SEVEN in suspects
    assert {len(reports) for reports in suspects - {SEVEN}} == {1}
    assert sum(map(len, suspects)) == 47


def test_every_link_gives_reasons_whose_weights_add_up() -> None:
    links = [link for link in linked().links if link.strength == Strength.LINKED]
    assert len(links) == 6  # as few as hold seven reports together
    for link in links:
        assert link.reasons
        assert abs(link.as_json()["weight"] - sum(reason.weight for reason in link.reasons)) < 0.001


def test_a_rejected_link_is_never_made_again_by_any_path() -> None:
    suspects = linked((Decision("CH-006", "CH-001", Verdict.REJECTED),)).assignments
    assert suspects["CH-001"] != suspects["CH-006"]
    assert len({suspects[one] for one in SEVEN}) == 2


def test_a_confirmed_link_brings_a_stranger_in() -> None:
    suspects = linked((Decision("CH-001", "CH-030", Verdict.CONFIRMED),)).assignments
    assert {suspects[one] for one in (*SEVEN, "CH-030")} == {suspects["CH-001"]}


def test_the_command_writes_the_files_and_explains_a_link(tmp_path: Path, capsys: object) -> None:
    with_files = tmp_path / "reports.jsonl"
    with_files.write_text(REPORTS.read_text("utf-8"), "utf-8")
    assert main(["link", str(with_files), "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out/assignments.csv").read_text().count("\n") == 48
    assert main(["link", "--explain", "CH-006", "CH-004", "--in", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out  # type: ignore[attr-defined]
    assert "CH-006 and CH-004 are linked" in said
    assert "same number" in said
    assert main(["link", "--explain", "CH-006", "CH-030", "--in", str(tmp_path / "out")]) == 0
    assert "are not linked" in capsys.readouterr().out  # type: ignore[attr-defined]
