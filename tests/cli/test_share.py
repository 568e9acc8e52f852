"""`lightkeeper share` takes two teams through an exchange by files."""

import json

import pytest

from lightkeeper.cli.main import main


def team(folder, *rows):
    folder.mkdir()
    reports = [
        {"id": name, "received": "2026-01-31T09:30:00Z", "reporter": "police", "harms": ["sextortion"],
         "suspect": [{"kind": "handle", "value": handle}]}
        for name, handle in rows
    ]  # fmt: skip
    (folder / "reports.jsonl").write_text("".join(json.dumps(one) + "\n" for one in reports))
    lines = "".join(f"{name},S-{name}\n" for name, _ in rows)
    (folder / "assignments.csv").write_text("report_id,suspect_id\n" + lines)
    return ["--reports", str(folder / "reports.jsonl"), "--links", str(folder)]


@pytest.fixture
def teams(tmp_path):
    ours = team(tmp_path / "ours", ("A1", "harbour_lane77"), ("A2", "quiet.tern"))
    theirs = team(tmp_path / "theirs", ("B1", "Harbour.Lane77"), ("B2", "other.name"))
    return ours, theirs


def test_ask_answer_learn(tmp_path, teams, capsys):
    ours, theirs = teams
    question, key, told = (str(tmp_path / name) for name in ("q.json", "q.key", "a.json"))
    assert main(["share", "ask", *ours, "--question", question, "--keep", key]) == 0
    assert (tmp_path / "q.key").stat().st_mode & 0o077 == 0
    assert main(["share", "answer", *theirs, "--question", question, "--answer", told]) == 0
    capsys.readouterr()
    assert main(["share", "learn", *ours, "--answer", told, "--keep", key]) == 0
    assert capsys.readouterr().out == "S-A1\n"
    assert not (tmp_path / "q.key").exists()


def test_secret_tokens_match(tmp_path, teams, capsys):
    ours, theirs = teams
    secret, tokens = str(tmp_path / "agreed.key"), str(tmp_path / "tokens.txt")
    assert main(["share", "secret", "--secret", secret]) == 0
    assert main(["share", "tokens", *theirs, "--secret", secret, "--tokens", tokens]) == 0
    capsys.readouterr()
    assert main(["share", "match", *ours, "--secret", secret, "--tokens", tokens]) == 0
    assert capsys.readouterr().out == "S-A1\n"


def test_what_is_missing_is_said_in_one_line(tmp_path, teams, capsys):
    assert main(["share", "ask", *teams[0], "--question", str(tmp_path / "q")]) == 2
    assert capsys.readouterr().err == "lightkeeper share: `share ask` needs --keep\n"
    assert main(["share", "secret", "--secret", str(tmp_path / "k")]) == 0
    assert main(["share", "secret", "--secret", str(tmp_path / "k")]) == 2
    assert "not written over" in capsys.readouterr().err
