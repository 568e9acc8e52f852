"""Two teams learn which suspects they share, and the rest stays where it is."""

import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.report import report_from_json
from lightkeeper.link import intersect
from lightkeeper.link.share import keyed_tokens, match_tokens, shareable_items


def report(number, *suspect, hold=False):
    return report_from_json(
        {"id": number, "received": "2026-01-31T09:30:00Z", "reporter": "police", "harms": ["sextortion"],
         "suspect": [dict(zip(("kind", "value"), one, strict=True)) for one in suspect], "hold": hold}
    )  # fmt: skip


OURS = [
    report("A1", ("handle", "Harbour_Lane.77"), ("phone", "07700 900123"), ("display_name", "Sam")),
    report("A2", ("email", "quiet.tern@example.com")),
    report("A3", ("handle", "popular.name")),
    report("A4", ("handle", "popular.name")),
    report("A5", ("handle", "under_watch_1"), hold=True),
    report("A6", ("handle", "same_as_watched"), ("display_name", "Sam")),
]
ASSIGNED = {"A1": "S1", "A2": "S2", "A3": "S3", "A4": "S4", "A5": "S5", "A6": "S5"}
THEIRS = [
    report("B1", ("handle", "harbour lane 77")),
    report("B2", ("phone", "+44 7700 900123")),
    report("B3", ("handle", "popular.name")),
    report("B4", ("handle", "under_watch_1")),
    report("B5", ("handle", "same_as_watched"), ("display_name", "Sam")),
    report("B6", ("handle", "somebody.else")),
]


def test_held_public_and_weak_things_are_never_offered():
    items = shareable_items(OURS, ASSIGNED)
    assert set(items.values()) == {"S1", "S2"}
    assert not any(item.startswith(("name:", "stem:", "script:", "image:")) for item in items)


def test_set_intersection_shows_the_asking_team_what_both_have():
    ours, theirs = shareable_items(OURS, ASSIGNED), shareable_items(THEIRS, {})
    question, key = intersect.ask(list(ours))
    assert intersect.count_asked(question) == len(ours)
    told = intersect.answer(question, list(theirs))
    shared = intersect.learn(told, list(ours), key)
    assert {ours[item] for item in shared} == {"S1"}
    for message in (question, told):
        for item in [*ours, *theirs]:
            assert item.split(":", 1)[1].encode() not in message


def test_the_messages_do_not_repeat_themselves():
    """Fresh keys each time: a third who records two exchanges cannot tell that the items were the same."""
    items = list(shareable_items(OURS, ASSIGNED))
    assert intersect.ask(items)[0] != intersect.ask(items)[0]


def test_tokens_match_only_under_the_same_secret():
    ours, theirs = shareable_items(OURS, ASSIGNED), shareable_items(THEIRS, {})
    secret = bytes(range(32))
    assert match_tokens(keyed_tokens(ours, secret), keyed_tokens(theirs, secret)) == ("S1",)
    assert match_tokens(keyed_tokens(ours, secret), keyed_tokens(theirs, secret[::-1])) == ()
    with pytest.raises(UnreadableInput):
        keyed_tokens(ours, b"short")


@pytest.mark.parametrize("broken", [b"", b"{}", b"[]", b'{"question": "!!"}', b'{"question": "AAAA"}', b"\xff"])
def test_a_broken_message_is_refused_clearly(broken):
    with pytest.raises(UnreadableInput):
        intersect.answer(broken, ["handle:x"])
    with pytest.raises(UnreadableInput):
        intersect.learn(broken, ["handle:x"], bytes(32))


def test_an_answer_to_another_question_is_refused():
    question, key = intersect.ask(["handle:aaaa", "handle:bbbb"])
    told = intersect.answer(question, ["handle:aaaa"])
    with pytest.raises(UnreadableInput):
        intersect.learn(told, ["handle:aaaa"], key)


def test_nothing_to_compare_is_refused():
    with pytest.raises(UnreadableInput):
        intersect.ask([])
