"""The browser's modules and the Python readers say the same, on every example and on thousands of broken ones."""

import base64
import io
import json
import random
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from lightkeeper.check.exports import FORMATS, limits, read_export, read_exports
from lightkeeper.check.exports.browser import facts_module
from lightkeeper.core.errors import UnreadableExport
from lightkeeper.core.message import Conversation

Case = tuple[bytes, str, str | None]
NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="Node is not here; the browser test covers the same modules")
PIECES = [
    *(
        "\n",
        "\r\n",
        ": ",
        " - ",
        "[",
        "]",
        '"',
        "{",
        "}",
        ",",
        ";",
        "\u200e",
        "\u202f",
        "\u00a0",
        "à",
        "下午",
        "٢",
        "😕",
    ),
    *(
        "12/13/26",
        "13/12/2026",
        "1.2.26",
        "22:07",
        "10:07 PM",
        "p. m.",
        "null",
        "true",
        "-1",
        "1e400",
        "99999999999999",
    ),
    *(
        "<Media omitted>",
        "Sam: ",
        "Me: ",
        "You: ",
        "https://example.com/a.jpg",
        "(file attached)",
        "Ã¼",
        "\ufffd",
        "\t",
    ),
]


def test_the_facts_of_the_browser_are_current(static_folder: Path) -> None:
    assert (static_folder / "facts.js").read_text("utf-8") == facts_module()


@needs_node
def test_both_read_every_example_alike(samples: dict[str, tuple[bytes, str]], static_folder: Path) -> None:
    cases: list[Case] = [(data, name, None) for data, name in samples.values()]
    cases += [(data, name, format) for data, name in samples.values() for format in FORMATS]
    compare(cases, static_folder)


@needs_node
def test_both_read_broken_files_alike(samples: dict[str, tuple[bytes, str]], static_folder: Path) -> None:
    chance = random.Random(20261121)
    texts = [(data, name) for data, name in samples.values() if not data.startswith(b"PK")]
    cases: list[Case] = []
    for _ in range(4000):
        data, name = chance.choice(texts)
        cases.append((broken(data, chance), name, chance.choice([*[None] * 60, *FORMATS])))
    cases += [(pasted(chance), "", None) for _ in range(2000)]
    compare(cases, static_folder)


@needs_node
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_both_read_every_encoding_alike(encoding: str, static_folder: Path) -> None:
    text = "21/11/2026, 22:07 - Zoë: café, señor\n21/11/2026, 22:08 - Sam: <Media omitted>\n"
    compare([(text.encode(encoding), "", None)], static_folder)
    assert [one.sender for one in read_export(text.encode(encoding)).messages] == ["Zoë", "Sam"]


@needs_node
def test_both_refuse_hostile_files_alike(static_folder: Path) -> None:
    bomb, rare, pages = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("_chat.txt", b"0" * (limits.LARGEST_TEXT + 1))
    with zipfile.ZipFile(rare, "w", zipfile.ZIP_BZIP2) as packed:
        packed.writestr("_chat.txt", "Sam: hi")
    with zipfile.ZipFile(pages, "w") as packed:
        packed.writestr("messages.html", "<html>")
    hostile = [
        bomb.getvalue(),
        rare.getvalue(),
        pages.getvalue(),
        b"[" * 1_000_000,
        b"\xff\xd8\xff\xe0",
        b"",
        b"%PDF-1",
    ]
    hostile += [
        b"PK\x05\x06" + b"\0" * 18,
        b"<!doctype html>",
        b"a: " * 1_000_000,
        b"x\n" * 2_000_001,
        b"{" * 3_000_001,
    ]
    compare([(data, "", None) for data in hostile], static_folder)


@needs_node
def test_a_broken_archive_is_read_or_refused_by_both(
    samples: dict[str, tuple[bytes, str]], static_folder: Path
) -> None:
    chance = random.Random(7)
    archives = [data for data, _ in samples.values() if data.startswith(b"PK")]
    cases: list[Case] = []
    for _ in range(600):
        whole = bytearray(chance.choice(archives))
        for _ in range(chance.randint(1, 5)):
            whole[chance.randrange(len(whole))] = chance.randrange(256)
        cases.append((bytes(whole[: chance.choice([len(whole), chance.randrange(len(whole))])]), "", None))
    said = in_node(cases, static_folder)
    assert [one for one in said if "broken" in one] == []
    assert all(set(in_python(case)) <= {"chats", "one", "error"} for case in cases)


def broken(data: bytes, chance: random.Random) -> bytes:
    """A few pieces put in, taken out or doubled; now and then a byte that is no letter."""
    text = data.decode()
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice([0, 0, 1, 2, 8, 40]))
        text = text[:at] + chance.choice([*PIECES, text[at:end] * 2, ""]) + text[end:]
    whole = text.encode()
    if chance.random() < 0.1:
        at = chance.randrange(len(whole) + 1)
        whole = whole[:at] + bytes([chance.randrange(256)]) + whole[at:]
    return whole


def pasted(chance: random.Random) -> bytes:
    """Lines of pieces: what a shaky hand may copy from a screen."""
    words = [*PIECES, "Sam", "Noor", "hi", "pay me", "today", "(", ")", "—", ".", "!", "Seen", "21/11/2026,", " "]
    return "".join(chance.choice(words) for _ in range(chance.randint(1, 60))).encode()


def compare(cases: Iterable[Case], static_folder: Path) -> None:
    asked = list(cases)
    for case, theirs in zip(asked, in_node(asked, static_folder), strict=True):
        assert theirs == in_python(case), case


def in_node(cases: list[Case], static_folder: Path) -> list[Any]:
    assert NODE is not None
    lines = (
        json.dumps({"data": base64.b64encode(data).decode(), "filename": name, "format": format})
        for data, name, format in cases
    )
    script = Path(__file__).with_name("run_twin.mjs")
    done = subprocess.run(
        [NODE, str(script), (static_folder / "index.js").as_uri()],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def in_python(case: Case) -> dict[str, Any]:
    data, name, format = case
    try:
        chats = read_exports(data, filename=name, format=format)
        return {
            "chats": [as_json(chat) for chat in chats],
            "one": as_json(read_export(data, filename=name, format=format)),
        }
    except UnreadableExport as error:
        return {"error": error.reason}


def as_json(chat: Conversation) -> dict[str, Any]:
    messages = [
        {
            "sender": one.sender,
            "text": one.text,
            "sentAt": one.sent_at.isoformat() if one.sent_at else None,
            "kind": str(one.kind),
        }
        for one in chat.messages
    ]
    return {"messages": messages, "me": chat.me, "notes": list(chat.notes), "id": chat.id}
