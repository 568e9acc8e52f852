"""The command `warn` from the outside: what it writes, what it refuses and with which code."""

import json
from pathlib import Path

import pytest

from lightkeeper.cli.main import main

SCHOOL = """
name = "Harbour View School"
leads = ["Ms Lantern"]
signed_by = "Ms Lantern"
role = "Designated Safeguarding Lead"
website = "https://www.example.org/"
pupils = 900
"""
EXACT = 'name = "A. N. Officer"\nrank = "inspector"\nreason = "The area asked how many."\n'
QUOTE = 'text = "Tell someone. We will listen."\nrole = "Detective Inspector"\nunit = "Child Exploitation Team"\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "school.toml").write_text(SCHOOL, "utf-8")
    (tmp_path / "exact.toml").write_text(EXACT, "utf-8")
    (tmp_path / "quote.toml").write_text(QUOTE, "utf-8")
    (tmp_path / "figures.json").write_text(json.dumps(figures(85)), "utf-8")
    (tmp_path / "few.json").write_text(json.dumps(figures(4)), "utf-8")
    (tmp_path / "behind.txt").write_text("R-1\nR-2\n", "utf-8")
    (tmp_path / "held.txt").write_text("R-2\n", "utf-8")
    return tmp_path


def figures(count: int) -> dict[str, object]:
    counts = {
        "by": ["platform"],
        "cells": [{"key": ["snapchat"], "reports": count}],
        "total": {"reports": count},
        "period": {"from": "2025-09-01", "to": "2026-02-28"},
        "definition": {"version": "sextortion-1", "words": "reports of blackmail with a picture"},
        "overlapping": ["platform"],
    }
    return {"counts": counts, "comparison": None}


def warn(home: Path, form: str, *more: str) -> int:
    words = ["warn", form, "--place", "wiltshire", "--issued", "2026-03-02", "--out", str(home / "out"), *more]
    return main([word.replace("@", f"{home}/") if word.startswith("@") else word for word in words])


def written(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "out").glob("*"))


def test_a_letter_comes_in_every_form_a_school_needs(home: Path) -> None:
    assert warn(home, "letter", "--school", "@school.toml", "--figures", "@figures.json") == 0
    name = "wiltshire-letter-2026-03-02-en"
    assert written(home) == sorted(
        name + end for end in ("-box.html", ".docx", ".draft.json", ".html", ".pdf", ".txt")
    )
    assert "Draft. Not approved" in (home / "out" / f"{name}.html").read_text("utf-8")


def test_a_bulletin_comes_with_cap_and_feed(home: Path) -> None:
    assert warn(home, "bulletin", "--figures", "@figures.json", "--quote", "@quote.toml") == 0
    assert {name.partition(".")[2] for name in written(home)} >= {"html", "pdf", "txt", "cap.xml", "atom.xml"}
    text = next((home / "out").glob("*.txt")).read_text("utf-8")
    assert "about 85 reports" in text
    assert "Child Exploitation Team" in text


def test_posts_and_feed_can_be_written_alone(home: Path) -> None:
    assert warn(home, "post", "--figures", "@figures.json") == 0
    assert any(name.endswith("-posts.json") for name in written(home))
    assert warn(home, "feed", "--figures", "@figures.json", "--page", "https://www.example.org/w") == 0
    assert any(name.endswith(".atom.xml") for name in written(home))


def test_an_exact_number_needs_its_file(home: Path) -> None:
    assert warn(home, "bulletin", "--figures", "@few.json") == 3
    assert warn(home, "bulletin", "--figures", "@few.json", "--exact", "@exact.toml", "--at-least") == 0
    assert "at least 4 reports" in next((home / "out").glob("*.txt")).read_text("utf-8").replace("\n", " ")


def test_a_small_number_is_refused_with_its_reason(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert warn(home, "bulletin", "--figures", "@few.json") == 3
    assert "small_number" in capsys.readouterr().err
    assert written(home) == []


def test_a_hold_is_refused_and_nothing_is_written(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = ("--figures", "@figures.json", "--behind", "@behind.txt", "--held", "@held.txt")
    assert warn(home, "bulletin", *more) == 3
    assert warn(home, "bulletin", *more, "--preview") == 3  # a preview is no way around a hold
    err = capsys.readouterr().err
    assert "live investigation" in err
    assert "R-2" not in err
    assert written(home) == []


def test_welsh_waits_for_a_fluent_reader(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = ("--figures", "@figures.json", "--language", "cy")
    assert warn(home, "bulletin", *more) == 3
    assert "fluent" in capsys.readouterr().err
    assert warn(home, "bulletin", *more, "--preview") == 0
    assert "Drafft." in next((home / "out").glob("*.txt")).read_text("utf-8")
    assert warn(home, "bulletin", *more, "--reviewed-by", "A fluent reader") == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--figures", "@missing.json"), "cannot read"),
        (("--figures", "@school.toml"), "not JSON"),
        (("--figures", "@figures.json", "--kind", "rumour"), "a kind is one of"),
        (("--figures", "@figures.json", "--exact", "@figures.json"), "not TOML"),
        (("--figures", "@figures.json", "--exact", "@quote.toml"), "none of: name, rank, reason"),
        (("--figures", "@figures.json", "--issued", "soon"), "2026-01-31"),
        (("--figures", "@figures.json", "--place", "atlantis"), "no police force area"),
        (("--figures", "@figures.json", "--language", "tlh"), "en, cy"),
        ((), "needs figures"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(
    more: tuple[str, ...], said: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert warn(home, "bulletin", *more) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_a_saved_draft_can_be_checked_again(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert warn(home, "bulletin", "--figures", "@figures.json") == 0
    draft = next((home / "out").glob("*.draft.json"))
    data = json.loads(draft.read_text("utf-8"))
    data["expires"] = "2036-01-01T00:00:00+00:00"
    data["issued"] = "2035-06-01T00:00:00+00:00"
    data["summary"] = "They put themselves at risk."
    draft.write_text(json.dumps(data), "utf-8")
    assert main(["warn", "check", str(draft)]) == 3
    out = capsys.readouterr().out
    assert "[put themselves at risk]" in out
    data["summary"] = "Tell someone."
    draft.write_text(json.dumps(data), "utf-8")
    assert main(["warn", "check", str(draft)]) == 0
    assert "nothing speaks against it" in capsys.readouterr().out


def test_any_text_can_be_checked_for_its_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Tell someone.\nA week against sexting begins.\n", "utf-8")
    assert main(["warn", "check", str(text)]) == 3
    out = capsys.readouterr().out
    assert "reading grade" in out
    assert "line 2: [sexting]" in out
    text.write_text("She said “sexting” and we left it in.\n", "utf-8")
    assert main(["warn", "check", str(text)]) == 0
