"""The questions as data, and the reading of answers."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lightkeeper.core.report import Demand, Harm, Reporter
from lightkeeper.report.form import all_fields, choices_of, merge, missing, read_screen, screen_named, screens
from lightkeeper.report.redact import LONG_WORD


def screen(name: str):
    found = screen_named(name)
    assert found is not None
    return found


def test_a_child_sees_at_most_seven_screens_with_the_check_page_and_one_answer_is_required() -> None:
    assert len(screens()) + 1 <= 7
    assert [field.name for field in all_fields().values() if field.required] == ["what"]


def test_danger_is_asked_before_anything_else() -> None:
    (field,) = screens()[0].fields
    assert [choice.value for choice in field.choices] == ["danger", "hurt", "soon", "safe"]


def test_a_screen_asks_one_thing_and_folds_what_else_belongs_to_it() -> None:
    open_fields = {one.name: [field.name for field in one.fields if not field.under] for one in screens()}
    assert {name for name, fields in open_fields.items() if len(fields) > 1} == {"them", "you"}
    assert max(map(len, open_fields.values())) == 2
    assert all(one.asks_one_thing for one in screens() if len(open_fields[one.name]) == 1)


def test_choices_are_words_of_the_contract() -> None:
    assert {choice.value for choice in all_fields()["demands"].choices} <= set(Demand)
    assert {choice.value for choice in all_fields()["who"].choices} <= set(Reporter)
    happened = {choice.value for choice in all_fields()["happened"].choices}
    assert happened - {"fake", "adult_known", "knows_address", "still_talking"} <= set(Harm)


def test_nobody_is_asked_for_a_picture_or_for_intimate_detail() -> None:
    asked = " ".join(f"{field.label} {field.hint}" for field in all_fields().values()).lower()
    for word in ("upload", "attach", "screenshot", "send us the picture", "describe the picture"):
        assert word not in asked


def test_the_required_answer_is_missed_and_nothing_else_is() -> None:
    assert [problem.reason for problem in read_screen(screen("what"), {})[1]] == ["missing"]
    for one in screens():
        if one.name != "what":
            assert read_screen(one, {}) == ({}, ())


def test_unknown_choices_and_unknown_fields_go_nowhere() -> None:
    answers, problems = read_screen(screen("you"), {"who": ["king"], "area": ["nowhere"], "evil": ["x"]})
    assert answers == {}
    assert {problem.field for problem in problems} == {"who", "area"}


@pytest.mark.parametrize(("typed", "amount"), [("£50", "50"), ("1,200.50", "1200.50"), (" 20 ", "20")])
def test_an_amount_is_read_as_people_write_it(typed: str, amount: str) -> None:
    answers, problems = read_screen(screen("want"), {"lost": [typed], "lost_currency": ["EUR"]})
    assert answers["lost"] == (amount, "EUR")
    assert problems == ()


@pytest.mark.parametrize(("field", "typed"), [("age", "twelve"), ("age", "-3"), ("age", "900"), ("age", "１３")])
def test_what_is_no_number_is_said(field: str, typed: str) -> None:
    assert [problem.reason for problem in read_screen(screen("you"), {field: [typed]})[1]] == ["number"]


def test_a_picture_in_a_field_is_refused_at_that_field_and_the_rest_is_kept() -> None:
    given_now = {"names": ["some_name"], "words": ["data:image/png;base64,AAAA"]}
    answers, problems = read_screen(screen("them"), given_now)
    assert answers == {"names": ("some_name",)}
    assert [(problem.field, problem.reason) for problem in problems] == [("words", "picture")]


def test_of_a_story_with_a_picture_pasted_into_it_the_words_stay() -> None:
    told = "It began on Monday.\ndata:image/png;base64,iVBORw0KGgoAAAANSUhEUg\nThen he wanted money."
    answers, problems = read_screen(screen("what"), {"what": [told]})
    assert answers == {"what": ("It began on Monday.\nThen he wanted money.",)}
    assert [problem.reason for problem in problems] == ["picture"]


@given(st.binary(min_size=40, max_size=700), st.integers(16, 76))
def test_nothing_of_a_picture_stays_beside_the_words(rest: bytes, width: int) -> None:
    """Even of a tiny one, in lines as mail breaks them: too short a rest to be known as a file by itself."""
    letters = base64.b64encode(b"\x89PNG\r\n\x1a\n" + rest).decode()
    lines = [letters[at : at + width] for at in range(0, len(letters), width)]
    answers, problems = read_screen(screen("what"), {"what": ["\n".join(["He wrote.", *lines, "I am scared."])]})
    assert [problem.reason for problem in problems] == ["picture"]
    left = answers["what"][0].split("\n")
    assert (left[0], "I am scared." in left) == ("He wrote.", True)
    assert all(len(line) < LONG_WORD or line.islower() for line in left if line in lines)


def test_going_back_and_emptying_a_field_takes_the_answer_away() -> None:
    before = {"names": ("some_name",), "what": ("something",)}
    assert merge(before, screen("them"), {}) == {"what": ("something",)}


def test_the_first_unanswered_screen_is_found() -> None:
    assert missing({}) is screen("what")
    assert missing({"what": ("something",)}) is None


@given(st.dictionaries(st.sampled_from(sorted(all_fields())), st.lists(st.text(max_size=300), max_size=4)))
def test_whatever_is_sent_the_answers_are_known_fields_within_their_length(sent: dict[str, list[str]]) -> None:
    for one in screens():
        answers, _ = read_screen(one, sent)
        for name, values in answers.items():
            field = all_fields()[name]
            assert all(len(value) <= max(field.longest, 20) for value in values)
            assert not choices_of(field) or set(values) <= {choice.value for choice in choices_of(field)}
