"""Pasted lines: who said what, when a colon may be part of what was said."""

import pytest

from lightkeeper.check.exports import read_export
from lightkeeper.core.message import MessageKind


def said(text: str) -> list[tuple[str, str]]:
    return [(one.sender, one.text) for one in read_export(text.encode(), format="pasted").messages]


def test_one_line_is_a_chat() -> None:
    assert said("Sam: hi") == [("Sam", "hi")]
    assert said("pay me or i send it") == [("", "pay me or i send it")]


@pytest.mark.parametrize(
    "line",
    [
        "Deadline: tonight",
        "PayPal: sam@example.com",
        "https://example.com/a",
        "rules: 1 do not tell",
        "do it now: pay",
        "be there at 22:07",
        "pay by 22:07",
        "Pay 22:07",
        "School 22:07",
        "wait...: ok",
        "why?: because",
    ],
)
def test_a_colon_does_not_make_a_name(line: str) -> None:
    assert said(f"Sam: hi\n{line}\nSam: bye") == [("Sam", f"hi\n{line}"), ("Sam", "bye")]
    assert said(line) == [("", line)]


@pytest.mark.parametrize(
    "name", ["Sam", "sam_x", "j4ke", "Big Mike", "+44 7700 900123", "Zoë", "سارة", "민수", "😕 Sam", "Mr. Lee"]
)
def test_names_of_every_kind(name: str) -> None:
    assert said(f"{name}: hi\nMe: hello\n{name}: pay") == [(name, "hi"), ("Me", "hello"), (name, "pay")]


@pytest.mark.parametrize(
    "line",
    [
        "[22:07] Sam: hi",
        "(22:07) Sam: hi",
        "22:07 Sam: hi",
        "22:07 - Sam: hi",
        "10:07 PM Sam: hi",
        "Sam [22:07]: hi",
        "Sam (22:07): hi",
        "Sam, 22:07: hi",
        "\u200e[22:07:01] Sam: hi",
    ],
)
def test_times_stand_where_they_like(line: str) -> None:
    assert said(line) == [("Sam", "hi")]


def test_no_space_after_the_colon_is_a_name_only_when_it_comes_again() -> None:
    assert said("sam:hello\nme:who\nsam:pay\nme:no way") == [
        ("sam", "hello"), ("me", "who"), ("sam", "pay"), ("me", "no way"),
    ]  # fmt: skip
    assert said("sam:hello") == [("", "sam:hello")]


def test_the_screen_s_own_words_are_kept_as_notices() -> None:
    chat = read_export(b"Sam: hi\nDelivered\nToday 22:07\nstill here\nSeen")
    assert [(one.sender, one.text, one.kind) for one in chat.messages] == [
        ("Sam", "hi\nstill here", MessageKind.TEXT),
        ("", "Delivered", MessageKind.SYSTEM),
        ("", "Today 22:07", MessageKind.SYSTEM),
        ("", "Seen", MessageKind.SYSTEM),
    ]


@pytest.mark.parametrize(
    ("text", "me"), [("Sam: a\nMe: b", "Me"), ("Sam: a\nYou: b", "You"), ("Sam: a\nmoi: b", "moi")]
)
def test_me_is_known_by_its_name(text: str, me: str) -> None:
    assert read_export(text.encode()).me == me


@pytest.mark.parametrize("line", ["22:07", "Today 22:07", "Mon 21 Nov, 22:07", "21/11/2026 22:07", "hier à 22:07"])
def test_a_time_on_a_line_of_its_own_is_the_screen_s(line: str) -> None:
    chat = read_export(f"Sam: hi\n{line}\nSam: pay".encode(), format="pasted")
    assert [one.kind for one in chat.messages] == [MessageKind.TEXT, MessageKind.SYSTEM, MessageKind.TEXT]


def test_me_is_not_guessed() -> None:
    assert read_export(b"Sam: a\nNoor: b").me is None


def test_a_placeholder_in_pasted_lines_is_its_kind() -> None:
    assert read_export(b"Sam: <Media omitted>").messages[0].kind is MessageKind.MEDIA
