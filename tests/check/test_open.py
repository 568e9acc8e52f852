"""Where talk is read for phrases: not in quite other talk, but for what always counts."""

from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.check_talk import all_examples

from lightkeeper.check import check
from lightkeeper.check.engine import default_tokens
from lightkeeper.check.hits import Reader
from lightkeeper.check.screen import Screen
from lightkeeper.core.message import Conversation, Message

HARMLESS = (
    "i had such a good day at school today, we did maths and then football with my brother and his dog, "
    "and after that my mum made pizza and we watched a film about space, what did you do this weekend?"
)
talks = st.lists(
    st.builds(Message, st.sampled_from(["me", "other"]), st.sampled_from([*all_examples(), HARMLESS])), max_size=12
).map(tuple)


@settings(max_examples=100, deadline=None)
@given(talks)
def test_nothing_that_counts_is_passed_over(talk: tuple[Message, ...]) -> None:
    tokens = default_tokens()
    found = Reader(tokens, talk).read()

    def read_all(self: Screen, block: range) -> dict[int, set[int]]:
        return {number: set() for number in block} | screened(self, block)

    screened = Screen._screen
    with patch.object(Screen, "_screen", read_all):
        assert Reader(tokens, talk).read() == found


def test_a_weak_sign_counts_alone_and_not_in_quite_other_talk() -> None:
    weak = "send me money"
    alone = check(Conversation((Message("other", weak),), me="me"))
    within = check(Conversation((Message("other", f"{HARMLESS} {HARMLESS} {weak} {HARMLESS}"),), me="me"))
    assert alone.findings
    assert not within.findings


def test_what_always_counts_is_seen_in_any_talk() -> None:
    said = (Message("other", HARMLESS), Message("other", HARMLESS), Message("me", "i want to die"))
    assert "aftermath.despair" in {one.rule for one in check(Conversation(said, me="me")).findings}
