"""What each app gives out, and how it is read: a worked example for every format, in `samples/`."""

import io
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from lightkeeper.check.exports import FORMATS, read_export, read_exports
from lightkeeper.check.exports.facts import note
from lightkeeper.core.message import Conversation

SAMPLES = {
    path.stem: tomllib.loads(path.read_text("utf-8"))
    for path in sorted(Path(__file__).parent.glob("samples/*.toml"))
}


def bytes_of(sample: dict[str, Any]) -> bytes:
    """The file as the app gives it: a text, or a zip of several."""
    if "input" in sample:
        return sample["input"].encode()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sample["files"].items():
            packed.writestr(name, content.lstrip("\n"))
    return archive.getvalue()


def as_rows(chat: Conversation) -> list[list[str]]:
    return [
        [one.sender, one.text, one.sent_at.isoformat() if one.sent_at else "", str(one.kind)]
        for one in chat.messages
    ]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("told", [False, True], ids=["found", "told"])
def test_each_format_is_found_and_read(name: str, told: bool) -> None:
    sample = SAMPLES[name]
    told = told and "input" in sample  # an archive may hold other things than the one format
    chats = read_exports(
        bytes_of(sample), filename=sample.get("filename", ""), format=sample["format"] if told else None
    )
    assert [as_rows(chat) for chat in chats] == [chat["messages"] for chat in sample["chats"]]
    assert [chat.me for chat in chats] == [chat.get("me") for chat in sample["chats"]]
    assert [list(chat.notes) for chat in chats] == [
        [note(one) for one in chat.get("notes", [])] for chat in sample["chats"]
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_one_conversation_holds_every_message_of_every_chat(name: str) -> None:
    sample = SAMPLES[name]
    chat = read_export(bytes_of(sample), filename=sample.get("filename", ""))
    assert as_rows(chat) == [row for one in sample["chats"] for row in one["messages"]]
    assert (note("many_chats", n=len(sample["chats"])) in chat.notes) == (len(sample["chats"]) > 1)


def test_every_format_has_an_example() -> None:
    assert {sample["format"] for sample in SAMPLES.values()} == set(FORMATS)
