"""The page docs/how-to/write-a-warning.md is run: its commands, its file, its Python."""

import re
import shlex
from contextlib import redirect_stdout
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from lightkeeper.cli.examples.five_pieces import EXAMPLES, publish_example
from lightkeeper.cli.main import main
from lightkeeper.warn.approval import Approval, Person, take_step
from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.formats.post import write_post
from lightkeeper.warn.outbox.mastodon import Mastodon
from lightkeeper.warn.outbox.parcel import pack
from lightkeeper.warn.permit import permit_sending

PAGE = (Path(__file__).parents[3] / "docs/how-to/write-a-warning.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [line for kind, block in BLOCKS if not kind for line in block.splitlines()]
COMMANDS += re.findall(r"`(lightkeeper warn [^`]+)`", PAGE)


def run(line: str) -> int:
    command, _, target = line.partition(" > ")
    words = shlex.split(command)[1:]
    if not target:
        return main(words)
    with Path(target).open("w", encoding="utf-8") as out, redirect_stdout(out):
        return main(words)


def test_every_command_of_the_page_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    demo = files("lightkeeper.cli").joinpath("demo_reports", "gloucestershire-2022-since-may.jsonl")
    Path("reports.jsonl").write_text(demo.read_text("utf-8").replace('"2022-', '"2026-'), "utf-8")
    (school,) = (block for kind, block in BLOCKS if kind == "toml")
    Path("school.toml").write_text(school, "utf-8")
    Path("text.txt").write_text("Tell someone.", "utf-8")
    assert len(COMMANDS) == 4
    for line in COMMANDS:
        assert run(line) == 0, line
    assert {path.suffix for path in Path("drafts").iterdir()} >= {".html", ".pdf", ".docx", ".txt", ".xml"}


def test_the_python_of_the_page_works() -> None:
    warning, published = publish_example(EXAMPLES[0])
    (code,) = (block for kind, block in BLOCKS if kind == "python")
    cleared = Approval(warning.id, published.steps[:-1])
    now = warning.issued + timedelta(hours=1)
    known = {
        "take_step": take_step,
        "permit_sending": permit_sending,
        "Mastodon": Mastodon,
        "pack": pack,
        "write_post": write_post,
        "approval": cleared,
        "person": Person("the publisher", frozenset({"publisher"})),
        "warning": warning,
        "circumstances": Circumstances(now),
        "now": now,
        "url": "https://social.example.org",
        "token": "made up",
    }
    exec(code, known)
    assert known["approval"].state == "published"  # type: ignore[attr-defined]
