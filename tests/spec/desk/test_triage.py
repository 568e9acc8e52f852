"""How a report gets its band, by worked examples. Specification, test and manual in one (FACTS E5 to E10).

P1: a person acts now. Every vignette here is made up. The measure is that no P1 is missed, however it is spelt.
"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.desk.made_up import NOW, made_up

from lightkeeper.core.report import Danger, Demand, Harm, Money, Report, Reporter
from lightkeeper.desk.case import Band
from lightkeeper.desk.rules import read_rules
from lightkeeper.desk.signs import Surroundings
from lightkeeper.desk.told import _SAYS
from lightkeeper.desk.triage import FACT_WORDS, QUESTIONS, RULES, due_at, triage_report

NOW_WORDS = {
    "self_harm": [
        "i want to kill myself",
        "i wanna die",
        "I don't want to be here anymore",
        "i dont want to live",
        "im gonna end it all",
        "hes making me feel suicidal",
        "ive been thinking about suiside",
        "i feel like sucide is the only way out",
        "i took all my pills",
        "i cant do this anymore",
        "kms if they see it",
        "he told me to kys",
        "she has been cutting herself and wants to die",
        "my son says he would be better off dead",
        "i wan't to hurt myself",
        "i k1ll myself if he does it, want to k1ll myself",
        "iwanttodie sorry i want to dieeeee",
        "I WANT TO DIE",
        "dwi eisiau marw",
        "Dw i isio marw",
        "mae hi'n sôn am hunanladdiad",
        "rydw i wedi brifo fy hun",
        "meddwl am lladd fy hun",
        "no point living now",
        "she left a goodbye note",
        "hes on the bridge and is going to jump off",
        "he wants me to hurt my self on camera",
        "they asked me to self harm and send it",
        "i might overdose",
        "he told my daughter to go kill yourself",
        "unalive myself",
        "i wish i was dead",
        "been harming myself again",
        "i want to disappear forever",
        "there's no way out for me",
        "i cant take it anymore",
        "ready to end things",
    ],
    "meeting": [
        "he wants to meet me tomorrow",
        "we are meeting up at the park",
        "he said meet me at the station",
        "she is going to meet him tonight",
        "he is going to pick me up after school",
        "he says come to my house",
        "mae o isio cwrdd fi heno",
        "he asked her to come alone",
        "meetup in town on saturday",
    ],
    "knows_address": [
        "he knows where i live",
        "he said hes coming to my house",
        "someone is outside my house",
        "they know my address",
        "he nos where i live",
        "mae'n gwybod ble dwi'n byw",
        "he is going to turn up at school",
    ],
    "missing": [
        "she has gone missing since lunch",
        "he has not come home",
        "my daughter ran away last night",
        "we cant find her",
        "mae hi ar goll",
    ],
    "deadline_24h": [
        "he says i have two hours",
        "i have to pay by midnight",
        "by tonight or he posts",
        "he gave me 24 hours",
        "i have until tomorrow, by tomorrow he says",
        "rhaid talu erbyn heno",
    ],
    "danger_now": ["i am not safe", "im not safe here", "she is in danger", "dwi ddim yn saff"],
}


# Written without looking at the words in cues.toml. Of the first set 7 of 33 were found when it was new, of the
# second 15 of 25; what was missed was added. So expect misses in words nobody has written yet; the form asks too.
UNSEEN_WHEN_WRITTEN = [
    "i just want it all to stop, thinking of ending my life",
    "i feel like jumping in front of a train",
    "iv thought about hanging myself",
    "i dont deserve to live",
    "my daughter has a knife and says she'll hurt herself",
    "everyone would be happier if i was gone",
    "i wana dieeee",
    "ill kill my self tonight",
    "he says if i dont send he will make me cut my arm",
    "i am going to do something stupid",
    "i swallowed a load of paracetamol",
    "he told me to end myself",
    "shes told her friend she doesnt want to be alive",
    "can't cope any more",
    "im thinking bout suicde",
    "my boy tried to take his own life last night",
    "he wants me to come to his flat on friday",
    "we're seeing each other on saturday at the cinema",
    "he booked me a train ticket to see him",
    "he asked for my address and said he'd come round",
    "he's parked on our street",
    "he has found my school and is waiting at the gates",
    "she left the house and her phone is off",
    "my daughter never came home from school",
    "i have 30 mins to pay",
    "he gave me till 9pm tonight",
    "deadline is tonight",
    "if i dont answer in an hour he posts it",
    "dwi ddim isio byw ddim mwy",
    "dwi isho lladd fy hun",
    "mae o'n dod i'r tŷ heno",
    "please someone help he is here now",
    "i am being followed home by him",
    "i keep thinking the only way to make it stop is to not be here",
    "feeling like i shud just end it",
    "my friend said she is gonna kill herself if the pics get out",
    "he took an overdose last night and is in hospital",
    "im done with life",
    "ive wrote a letter to my parents for after",
    "i keep hurting myself because of him",
    "shes been self harming since it started",
    "i want to be dead",
    "he made me promise to meet outside the leisure centre",
    "an older man is collecting my daughter in his car at 6",
    "he wants to meet up in real life and i said yes",
    "he sent a pic of my house from google maps",
    "they posted my adress in the group",
    "hes found out what school i go to and says hes coming",
    "our son left a note and is gone",
    "she hasnt been home for two days",
    "i only have an hour left",
    "he wants the money before midnight",
    "pay in 20 minutes or its sent",
    "dwi'n meddwl am ladd fy hun",
    "mae'n bygwth dod i fy nhŷ",
    "hi ddim wedi dod adre",
    "he is banging on the door",
    "i'm scared he will hurt me tonight",
]
CALM = [
    "Someone on Instagram asked for photos and I said no and blocked him.",
    "A pupil showed me messages from an account asking for gift cards.",
    "How do I report a fake account that uses my name?",
    "My son was messaged by a stranger on Snapchat last week, he told me straight away.",
    "Please can you come and talk at our school assembly?",
    "He said he will send it to my followers if I do not pay 50 pounds.",
    "I paid him once and he is asking for more.",
    "A girl added me and wanted to video call, then asked for money.",
    "What should I tell my daughter about sharing pictures?",
    "I got a weird friend request.",
    "The boy says it is blackmail and he has not replied.",
    "My friend sent a picture to her boyfriend and he showed it to his mates.",
    "I blocked the account and took screenshots of the chat.",
    "Is it illegal to keep the messages?",
    "He keeps asking me for pictures but I have not sent any.",
]


def band_of(report: Report) -> Band:
    return triage_report(report, NOW).band


@pytest.mark.parametrize(("rule", "words"), [(rule, one) for rule, many in NOW_WORDS.items() for one in many])
def test_no_p1_is_missed_in_words(rule: str, words: str) -> None:
    text = f"hello. {words}. please dont tell my mum"
    triage = triage_report(made_up(narrative=text), NOW)
    assert triage.band is Band.P1
    assert rule in {reason.rule for reason in triage.reasons}
    reason = next(one for one in triage.reasons if one.rule == rule)
    assert all(text[start:end].strip() for start, end in reason.words), "a cue points at the words it saw"


@pytest.mark.parametrize("words", UNSEEN_WHEN_WRITTEN)
def test_vignettes_that_others_would_write(words: str) -> None:
    assert band_of(made_up(narrative=words)) is Band.P1


@pytest.mark.parametrize("words", CALM)
def test_what_is_not_p1_stays_below(words: str) -> None:
    assert band_of(made_up(narrative=words)) is not Band.P1


P1_REPORTS = [
    made_up(danger=Danger(now=True)),
    made_up(danger=Danger(self_harm=True)),
    made_up(danger=Danger(meeting=True)),
    made_up(demands=(Demand.SELF_HARM,)),
    made_up(demands=(Demand.MEETING,)),
    made_up(age=12, harms=(Harm.SEXTORTION,)),
    made_up(age=9, harms=(Harm.IMAGES_REQUESTED,)),
    made_up(age=12, demands=(Demand.VIDEO_CALL,)),
    made_up(danger=Danger(deadline=NOW + timedelta(hours=3))),
    made_up(danger=Danger(deadline=NOW + timedelta(hours=50)), narrative="i cant stop crying"),
    made_up(harms=(Harm.IMAGES_REQUESTED,), narrative="my little brother, he is only 11"),
]
P2_REPORTS = [
    made_up(harms=(Harm.SEXTORTION,)),
    made_up(harms=(Harm.GROOMING,)),
    made_up(harms=(Harm.THREAT,), demands=(Demand.MONEY,)),
    made_up(harms=(Harm.IMAGE_SHARED,)),
    made_up(age=15, harms=(Harm.IMAGES_REQUESTED,)),
    made_up(age=None, harms=(Harm.IMAGES_SENT_TO_CHILD,)),
    made_up(lost=Money(50, "GBP"), demands=(Demand.GIFT_CARD,)),
    made_up(danger=Danger(deadline=NOW + timedelta(hours=60))),
    made_up(narrative="he is 34 and my football coach"),
    made_up(narrative="it happend to other girls in my class"),
]
P3_REPORTS = [
    made_up(harms=(Harm.THREAT,)),
    made_up(harms=(Harm.IMAGES_REQUESTED,)),
    made_up(reporter=Reporter.PARENT),
    made_up(narrative="i think it is a fake account"),
]
P4_REPORTS = [
    made_up(),
    made_up(reporter=Reporter.OTHER, narrative="Do you give talks at schools?"),
    made_up(lost=Money(0, "GBP")),
    made_up(danger=Danger(now=False, self_harm=False, meeting=False)),
]


@pytest.mark.parametrize("report", P1_REPORTS)
def test_what_is_p1(report: Report) -> None:
    assert band_of(report) is Band.P1


@pytest.mark.parametrize("report", P2_REPORTS)
def test_what_is_p2(report: Report) -> None:
    assert band_of(report) is Band.P2


@pytest.mark.parametrize("report", P3_REPORTS)
def test_what_is_p3(report: Report) -> None:
    assert band_of(report) is Band.P3


@pytest.mark.parametrize("report", P4_REPORTS)
def test_what_is_p4(report: Report) -> None:
    assert band_of(report) is Band.P4


def test_unknown_is_not_no() -> None:
    nothing_said = triage_report(made_up(age=None), NOW)
    assert {"danger_now", "self_harm", "meeting", "under_13"} <= set(nothing_said.unknown)
    said_no = triage_report(made_up(danger=Danger(now=False, self_harm=False, meeting=False)), NOW)
    assert not {"danger_now", "self_harm", "meeting", "under_13"} & set(said_no.unknown)
    answered = triage_report(made_up(), NOW, {"danger_now": False})
    assert "danger_now" not in answered.unknown


def test_the_first_question_is_whether_the_child_is_safe() -> None:
    assert triage_report(made_up(), NOW).unknown[0] == "danger_now"
    forbidden = ("picture", "photo", "wear", "send us", "detail")
    for question in QUESTIONS:
        assert not any(word in question.to_child["en"].lower() for word in forbidden)
        assert question.to_child["cy"]


#: What an officer who presses "yes" has said, by hand and apart from the rules: yes must always be the danger.
YES_SAYS = {
    "danger_now": ("Is the child in danger right now?", Band.P1),
    "self_harm": ("Has the child thought of hurting themselves, or been told to?", Band.P1),
    "meeting": ("Has a meeting been arranged or asked for?", Band.P1),
    "knows_address": ("Does the offender know where the child lives or goes to school?", Band.P1),
    "under_13": ("Is the child under 13?", Band.P1),
    "still_in_contact": ("Is the offender still writing to the child?", Band.P2),
    "missing": ("Is the child missing?", Band.P1),
    "adult": ("Is the other person an adult?", Band.P2),
    "in_person": ("Does the child know this person outside the internet?", Band.P2),
    "vulnerable": ("Is the child looked after, disabled, or in need of more support?", Band.P2),
    "several_children": ("Has this happened to other children as well?", Band.P2),
    "live_abuse": ("Is something happening while we speak?", Band.P1),
}


def test_yes_is_the_danger_and_no_changes_nothing() -> None:
    assert {one.name: one.asks for one in QUESTIONS} == {name: asks for name, (asks, _) in YES_SAYS.items()}
    report = made_up(age=None, harms=(Harm.IMAGES_SENT_TO_CHILD,), demands=())
    before = band_of(report)
    for name, (asks, band) in YES_SAYS.items():
        assert triage_report(report, NOW, {name: True}).band is min(band, before), asks
        assert triage_report(report, NOW, {name: False}).band is before, asks


def test_every_fact_that_the_form_or_a_rule_knows_has_words() -> None:
    told = {name for facts in _SAYS.values() for name, _ in facts}
    ruled = {
        sign.removeprefix("fact.") for rule in RULES for way in rule["when"] for sign in way if "fact." in sign
    }
    assert told | ruled <= FACT_WORDS.keys()
    assert all(words.endswith("?") for words in FACT_WORDS.values())


@pytest.mark.parametrize(
    ("around", "band"),
    [
        (Surroundings(linked_reports=1), Band.P2),
        (Surroundings(linked_open=1), Band.P2),
        (Surroundings(unread=True), Band.P4),
    ],
)
def test_what_stands_around_a_report_counts(around: Surroundings, band: Band) -> None:
    assert triage_report(made_up(), NOW, None, around).band is band


def test_waiting_raises() -> None:
    unread = Surroundings(unread=True)
    bands = [triage_report(made_up(), NOW + timedelta(days=days), None, unread).band for days in (0, 3, 6)]
    assert bands == [Band.P4, Band.P3, Band.P2]


def test_every_rule_is_reached_by_a_sign_that_exists_and_none_asks_what_is_missing() -> None:
    cues = {f"cue.{name}" for name in read_rules("cues")["cue"]}
    asked = {sign for rule in RULES for way in rule["when"] for sign in way}
    assert not {sign for sign in asked if sign.startswith(("!", "not "))}
    assert {sign for sign in asked if sign.startswith("cue.")} <= cues
    assert cues <= asked, "a cue that no rule asks for"
    assert [rule["band"] for rule in RULES if rule["when"] == [["always"]]] == [4]


def test_the_clock_runs_by_band_and_by_the_offenders_deadline() -> None:
    report = made_up(received=NOW)
    assert due_at(report, Band.P1) == NOW + timedelta(minutes=15)
    assert due_at(report, Band.P3) == NOW + timedelta(days=3)
    soon = NOW + timedelta(hours=2)
    assert due_at(made_up(received=NOW, danger=Danger(deadline=soon)), Band.P3) == soon


@given(text=st.text(max_size=300), more=st.text(max_size=100))
def test_more_words_never_lower_a_band(text: str, more: str) -> None:
    fewer = band_of(made_up(narrative=text))
    assert band_of(made_up(narrative=f"{text}\n. {more}")) <= fewer


@given(
    now=st.sampled_from([None, False, True]),
    hurt=st.sampled_from([None, False, True]),
    meet=st.sampled_from([None, False, True]),
)
def test_no_is_never_more_urgent_than_not_said_and_yes_is_always_p1(
    now: bool | None, hurt: bool | None, meet: bool | None
) -> None:
    band = band_of(made_up(danger=Danger(now=now, self_harm=hurt, meeting=meet)))
    assert (band is Band.P1) is (True in (now, hurt, meet))


def test_every_band_has_its_reasons() -> None:
    for report in (*P1_REPORTS, *P2_REPORTS, *P3_REPORTS, *P4_REPORTS):
        triage = triage_report(report, NOW)
        assert triage.reasons[0].band is triage.band
        assert all(reason.says.endswith(".") for reason in triage.reasons)
