"""Each language words the signs that matter, and a whole script in it is seen for what it is."""

import pytest
from tests.check_talk import read_worded_signs, read_wordings

from lightkeeper.check import check
from lightkeeper.check.engine import default_tokens
from lightkeeper.check.line import read_line
from lightkeeper.check.phrases import find_languages
from lightkeeper.core.finding import Level
from lightkeeper.core.message import Conversation, Message

OTHERS = {code: wording for code, wording in read_wordings().items() if code != "en"}
STAGES = ("threat.", "demand.", "pressure.", "aftermath.")
ALSO = {
    *("request.picture", "request.private_picture", "request.call", "move.app", "trust.secrecy", "trust.gift"),
    "contact.age_question",
}
FINER = {"threat.veiled", "threat.show_family"}  # shades that English has; elsewhere the plainer signs hold them
NEEDED = ({name for name in read_worded_signs() if name.startswith(STAGES)} | ALSO) - FINER


def languages_of(text: str) -> set[str]:
    tokens = default_tokens()
    line = read_line(tokens, [], text.split())
    return {tokens.rules.languages[one] for one in find_languages(len(tokens.rules.languages), line.tokens)}


def talk(pairs: list[list[str]]) -> Conversation:
    return Conversation(tuple(Message(sender, text) for sender, text in pairs), me="me")


def test_english_is_told_from_nothing() -> None:
    assert languages_of("i will send it to you and all of them") == {"en"}
    assert languages_of("xyzzy") == set()


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_words_the_signs_that_matter(code: str) -> None:
    assert set(OTHERS[code]["signs"]) >= NEEDED


@pytest.mark.parametrize("code", OTHERS)
def test_examples_are_taken_for_their_language(code: str) -> None:
    texts = [text for sign in OTHERS[code]["signs"].values() for text in sign.get("true", ())]
    wrong = [text for text in texts if languages_of(text) and code not in languages_of(text)]
    assert wrong == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_script_is_danger_and_harmless_talk_is_not(code: str) -> None:
    assert check(talk(OTHERS[code]["script"])).level is Level.DANGER
    assert check(talk(OTHERS[code]["harmless"])).level is Level.NONE
