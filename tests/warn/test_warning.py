"""The content object: to JSON and back, its fingerprint, and which of its texts are read."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lightkeeper.core.errors import NotAllowed, UnreadableInput
from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.exchange import as_json, from_json
from lightkeeper.warn.gate import pass_gate
from lightkeeper.warn.warning import PublicWarning, Quote, School, text_at, texts


def test_a_warning_survives_the_way_through_json(good: PublicWarning, letter: PublicWarning) -> None:
    for warning in (good, letter):
        assert from_json(PublicWarning, json.loads(json.dumps(as_json(warning)))) == warning


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("headline", 7, "headline must be text"),
        ("issued", "today", "issued must be a date and time"),
        ("kind", "rumour", "one of: warning, bulletin"),
        ("platforms", "Snapchat", "platforms must be a list"),
        ("count", [], "count must be a JSON object"),
        ("extra", 1, "none of"),
    ],
)
def test_what_is_no_warning_is_refused_by_field(good: PublicWarning, field: str, value: Any, said: str) -> None:
    with pytest.raises(UnreadableInput, match=said):
        from_json(PublicWarning, {**as_json(good), field: value})


def test_a_missing_field_is_named(good: PublicWarning) -> None:
    data = as_json(good)
    del data["expires"]
    with pytest.raises(UnreadableInput, match="expires is missing"):
        from_json(PublicWarning, data)


@given(st.text(min_size=12))
def test_no_error_repeats_what_was_given(text: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        from_json(PublicWarning, {text: text})
    assert text not in str(caught.value)


def test_every_change_changes_the_fingerprint(good: PublicWarning) -> None:
    others = (
        replace(good, headline=good.headline + "."),
        replace(good, expires=datetime(2027, 1, 1, tzinfo=UTC)),
        replace(good, behind=("R-1",)),
    )
    assert len({warning.fingerprint() for warning in (good, *others)}) == 4
    assert replace(good).fingerprint() == good.fingerprint()


def test_the_readers_never_get_what_is_the_teams(good: PublicWarning, inspector: Any) -> None:
    assert good.count is not None
    warning = replace(good, count=replace(good.count, approval=inspector))
    read = " ".join(text for _, text in texts(warning))
    assert "R-1" not in read
    assert inspector.name not in read
    assert text_at(warning, "child_steps[1]").startswith("Stop replying")
    assert text_at(warning, "child_steps[99]") == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(secret=st.text(min_size=12).map(lambda text: f"zqxj{text}kvwq"))
def test_no_repr_and_no_refusal_copies_what_an_author_wrote(good: PublicWarning, secret: str) -> None:
    """A draft may hold a name until the gate has read it: neither a log nor an error may carry it on."""
    hard = f"{secret} notwithstanding considerable organisational difficulties administratively complicating."
    quote = Quote(secret, secret, secret)
    warning = replace(good, headline=secret, summary=hard, child_steps=(hard,), quote=quote)
    told = [repr(warning), repr(quote), repr(replace(good, school=School(secret, (secret,), secret, "", "", 1)))]
    with pytest.raises(NotAllowed) as caught:
        pass_gate(warning, Circumstances(good.issued))
    for text in (*told, str(caught.value)):
        assert "zqxj" not in text
        assert "kvwq" not in text
