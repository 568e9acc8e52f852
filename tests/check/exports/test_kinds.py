"""What the app wrote is told apart from what a person wrote; a person's words are never taken for the app's."""

import pytest

from lightkeeper.check.exports.facts import FACTS
from lightkeeper.check.exports.kinds import kind_of_file, what_it_is
from lightkeeper.core.message import MessageKind as Kind

PHRASES = [
    (noun, left_out, kind)
    for locale in FACTS["locales"].values()
    for kind in ("photo", "video", "audio", "sticker")
    for noun in locale[kind]
    for left_out in locale["omitted"]
]


@pytest.mark.parametrize("name", FACTS["locales"])
def test_every_language_has_every_phrase(name: str) -> None:
    assert set(FACTS["locales"][name]) == set(FACTS["locales"]["en"])
    assert all(
        phrase == phrase.lower() and phrase for list_ in FACTS["locales"][name].values() for phrase in list_
    )


def test_every_placeholder_is_known_with_the_iphone_mark_and_without() -> None:
    assert len(PHRASES) > 300
    for noun, left_out, _ in PHRASES:
        assert what_it_is(f"\u200e{noun} {left_out}")[0] is not Kind.TEXT
        assert what_it_is(f"<{noun} {left_out}>") == what_it_is(f"{left_out} {noun}")


@pytest.mark.parametrize(
    "text",
    [
        "image omitted from the letter",
        "video call now or i send it",
        "this message was deleted, you said",
        "i left",
        "photo (not attached)",
        "look (file attached)",
        "missed voice call from you again",
        "voice call, \u200eor i send it to everyone you know tonight",
        "pay and i am \u200ea contact of your bank, it is a business account",
        "<3",
        "a < b: c.d > e",
        "null",
    ],
)
def test_what_a_person_writes_stays_text(text: str) -> None:
    assert what_it_is(text) == (Kind.TEXT, text)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("IMG-20260101-WA0001.jpg (file attached)", Kind.PHOTO, ""),
        ("IMG-20260101-WA0001.jpg (Datei angehängt)\nhallo du", Kind.PHOTO, "hallo du"),
        ("VID-20260101-WA0001.mp4 (archivo adjunto)", Kind.VIDEO, ""),
        ("PTT-20260101-WA0001.opus (fichier joint)", Kind.AUDIO, ""),
        ("STK-20260101-WA0001.webp (file attached)", Kind.STICKER, ""),
        ("Lee.vcf (file attached)", Kind.CONTACT, ""),
        ("plan.pdf (file attached)", Kind.FILE, ""),
        ("\u200e<attached: 00000012-AUDIO-2026-01-01-10-00-00.opus>", Kind.AUDIO, ""),
        ("<Anhang: 00000012-PHOTO-2026-01-01-10-00-00.jpg>", Kind.PHOTO, ""),
        (
            "\u200eMissed video call, \u200eTap to call back",
            Kind.CALL,
            "Missed video call, \u200eTap to call back",
        ),
        ("ok <This message was edited>", Kind.TEXT, "ok"),
    ],
)
def test_what_the_app_writes_is_its_kind_and_a_caption_is_kept(text: str, kind: Kind, words: str) -> None:
    assert what_it_is(text) == (kind, words)


def test_a_file_is_what_its_ending_says() -> None:
    assert [kind_of_file(name) for name in ("a.JPG", "https://example.com/b.mp4?x=1.jpg", "c", "")] == [
        Kind.PHOTO,
        Kind.VIDEO,
        Kind.FILE,
        Kind.FILE,
    ]
