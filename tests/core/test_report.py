"""A report follows the contract exactly: what the schema takes we take, what it refuses we refuse."""

import contextlib
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lightkeeper.core.errors import InvalidReport
from lightkeeper.core.report import Report, parse_report, read_reports, report_from_json, write_reports

DEMO = Path(__file__).parents[2] / "src/lightkeeper/cli/demo_reports"
SCHEMA = json.loads((Path(__file__).parents[2] / "docs/reference/report.schema.json").read_text())
JUDGE = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
GOOD = {"id": "R1", "received": "2026-01-31T09:30:00Z", "reporter": "child", "harms": ["threat"]}


@pytest.mark.parametrize("file", sorted(DEMO.glob("*.jsonl")), ids=lambda path: path.stem)
def test_what_is_read_is_written_again(file):
    lines = file.read_text().splitlines()
    written = [json.loads(line) for line in write_reports(read_reports(lines))]
    assert written == [json.loads(line) for line in lines]


def test_the_line_the_field_and_the_reason_are_named():
    bad = json.dumps(GOOD | {"child": {"age": 18}})
    with pytest.raises(InvalidReport) as caught:
        list(read_reports([json.dumps(GOOD), "", bad]))
    assert (caught.value.line, caught.value.field, caught.value.reason) == (3, "child.age", "must be 0 to 17")


def test_not_said_is_not_no():
    report = report_from_json(GOOD | {"danger": {"now": False}})
    assert (report.danger.now, report.danger.self_harm) == (False, None)
    assert report.as_json()["danger"] == {"now": False, "deadline": None}


@pytest.mark.parametrize(
    "line", ["[]", "1", '"text"', "{", "", "\ufeff{}", '{"id": NaN}', "[" * 100_000, '{"id": "\\ud800"}']
)
def test_a_line_that_is_no_report_is_refused(line):
    with pytest.raises(InvalidReport):
        parse_report(line)


# Every field with values near the border of what the schema takes.
anything = st.none() | st.booleans() | st.integers(-1, 18) | st.floats(allow_nan=False, allow_infinity=False)
texts = st.sampled_from(
    [
        "",
        "x",
        "child",
        "sextortion",
        "money",
        "handle",
        "GBP",
        "gbp",
        "2026-01-31T09:30:00Z",
        "2026-01-31",
        "x" * 65,
    ]
)
scalars = anything | texts
identifiers = st.fixed_dictionaries(
    {}, optional={"kind": scalars, "value": scalars, "platform": scalars, "scheme": scalars, "other": scalars}
)
values = (
    scalars
    | st.lists(scalars, max_size=3)
    | st.lists(identifiers, max_size=2)
    | st.fixed_dictionaries({}, optional={"age": scalars, "amount": scalars, "currency": scalars})
    | st.fixed_dictionaries(
        {}, optional={"now": scalars, "self_harm": scalars, "meeting": scalars, "deadline": scalars}
    )
)
FIELDS = [*SCHEMA["properties"], "unknown"]


@given(
    st.dictionaries(st.sampled_from(FIELDS), values, max_size=4), st.sets(st.sampled_from(list(GOOD)), max_size=1)
)
def test_we_take_exactly_what_the_schema_takes(changes, gone):
    data = {key: value for key, value in (GOOD | changes).items() if key not in gone}
    try:
        report = report_from_json(data)
    except InvalidReport:
        ours = False
    else:
        ours = True
        assert report_from_json(report.as_json()) == report
    assert ours == JUDGE.is_valid(data)


@given(st.text(max_size=200))
def test_any_text_gives_a_report_or_a_clear_error(text):
    with contextlib.suppress(InvalidReport):
        assert isinstance(parse_report(text), Report)
