"""What must hold for every conversation, however it is made."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.check_talk import all_examples, cut_a_message, make_conversations, put_in_a_threat

from lightkeeper.check import check
from lightkeeper.core.finding import Level, Reading
from lightkeeper.core.message import Conversation, Message

LEVELS = list(Level)
texts = st.one_of(st.sampled_from(all_examples()), st.text(max_size=40))
messages = st.builds(Message, st.sampled_from(["me", "other"]), texts)
conversations = st.lists(messages, max_size=12).map(tuple)
whose = st.sampled_from([None, "me"])


def level(read: Reading) -> int:
    return LEVELS.index(read.level)


# These two are not proven: bench/check/lowered.py counts how often a level falls. So they are asked of the same
# conversations every time, and never stop somebody else's work by chance.
@pytest.mark.parametrize("seed", range(4))
def test_a_threat_by_the_other_person_never_lowers_the_level(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(250):
        talk, more = put_in_a_threat(dice)
        assert level(check(more)) >= level(check(talk))


TWO_LANGUAGES = pytest.mark.xfail(reason="a message of two languages, cut where one of them ends", strict=True)


@pytest.mark.parametrize("seed", [pytest.param(0, marks=TWO_LANGUAGES), 1, 2, 3, 4])
def test_splitting_a_message_never_hides_it(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(250):
        whole, cut = cut_a_message(dice)
        assert level(check(cut)) >= level(check(whole))


@settings(max_examples=150, deadline=None)
@given(conversations, st.data(), whose)
def test_the_first_messages_read_the_same_without_the_rest(
    talk: tuple[Message, ...], data: st.DataObject, me: str | None
) -> None:
    if me is None or me not in {message.sender for message in talk}:
        me = None
    count = data.draw(st.integers(0, len(talk)))
    if me is not None and me not in {message.sender for message in talk[:count]}:
        return
    whole, part = check(Conversation(talk, me=me)), check(Conversation(talk[:count], me=me))
    assert part.findings == tuple(one for one in whole.findings if one.message < count)
    if part.first_danger is not None:
        assert whole.first_danger == part.first_danger


@settings(max_examples=150, deadline=None)
@given(conversations)
def test_not_knowing_who_is_who_gives_the_more_careful_reading(talk: tuple[Message, ...]) -> None:
    unknown = check(Conversation(talk))
    for me in {message.sender for message in talk}:
        assert level(unknown) >= level(check(Conversation(talk, me=me)))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.builds(Message, st.text(max_size=5), st.text(max_size=200)), max_size=8).map(tuple))
def test_any_text_is_read_and_spans_lie_inside_it(talk: tuple[Message, ...]) -> None:
    for finding in check(Conversation(talk)).findings:
        start, end = finding.span
        assert 0 <= start < end <= len(talk[finding.message].text)


def test_a_reading_depends_on_nothing_read_before() -> None:
    talk = list(make_conversations(5, 60))
    forwards = [check(one) for one in talk]
    assert [check(one) for one in reversed(talk)] == forwards[::-1]


NEAR = (
    (("i want to die", "dont unadd me"), "one word from me and they all see who you are", 1),
    (("i like old movies", "ich komme zu dir nach hause"), "u in a clip and everyone at school", 1),
    (
        ("i made a fake moustache", "ya tengo el mensaje listo para tu mamá", "ich komme zu dir nach hause"),
        "i will report u to the police for sending this",
        1,
    ),
    (
        ("the police were nice", "zrobiłem fałszywe zdjęcia z twoją twarzą"),
        "one word from me and they all see who you are",
        1,
    ),
)


@pytest.mark.parametrize(("talk", "threat", "place"), NEAR)
def test_what_follows_a_threat_weighs_no_less(talk: tuple[str, ...], threat: str, place: int) -> None:
    """Neither as other talk, nor by its language, nor because somebody's first words are over."""

    def weights(said: tuple[str, ...]) -> dict[tuple[str, str], float]:
        found: dict[tuple[str, str], float] = {}
        for one in check(Conversation(tuple(Message("other", text) for text in said), me="me")).findings:
            name = said[one.message], one.rule
            found[name] = max(found.get(name, 0.0), one.weight)
        return found

    before, after = weights(talk), weights((*talk[:place], threat, *talk[place:]))
    assert before
    for name, weight in before.items():
        if not name[1].endswith(("alike", "alike_little")):
            assert after.get(name, 0.0) >= weight
