"""`lightkeeper check` by its contract: exit codes, one clear line, a Reading a line, and no socket."""

import io
import json
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from lightkeeper.cli.main import main

CHAT = "Sam: hi\nKid: hey\nSam: pay me 50 or i send your pic to everyone\n"
FIELDS = {"id", "level", "first_danger", "findings", "stages", "flags", "notes"}


@pytest.fixture(autouse=True)
def no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **more: Any) -> None:
        raise AssertionError("check opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def test_pasted_text_is_read_and_exit_is_0_whatever_the_level(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", write(tmp_path, "chat.txt", CHAT)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("DANGER")
    assert "message 3" in out
    assert "\x1b" not in out
    assert main(["check", write(tmp_path, "calm.txt", "Sam: hi\nKid: hello there\n")]) == 0


def test_standard_input_and_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CHAT.encode())))
    assert main(["check", "-", "--json", "--me", "Kid"]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert set(reading) == FIELDS
    assert (reading["level"], reading["first_danger"]) == ("danger", 2)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x00\x01\x02\x03" * 50])
def test_what_cannot_be_read_is_2_with_one_clear_line(
    tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(data)
    assert main(["check", str(path)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_missing_file_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "none.txt")]) == 2
    assert main(["check"]) == 2
    assert main(["check", "--batch", str(tmp_path / "none.jsonl")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 3


def test_a_batch_gives_a_reading_a_line_in_order(tmp_path: Path) -> None:
    talks = [
        {
            "id": "a",
            "me": "kid",
            "messages": [{"sender": "x", "text": "i will send your pics to everyone zanzibar"}],
        },
        {"id": "b", "messages": [{"sender": "x", "text": "hello", "sent_at": "2026-01-31T10:00:00"}]},
        {"id": "c", "messages": []},
    ]
    source = write(tmp_path, "in.jsonl", "\n\n".join(json.dumps(talk) for talk in talks) + "\n")
    out = tmp_path / "out.jsonl"
    assert main(["check", "--batch", source, "--out", str(out)]) == 0
    readings = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(one["id"], one["level"]) for one in readings] == [("a", "danger"), ("b", "none"), ("c", "none")]
    assert all(set(one) == FIELDS for one in readings)
    assert "zanzibar" not in out.read_text("utf-8")


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"messages": 3}',
        '{"messages": [3]}',
        '{"messages": [{"text": 1}]}',
        '{"messages": [], "me": 4}',
    ],
)
def test_a_wrong_line_is_2_and_named(tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path, "in.jsonl", '{"messages": []}\n' + line + "\n")
    assert main(["check", "--batch", source, "--out", str(tmp_path / "out.jsonl")]) == 2
    error = capsys.readouterr().err
    assert "line 2" in error
    assert len(error.strip().splitlines()) == 1
