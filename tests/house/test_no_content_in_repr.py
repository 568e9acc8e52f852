"""No personal content in any `repr` or error of the nouns (promise 3), whatever a person wrote."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lightkeeper.core.errors import InvalidReport
from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.core.message import Conversation, Message
from lightkeeper.core.report import Report, read_reports, report_from_json

# A marker that no word of ours contains, inside whatever Hypothesis comes up with.
secrets = st.text(max_size=40).map(lambda text: f"{text}zqxj-{text}-kvwq")
GOOD = {"id": "R1", "received": "2026-01-31T09:30:00Z", "reporter": "child", "harms": ["threat"]}


def tells(secret: str, shown: str) -> bool:
    return "zqxj" in shown or "kvwq" in shown or (len(secret) > 20 and secret in shown)


@given(secrets, st.sampled_from(IdentifierKind))
def test_an_identifier_masks_itself(secret, kind):
    one = Identifier(kind, secret)
    assert not tells(secret, repr(one))
    assert not tells(secret, f"{one} {(one,)!r}")


@given(secrets)
def test_messages_and_conversations_mask_themselves(secret):
    message = Message(sender=secret, text=secret)
    assert not tells(secret, repr(message))
    assert not tells(secret, repr(Conversation((message,), me=secret, id=secret)))


@given(secrets)
def test_a_report_masks_itself(secret):
    report = report_from_json(
        GOOD | {"narrative": secret, "area": secret, "suspect": [{"kind": "handle", "value": secret}]}
    )
    assert isinstance(report, Report)
    assert not tells(secret, repr(report))


WRONG_PLACES = [
    "id", "received", "area", "reporter", "child", "harms", "platforms", "demands", "lost", "danger", "suspect",
    "narrative", "hold", "unknown field",
]  # fmt: skip


@given(
    secrets,
    st.sampled_from(WRONG_PLACES),
    st.sampled_from(["text", "list", "object", "nested", "number", "key", "twice", "long"]),
)
def test_a_refused_report_repeats_nothing(secret, field, shape):
    value = {
        "text": secret, "list": [secret], "object": {secret: secret}, "number": -1,
        "nested": [{"kind": secret, "value": secret}],
        "key": {"age": secret, "amount": secret, "currency": secret, "now": secret},
        "twice": [secret, secret], "long": secret * 1000,
    }[shape]  # fmt: skip
    told = ""
    try:
        told = repr(report_from_json(GOOD | {field: value}))
    except InvalidReport as error:
        told = f"{error} {error!r} {error.__cause__!r} {error.args}"
    assert told
    assert not tells(secret, told)


@given(secrets)
def test_a_line_that_is_no_json_is_not_repeated(secret):
    line = json.dumps(GOOD) + "\n" + secret
    with pytest.raises(InvalidReport) as caught:
        list(read_reports([line]))
    assert "line 1" in str(caught.value)
    assert not tells(secret, f"{caught.value} {caught.value!r} {caught.value.__cause__!r}")
