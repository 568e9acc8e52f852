"""WhatsApp's own corners: notices with a colon, names that look like notices, lines before the first message."""

import pytest

from lightkeeper.check.exports import read_export
from lightkeeper.core.message import MessageKind

HEAD = "13/02/2026, 22:07 - "


def rows(*lines: str) -> list[tuple[str, str, str]]:
    chat = read_export("\n".join(lines).encode(), format="whatsapp")
    return [(one.sender, one.text, str(one.kind)) for one in chat.messages]


@pytest.mark.parametrize(
    "notice",
    ['Sam changed the subject to "Pay: now"', "Sam added Lee: welcome", "Sam created group “School: 8B”"],
)
def test_a_notice_with_a_colon_is_still_a_notice(notice: str) -> None:
    assert rows(f"{HEAD}{notice}", f"{HEAD}Sam: hi") == [("", notice, "system"), ("Sam", "hi", "text")]


@pytest.mark.parametrize(
    "name", ["~ Lee business account", "the one who left", 'Jo "King" Lee', "You blocked this contact"]
)
def test_nobody_hides_behind_a_name_that_looks_like_a_notice(name: str) -> None:
    assert rows(f"{HEAD}{name}: pay", f"{HEAD}Noor: no", f"{HEAD}{name}: now") == [
        (name, "pay", "text"),
        ("Noor", "no", "text"),
        (name, "now", "text"),
    ]


def test_lines_before_the_first_message_are_kept() -> None:
    assert rows("the end of an older message", f"{HEAD}Sam: hi")[0] == ("", "the end of an older message", "text")


def test_empty_lines_inside_a_message_are_kept_and_at_its_end_are_not() -> None:
    assert rows(f"{HEAD}Sam: one", "", "two", "", f"{HEAD}Sam: three", "", "") == [
        ("Sam", "one\n\ntwo", "text"),
        ("Sam", "three", "text"),
    ]


def test_an_empty_message_is_kept() -> None:
    assert rows(f"{HEAD}Sam:", f"{HEAD}Sam: ") == [("Sam", "", "text")] * 2


def test_a_quoted_date_inside_a_line_does_not_cut_it() -> None:
    assert rows(f"{HEAD}Sam: on {HEAD}Lee: said no") == [("Sam", f"on {HEAD}Lee: said no", "text")]


def test_letters_that_break_lines_elsewhere_do_not_break_them_here() -> None:
    text = "one\u2028two\x0bthree\x85four"
    assert rows(f"{HEAD}Sam: {text}") == [("Sam", text, "text")]


def test_me_is_who_deleted_a_message_and_unknown_when_two_did() -> None:
    one = read_export(f"{HEAD}Noor: You deleted this message\n".encode())
    two = read_export(f"{HEAD}Noor: You deleted this message\n{HEAD}Sam: You deleted this message\n".encode())
    assert (one.me, two.me) == ("Noor", None)
    assert [message.kind for message in two.messages] == [MessageKind.DELETED] * 2
