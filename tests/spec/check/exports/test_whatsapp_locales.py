"""WhatsApp writes dates, words and even digits as the phone's language does. Each is read the same."""

import tomllib
from pathlib import Path

import pytest

from lightkeeper.check.exports import read_export

LOCALES = tomllib.loads(Path(__file__).with_name("whatsapp_locales.toml").read_text("utf-8"))["locale"]


def chat_of(locale: dict[str, str]) -> str:
    """Five messages: the app's line, words over two lines, a photo left out, a deleted one, words again."""
    first, second = locale["head1"], locale["head2"]
    system = first + ("Sam: " if locale["device"] == "ios" else "") + locale["notice"]
    return "\n".join(
        [
            system,
            f"{first}Sam: hi, are you there?\nI saw your page",
            f"{first}Noor: {locale['media']}",
            f"{second}Sam: {locale['deleted']}",
            f"{second}+44 7700 900123: see: this has a colon",
            "",
        ]
    )


@pytest.mark.parametrize("locale", LOCALES, ids=lambda one: f"{one['name']}-{one['device']}")
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_each_language_is_read_the_same(locale: dict[str, str], line_end: str) -> None:
    chat = read_export(chat_of(locale).replace("\n", line_end).encode())
    first, second = locale["t1"], locale["t2"]
    sent = [message.sent_at.isoformat() if message.sent_at else None for message in chat.messages]
    assert sent == [first, first, first, second, second]
    assert [str(message.kind) for message in chat.messages] == [
        "system",
        "text",
        locale["kind"],
        "deleted",
        "text",
    ]
    assert [(message.sender, message.text) for message in chat.messages[1:]] == [
        ("Sam", "hi, are you there?\nI saw your page"),
        ("Noor", ""),
        ("Sam", ""),
        ("+44 7700 900123", "see: this has a colon"),
    ]
    assert chat.notes == ()


def test_there_are_twenty_locale_forms_and_more() -> None:
    assert len({(one["name"], one["device"]) for one in LOCALES}) >= 20
    assert {"en_GB", "en_US", "en_IN", "en_ZA", "en_CA", "de", "fr", "es", "pt_BR", "nl", "sv", "it"} <= {
        one["name"] for one in LOCALES
    }
    assert {"pl", "ro", "tr", "ko", "zh_CN", "zh_TW", "ja", "ar", "he", "cy"} <= {one["name"] for one in LOCALES}
