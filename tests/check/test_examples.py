"""Each sign is seen in its own true examples and in none of its false ones, in every language."""

import pytest
from tests.check_talk import read_signs, read_wordings

from lightkeeper.check import check
from lightkeeper.core.message import Conversation, Message

SIGNS = read_signs()
ENGLISH = [
    (name, text, kind == "true")
    for name, sign in SIGNS.items()
    for kind in ("true", "false")
    for text in sign[kind]
]
OTHERS = [
    (language, name, text, kind == "true")
    for language, wording in read_wordings().items()
    for name, sign in wording["signs"].items()
    for kind in ("true", "false")
    for text in sign.get(kind, ())
]


def signs_in(name: str, text: str) -> set[str]:
    """The signs in one message, said by the one who has to say this sign."""
    sender = "me" if SIGNS[name].get("by") == "me" else "other"
    return {finding.rule for finding in check(Conversation((Message(sender, text),), me="me")).findings}


@pytest.mark.parametrize(("name", "text", "seen"), ENGLISH)
def test_a_sign_is_seen_in_its_examples(name: str, text: str, seen: bool) -> None:
    assert (name in signs_in(name, text)) is seen


@pytest.mark.parametrize(("language", "name", "text", "seen"), OTHERS)
def test_a_sign_is_seen_in_each_language(language: str, name: str, text: str, seen: bool) -> None:
    assert (name in signs_in(name, text)) is seen, language


def test_every_sign_has_true_and_false_examples() -> None:
    assert all(len(sign["true"]) >= 3 and sign["false"] for sign in SIGNS.values())


def test_every_sign_says_why_in_a_plain_sentence() -> None:
    assert all(sign["why"].endswith(".") and len(sign["why"]) < 120 for sign in SIGNS.values())
