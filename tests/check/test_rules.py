"""What both engines read is what the signs and the wordings say, to the last byte."""

import random
from pathlib import Path

import pytest
from tests.check_talk import CHECK, make_conversations, read_worded_signs, read_wordings

import lightkeeper.web
from lightkeeper.check.compile import compile_rules, write_modules, write_rules
from lightkeeper.check.engine import check
from lightkeeper.check.notation import read_phrase, read_words
from lightkeeper.check.rules import Rules
from lightkeeper.check.tokens import Tokens
from lightkeeper.core.errors import UnreadableInput

MODULES = Path(next(iter(lightkeeper.web.__path__))) / "public" / "static" / "check" / "rules"


def test_the_committed_rules_are_current() -> None:
    rules = compile_rules()
    assert (CHECK / "rules.json").read_text("utf-8") == write_rules(rules)
    assert {path.name: path.read_text("utf-8") for path in MODULES.iterdir()} == write_modules(rules)


def test_every_sign_is_worded_in_english() -> None:
    assert set(read_wordings()["en"]["signs"]) == read_worded_signs()


def test_the_order_of_phrases_changes_nothing() -> None:
    data = compile_rules()
    for language in data["languages"]:
        random.Random(3).shuffle(language["phrases"])
    shuffled = Tokens(Rules(data))
    for conversation in make_conversations(11, 150):
        assert check(conversation, shuffled) == check(conversation)


def test_a_stem_has_its_endings() -> None:
    assert read_words("post//s/ed gift_card") == ("gift_card", "post", "posted", "posts")


def test_what_may_be_missing_gives_two_ways() -> None:
    with_it, without = read_phrase("WILL your|ur? ~4 PIC")
    assert [one.gap for one in with_it] == [0, 2, 4]
    assert len(without) == 2


@pytest.mark.parametrize("wrong", ["", "PIC?", "A ~9 B", "A ~8 B ~8 C ~8 D", "a b c d e f g h i"])
def test_a_phrase_that_cannot_be_is_refused(wrong: str) -> None:
    with pytest.raises(UnreadableInput):
        read_phrase(wrong)
