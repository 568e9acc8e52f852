"""Whole made-up talks in seven languages, and what they are read as.

`talks/LANGUAGE.toml` holds them. `written` says whether a talk is older than the wording it is read by:
"before" talks were there first, "after" talks were written when the wording was frozen for the first time,
"later" ones when it was frozen again.
A talk that is not yet read as it should be says so with `read_as`, so that the gap is in plain sight and
closing it shows.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from lightkeeper.check import check
from lightkeeper.core.finding import Level
from lightkeeper.core.message import Conversation, Message

TALKS = {
    path.stem: tomllib.loads(path.read_text("utf-8"))["talk"]
    for path in sorted((Path(__file__).parent / "talks").glob("*.toml"))
}
EVERY = [
    pytest.param(talk, id=f"{code}-{number}") for code, talks in TALKS.items() for number, talk in enumerate(talks)
]
LEAST_RECALL = 0.9


def read(talk: dict[str, Any]) -> Conversation:
    return Conversation(tuple(Message(sender, text) for sender, text in talk["messages"]), me="me")


@pytest.mark.parametrize("talk", EVERY)
def test_a_talk_is_read_as_it_should_be(talk: dict[str, Any]) -> None:
    reading = check(read(talk))
    assert reading.level == talk.get("read_as", talk["level"])
    assert set(talk.get("flags", ())) <= set(reading.flags)


@pytest.mark.parametrize("code", TALKS)
def test_a_language_is_known_well_enough(code: str) -> None:
    threatening = [talk for talk in TALKS[code] if talk["level"] == "danger"]
    harmless = [talk for talk in TALKS[code] if talk["level"] == "none"]
    seen = sum(check(read(talk)).level is Level.DANGER for talk in threatening)
    assert seen >= LEAST_RECALL * len(threatening)
    assert not any(check(read(talk)).level is Level.DANGER for talk in harmless)


@pytest.mark.parametrize("code", TALKS)
def test_who_says_it_matters(code: str) -> None:
    """What the other person threatens is no threat by them when the one who asks for help wrote it."""
    for talk in TALKS[code]:
        turned = Conversation(tuple(Message("me", text) for _, text in talk["messages"]), me="me")
        assert check(turned).level is not Level.DANGER
