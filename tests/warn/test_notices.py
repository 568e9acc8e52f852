"""Partners hear of publication, update and withdrawal, each naming what came before."""

from dataclasses import replace
from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from lightkeeper.core.errors import NotAllowed
from lightkeeper.warn.approval import Approval, Step
from lightkeeper.warn.formats.cap import NAMESPACE, Sender
from lightkeeper.warn.notices import cap_notice
from lightkeeper.warn.warning import PublicWarning

SENDER = Sender("warnings.example.org", "the team")


def approval(warning: PublicWarning, start: datetime, *names: str) -> Approval:
    states = {"publish": "published", "update": "draft", "withdraw": "withdrawn", "submit": "with_safeguarding"}
    steps = (
        Step(name, states[name], "Dan", "why", start + timedelta(hours=hour), warning.fingerprint())
        for hour, name in enumerate(names)
    )
    return Approval(warning.id, tuple(steps))


def field(cap: bytes, name: str) -> str | None:
    return ET.fromstring(cap).findtext(f"{{{NAMESPACE}}}{name}")


def test_the_first_publication_is_an_alert(good: PublicWarning, now: datetime) -> None:
    cap = cap_notice(approval(good, now, "publish"), [good], SENDER)
    assert (field(cap, "msgType"), field(cap, "status"), field(cap, "references")) == ("Alert", "Actual", None)


def test_an_update_and_a_cancel_name_all_messages_before_them(good: PublicWarning, now: datetime) -> None:
    first = cap_notice(approval(good, now, "publish"), [good], SENDER)
    update = cap_notice(approval(good, now, "publish", "update", "publish"), [good], SENDER)
    cancel = cap_notice(approval(good, now, "publish", "update", "publish", "withdraw"), [good], SENDER)
    named = [f"{SENDER.id},{field(cap, 'identifier')},{field(cap, 'sent')}" for cap in (first, update)]
    assert field(update, "msgType") == "Update"
    assert field(update, "references") == named[0]
    assert field(cancel, "msgType") == "Cancel"
    assert field(cancel, "references") == " ".join(named)
    assert ET.fromstring(cancel).find(f"{{{NAMESPACE}}}info") is None


@pytest.mark.parametrize("names", [("submit",), ("submit", "withdraw"), ("publish", "update")])
def test_other_steps_are_none_of_their_business(
    names: tuple[str, ...], good: PublicWarning, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        cap_notice(approval(good, now, *names), [good], SENDER)


def test_words_that_were_not_published_are_not_told(good: PublicWarning, now: datetime) -> None:
    with pytest.raises(NotAllowed, match="not published"):
        cap_notice(approval(good, now, "publish"), [replace(good, headline="Other words")], SENDER)
