"""The five pieces: made by one command, always the same, with the known answers, silent where they must be."""

import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from lightkeeper.cli.examples.five_pieces import (
    EXAMPLES,
    Example,
    compose_example,
    publish_example,
    read_demo,
    write_examples,
)
from lightkeeper.core.errors import Held
from lightkeeper.link.engines.in_memory import link_reports
from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.gate import pass_gate
from lightkeeper.warn.grade import reading_grade
from lightkeeper.watch.counts import Known

TEXTS = (".txt", ".json", ".xml")
DOCS = Path(__file__).parents[3] / "docs" / "examples"
BY_NAME = {example.name: example for example in EXAMPLES}


def page(name: str) -> str:
    return " ".join(text_of(name).split())


def text_of(name: str) -> str:
    (path,) = (path for path in (DOCS / name).glob("*.txt") if not path.stem.endswith("-sms"))
    return path.read_text("utf-8")


def test_the_docs_hold_what_the_command_writes(tmp_path: Path) -> None:
    """PDFs hold the version of the typesetter; every other file must be the same to the last byte."""
    for path in write_examples(tmp_path):
        kept = DOCS / path.relative_to(tmp_path)
        assert kept.exists(), "run: lightkeeper warn examples --out docs/examples"
        if path.suffix != ".pdf":
            assert kept.read_bytes() == path.read_bytes(), kept.name
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.*")}
    assert {path.relative_to(DOCS) for path in DOCS.rglob("*.*") if path.parent != DOCS} == made


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("warning", ["at least 17 reports from 1 May 2022", "Instagram and Snapchat"]),
        ("bulletin", ["153 reports from 1 October 2022 to 30 September 2023", "There were 84", "a real rise"]),
        ("summary", ["12 reports from 20 November 2017 to 7 January 2018", "passed on"]),
        ("appeal", ["talk with their child tonight"]),
        ("letter", ["Dear parents and carers", "talk to Ms Lantern and Mr Keel", "at least 17 reports"]),
    ],
)
def test_each_piece_says_what_the_scenario_asks_for(name: str, said: list[str]) -> None:
    text = page(name)
    for part in said:
        assert part in text


@pytest.mark.parametrize("example", EXAMPLES, ids=BY_NAME)
def test_each_piece_went_through_four_steps_by_four_people(example: Example) -> None:
    warning, approval = publish_example(example)
    assert [step.name for step in approval.steps] == ["submit", "agree", "clear", "publish"]
    assert len({step.person for step in approval.steps}) == 4
    assert {step.fingerprint for step in approval.steps} == {warning.fingerprint()}


@pytest.mark.parametrize("example", EXAMPLES, ids=BY_NAME)
def test_each_piece_can_be_read_by_a_twelve_year_old(example: Example) -> None:
    assert reading_grade(text_of(example.name)) <= 7


def test_no_published_piece_names_a_child_an_age_or_a_report() -> None:
    for path in DOCS.rglob("*.*"):
        if path.suffix in (".txt", ".html", ".xml", ".json") and "approval" not in path.name:
            text = path.read_text("utf-8")
            assert not re.search(r"\b(?:CH|W2\d|G\d\d)-\d{3}\b", text), path.name
            assert "-year-old" not in text


def test_the_appeal_leaves_out_everything_of_the_held_case() -> None:
    """One report is held; its suspect's six others are held with it; nothing of the seven may be seen."""
    example = BY_NAME["appeal"]
    reports = read_demo(example.reports)
    known = Known(suspects=link_reports(reports).assignments, held=example.held)
    behind = compose_example(example, reports, known).behind
    assert not {f"CH-00{number}" for number in range(1, 8)} & set(behind)
    assert len(behind) == len(reports) - 7
    (pdf,) = (DOCS / "appeal").glob("*.pdf")
    told = "".join(one.extract_text() for one in PdfReader(pdf).pages)
    told += "".join(path.read_text("utf-8") for path in (DOCS / "appeal").glob("*.*") if path.suffix in TEXTS)
    for word in ("snapchat", "seven", "7 other", "six other", "13", "suspect", "arrest", "school told", "one man"):
        assert not re.search(rf"\b{word}", re.sub(r"\d{4}-\d\d-\d\d\S*|[0-9a-f-]{12,}", "", told.lower())), word


def test_the_gate_stops_the_appeal_when_the_held_case_stands_behind_it() -> None:
    example = BY_NAME["appeal"]
    reports = read_demo(example.reports)
    nothing_known = compose_example(example, reports, Known())
    with pytest.raises(Held):
        pass_gate(nothing_known, Circumstances(nothing_known.issued, held=frozenset({"CH-001"})))


def test_the_posts_of_every_piece_fit() -> None:
    for path in DOCS.rglob("*-posts.json"):
        for post in json.loads(path.read_text("utf-8")):
            assert post["length"] <= post["limit"]


def test_the_appeal_is_the_same_whether_or_not_the_held_case_exists() -> None:
    """Nobody who compares two publications can learn of it, by subtraction or otherwise."""
    example = BY_NAME["appeal"]
    reports = read_demo(example.reports)
    assignments = link_reports(reports).assignments
    with_it = compose_example(example, reports, Known(suspects=assignments, held=example.held))
    left = [report for report in reports if assignments[report.id] != assignments["CH-001"]]
    assert len(left) == len(reports) - 7
    assert compose_example(example, left, Known()) == with_it
