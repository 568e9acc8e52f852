"""Who says it, in what talk, and how signs add up to a level."""

import pytest

from lightkeeper.check import check
from lightkeeper.core.finding import Level, Reading, Stage
from lightkeeper.core.message import Conversation, Message, MessageKind

THREAT = "i will send your pics to all your followers"


def read(*texts: str, me: str | None = "me", sender: str = "other") -> Reading:
    return check(Conversation(tuple(Message(sender, text) for text in texts), me=me))


def test_one_message_is_enough() -> None:
    reading = read(THREAT, me=None)
    assert (reading.level, reading.first_danger) == (Level.DANGER, 0)


def test_what_the_one_who_asks_writes_is_no_threat_to_them() -> None:
    assert read(THREAT, sender="me").level is Level.NONE


def test_with_nobody_known_the_more_careful_reading_is_given_and_said() -> None:
    talk = (Message("Ann", THREAT), Message("Bob", "what"))
    reading = check(Conversation(talk))
    assert reading.level is Level.DANGER
    assert len(reading.notes) == 1


@pytest.mark.parametrize(
    "text",
    [
        "our teacher said a scammer may write: i will send your pics to everyone",
        "just kidding, i will show it to your mum",
        'the article quotes him: "pay me 200 or else"',
    ],
)
def test_teaching_joking_and_quoting_take_weight_off(text: str) -> None:
    assert read(text).level is not Level.DANGER


def test_game_talk_takes_weight_off_a_demand() -> None:
    plain = read("send me 500 dollars now or else")
    game = read("our minecraft clan has a raid", "send me 500 dollars now or else")
    assert sum(one.weight for one in game.findings) < sum(one.weight for one in plain.findings)


def test_what_leads_up_to_it_is_caution_and_never_danger() -> None:
    reading = read(
        *("how old r u", "im 15 too", "u r so beautiful", "add me on snap", "keep this between us ok"),
        *("send me a private pic just for me", "turn on ur camera", "pls just one pic", "where do u live"),
    )
    assert reading.level is Level.CAUTION
    assert reading.first_danger is None


def test_a_demand_with_a_deadline_is_danger_without_a_threat() -> None:
    reading = read("pay me 200 in gift cards", "you have 1 hour", "dont tell anyone")
    assert reading.level is Level.DANGER


def test_signs_far_apart_do_not_add_up() -> None:
    near = read("pay me 200 now", "do it or else, last warning", "u will regret it")
    far = read("pay me 200 now", *["we talked about the weather and the sea for long"] * 400, "last warning")
    assert near.level is Level.DANGER
    assert far.first_danger is None


def test_flags_speak_of_hurting_and_meeting() -> None:
    assert "self_harm" in read("you have to hurt yourself on camera").flags
    assert "meeting" in read("meet me tonight alone").flags
    assert "self_harm" in read("i want to end my life", sender="me").flags


def test_a_demand_to_hurt_oneself_is_danger_by_itself() -> None:
    assert read("hurt yourself for me").level is Level.DANGER


def test_stages_have_their_first_and_last_message() -> None:
    reading = read("hi", THREAT, "ok", THREAT)
    assert reading.stages[Stage.THREAT] == (1, 3)


@pytest.mark.parametrize("kind", [MessageKind.SYSTEM, MessageKind.CALL, MessageKind.DELETED])
def test_what_the_app_says_is_not_read_and_what_somebody_says_is(kind: MessageKind) -> None:
    assert check(Conversation((Message("", THREAT, kind=kind),), me="me")).level is Level.NONE
    assert check(Conversation((Message("other", THREAT, kind=kind),), me="me")).level is Level.DANGER


def test_words_of_another_language_take_no_weight_off() -> None:
    """A German joke may call itself a party; an English threat does not become one by it."""
    plain, at_party = (
        {one.rule: one.weight for one in read(text).findings} for text in (THREAT, THREAT + " at the party")
    )
    scored = (
        "threat.alike_little",
        "threat.alike",
    )  # with more words the higher of the two bars may be reached
    alike = [max(one.pop(name, 0.0) for name in scored) for one in (plain, at_party)]
    assert at_party == plain
    assert alike[1] >= alike[0] > 0
    assert read("ich schicke deine bilder an alle, kleiner witz").findings[0].weight < 8


def test_an_empty_conversation_is_read() -> None:
    assert check(Conversation(())).as_json()["level"] == "none"


def test_the_contract_has_no_text_in_it() -> None:
    reading = read("zanzibar " + THREAT)
    assert "zanzibar" not in str(reading.as_json())
