"""The first pass never passes over a message that holds a sign."""

from tests.check_talk import all_examples, make_conversations

from lightkeeper.check.engine import default_tokens
from lightkeeper.check.line import read_line
from lightkeeper.check.phrases import find_phrases
from lightkeeper.check.screen import BLOCK, Screen
from lightkeeper.core.message import Message


def test_every_phrase_that_stands_in_a_line_is_among_those_that_may() -> None:
    tokens = default_tokens()
    everything = range(len(tokens.rules.phrases))
    for text in all_examples()[::3]:
        line = read_line(tokens, [], text.split())
        wanted = tokens.anchors.phrases([token.norm for token in line.tokens])
        assert find_phrases(tokens.rules, line.tokens, 0, wanted) == find_phrases(
            tokens.rules, line.tokens, 0, everything
        ), text


def test_harmless_talk_is_hardly_ever_read_closely() -> None:
    text = "so how was the match today i think we could go and see it next week"
    assert list(Screen(default_tokens(), [Message("a", text)] * 100).blocks()) == [(range(100), {}, {})]


def test_a_threat_across_two_blocks_is_not_lost() -> None:
    talk = [Message("a", "so how was it")] * (BLOCK - 1)
    talk += [Message("a", "i will send your pics"), Message("a", "to all your followers")]
    (_, _, _), (_, suspects, _) = Screen(default_tokens(), talk).blocks()
    assert BLOCK in suspects


def test_what_belongs_to_an_anchor_does_not_depend_on_what_was_met_before() -> None:
    tokens = default_tokens()
    for conversation in make_conversations(21, 40):
        pieces = " ".join(one.text for one in conversation.messages).split()
        norms = [norm for piece in pieces for norm in tokens.traces[piece]]
        assert tokens.anchors.phrases(norms) == tokens.anchors.phrases(norms)
