"""A threat that is hidden is still seen, and the place points at what was really written."""

import pytest

from lightkeeper.check import check
from lightkeeper.check.engine import default_tokens
from lightkeeper.check.line import cut_runs, spell_traces
from lightkeeper.core.finding import Level
from lightkeeper.core.message import Conversation, Message

DISGUISED = {
    "plain": "i will send your pics to everyone",
    "capitals": "I WILL SEND YOUR PICS TO EVERYONE",
    "leet": "i w1ll s3nd y0ur p1cs t0 every0ne",
    "spaced": "i will s e n d y o u r p i c s to everyone",
    "dots": "i will s.e.n.d your p.i.c.s to e-v-e-r-y-o-n-e",
    "repeated": "i willll sennnnd yourrr picsss to everyoneeee",
    "look-alikes": "і wіll ѕеnd уоur рісѕ tо еvеrуоnе",
    "wide": "ｉ ｗｉｌｌ ｓｅｎｄ ｙｏｕｒ ｐｉｃｓ ｔｏ ｅｖｅｒｙｏｎｅ",
    "typos": "i will sned your pcis to everyonne",
    "stars": "i will s*nd your p*cs to every*ne",
    "joined": "i will sendyour pics to everyone",
    "invisible": "i will se\u200bnd your pi\u00adcs to every\u2060one",
    "accents": "i wíll sénd yôur pïcs to ëveryone",
}


@pytest.mark.parametrize("way", DISGUISED)
def test_a_disguised_threat_is_danger(way: str) -> None:
    text = DISGUISED[way]
    reading = check(Conversation((Message("x", text),)))
    assert reading.level is Level.DANGER
    threat = next(one for one in reading.findings if one.rule == "threat.share_pictures")
    assert threat.span[1] >= len(text) - 1


def test_a_threat_cut_into_words_is_danger_at_its_last_word() -> None:
    words = ["i will", "send", "your", "pics", "to", "everyone"]
    reading = check(Conversation(tuple(Message("x", word) for word in words)))
    assert reading.first_danger == 5
    assert reading.findings[-1].span == (0, len("everyone"))


def test_a_threat_written_letter_by_letter_is_danger() -> None:
    letters = [*"iwill", *"send", "your pics", "to everyone"]
    assert check(Conversation(tuple(Message("x", one) for one in letters))).level is Level.DANGER


def test_spelled_letters_weigh_as_the_word_they_spell() -> None:
    plain = "be a shame if your coach found out what you did, answer me"
    spelled = plain.replace("coach", "c o a c h").replace("answer", "a n s w e r")
    readings = [check(Conversation((Message("x", text),), me="me")) for text in (plain, spelled)]
    rules = [{one.rule for one in reading.findings if one.rule.endswith("alike")} for reading in readings]
    assert rules[0] == rules[1] == {"threat.alike"}


def test_what_is_spelled_in_one_message_does_not_depend_on_the_next() -> None:
    tokens = default_tokens()
    pieces = ["i", "will", *"send", "x", "y", "it"]
    traces = [tokens.traces[piece] for piece in pieces]
    spell_traces(tokens, pieces, traces, cut_runs([(2, 7)], [6]))
    assert traces[2:6] == [(), (), (), ("send",)]
    assert traces[6:8] == [tokens.traces["x"], tokens.traces["y"]]


def test_places_are_counted_in_characters() -> None:
    text = "😂😂 pay me 200 now"
    reading = check(Conversation((Message("x", text),)))
    finding = next(one for one in reading.findings if one.rule == "demand.money")
    assert text[slice(*finding.span)].startswith("pay me")


def test_words_near_to_a_key_word_are_no_typo() -> None:
    text = "i will sand your picks and shape everything"
    assert check(Conversation((Message("x", text),))).level is Level.NONE


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(("seeeee", "see"), ("alllll", "all"), ("sendddd", "send"), ("pleeease", "please")),
        *(("gnona", "gonna"), ("everywehre", "everywhere"), ("thier", "their"), ("scren", "screen")),
        *(("priintt", "priintt"), ("attached", "attached"), ("player", "player")),
    ],
)
def test_a_word_is_known_through_one_slip_and_another_word_stays_itself(written: str, meant: str) -> None:
    assert [token.norm for token in default_tokens()[written]] == [meant]


def test_letters_that_spell_no_known_word_are_one_word_still() -> None:
    text = "i w i l l s h o w your z o r b l e pics to y o u r mum"
    assert check(Conversation((Message("x", text),))).level is Level.DANGER
