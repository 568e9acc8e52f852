"""The page's engine gives the same readings as the Python engine, to the last finding, in Node."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.check_talk import all_examples, as_json, make_conversations

import lightkeeper.web
from lightkeeper.check import check
from lightkeeper.core.message import Conversation, Message

HERE = Path(__file__).parent
PAGE = Path(next(iter(lightkeeper.web.__path__))) / "public" / "static" / "check"
FUZZED = 10_000


def read_in_node(conversations: list[Conversation]) -> list[dict[str, object]]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node here: the browser's tests hold the engines together")
    lines = "".join(json.dumps(as_json(one)) + "\n" for one in conversations)
    command = [node, str(HERE / "read.mjs"), str(PAGE)]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, timeout=300)
    return [json.loads(line) for line in done.stdout.splitlines()]


def assert_same(conversations: list[Conversation]) -> None:
    theirs = read_in_node(conversations)
    assert len(theirs) == len(conversations)
    for conversation, reading in zip(conversations, theirs, strict=True):
        assert reading == check(conversation).as_json(), as_json(conversation)


def test_every_example_of_every_sign() -> None:
    assert_same(
        [Conversation((Message(sender, text),), me="me") for text in all_examples() for sender in ("me", "x")]
    )


def test_ten_thousand_conversations_at_random() -> None:
    assert_same(list(make_conversations(2026, FUZZED)))
