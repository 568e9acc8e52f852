"""From answers to a report that the contract's own schema accepts."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lightkeeper.core.identifier import IdentifierKind
from lightkeeper.core.report import Harm, report_from_json
from lightkeeper.report.form import all_fields, choices_of, read_screen, screens
from lightkeeper.report.receipt import Receipt, door
from lightkeeper.report.tell import build_report, payment, told, write_envelope

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/report.schema.json").read_text())
NOW = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)


def test_a_full_report() -> None:
    answers = {
        "now": ("hurt", "soon"),
        "what": ("He wants money.",),
        "happened": ("sextortion", "fake", "knows_address"),
        "demands": ("money", "self_harm"),
        "lost": ("50", "GBP"),
        "apps": ("snapchat",),
        "names": ("@some_name\nSome Name",),
        "numbers": ("07700 900123\nsome@example.com",),
        "links": ("https://example.com/x",),
        "payments": ("PayPal: some.one@example.com",),
        "words": ("pay or i send it",),
        "who": ("child",),
        "age": ("14",),
        "area": ("gloucestershire",),
        "town": ("Somewhere",),
        "must_not": ("do not write to my home",),
    }
    report = build_report(answers, "r1", NOW)
    assert report.harms == (Harm.SEXTORTION,)
    assert (report.age, report.area, report.reporter) == (14, "gloucestershire", "child")
    assert (report.danger.now, report.danger.self_harm) == (None, True)
    assert report.danger.deadline == NOW + timedelta(hours=2)
    assert [(one.kind, one.platform) for one in report.suspect[:2]] == [
        (IdentifierKind.HANDLE, "snapchat"),
        (IdentifierKind.DISPLAY_NAME, None),
    ]
    assert [one.kind for one in report.suspect[2:]] == ["phone", "email", "url", "payment", "script"]
    assert report_from_json(report.as_json()) == report
    said = told(answers)
    assert said["fake"] is said["knows_address"] is True
    assert (said["town"], said["deadline"], said["hurt"]) == ("Somewhere", "hour", "yes")
    envelope = json.loads(write_envelope(report, answers, door(Receipt(b"0" * 10), b"p" * 32), "cy"))
    assert envelope["contact"] == {"must_not": "do not write to my home"}
    assert envelope["language"] == "cy"
    assert envelope["reply_to"]["recipient"].startswith("age1")


def test_not_answering_is_never_no() -> None:
    danger = build_report({"what": ("x",)}, "r", NOW).danger
    assert (danger.now, danger.self_harm, danger.meeting, danger.deadline) == (None, None, None, None)


@pytest.mark.parametrize(
    ("ticked", "danger", "hurt"),
    [
        (("safe",), False, False),
        (("danger",), True, None),
        (("hurt",), None, True),
        (("danger", "hurt"), True, True),
        (("danger", "safe"), True, None),  # a yes is never taken back by a no beside it
        (("soon", "safe"), None, None),
    ],
)
def test_none_of_this_is_a_no_only_when_it_stands_alone(
    ticked: tuple[str, ...], danger: bool | None, hurt: bool | None
) -> None:
    said = build_report({"what": ("x",), "now": ticked}, "r", NOW).danger
    assert (said.now, said.self_harm) == (danger, hurt)


def test_the_exact_time_goes_before_the_tick_of_the_first_screen() -> None:
    answers = {"what": ("x",), "now": ("soon",), "deadline": ("week",)}
    assert build_report(answers, "r", NOW).danger.deadline == NOW + timedelta(days=7)
    assert told(answers)["deadline"] == "week"


def test_a_grown_up_is_not_written_down_as_a_child() -> None:
    answers = {"what": ("x",), "age": ("31",)}
    assert build_report(answers, "r", NOW).age is None
    assert told(answers)["age"] == 31


@pytest.mark.parametrize(
    ("line", "scheme", "value"),
    [
        ("PayPal some.one@example.com", "paypal", "some.one@example.com"),
        ("cash app: $someone77", "cashapp", "$someone77"),
        ("GB29 NWBK 6016 1331 9268 19", "iban", "GB29 NWBK 6016 1331 9268 19"),
        ("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "bitcoin", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
        ("his mate at the shop", None, "his mate at the shop"),
        ("PayPal", "paypal", "PayPal"),
    ],
)
def test_where_the_money_was_to_go(line: str, scheme: str | None, value: str) -> None:
    one = payment(line)
    assert (one.scheme, one.value) == (scheme, value)


def answers_by_field(name: str) -> st.SearchStrategy[list[str]]:
    field = all_fields()[name]
    choices = [choice.value for choice in choices_of(field)]
    if choices:
        return st.lists(st.sampled_from(choices), max_size=4)
    if field.kind in {"number", "money"}:
        return st.lists(st.integers(0, 150).map(str), max_size=1)
    return st.lists(st.text(max_size=60), max_size=1)


@given(st.fixed_dictionaries({name: answers_by_field(name) for name in all_fields()}))
def test_whatever_is_answered_makes_a_report_of_the_contract(sent: dict[str, list[str]]) -> None:
    import jsonschema

    answers: dict[str, tuple[str, ...]] = {}
    for one in screens():
        answers |= read_screen(one, sent)[0]
    report = build_report(answers, "r1", NOW)
    jsonschema.validate(report.as_json(), SCHEMA, format_checker=jsonschema.FormatChecker())
    assert report_from_json(report.as_json()) == report
    assert json.loads(write_envelope(report, answers, door(Receipt(b"0" * 10), b"p" * 32), "en"))["version"] == 1
