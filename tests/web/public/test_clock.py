"""The clock of the server is wrong, and is put right while somebody reports: nothing is lost, nothing is twice."""

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.trust.reporting import kept_of

from lightkeeper.report.receipt import make_receipt
from lightkeeper.report.submit import seal_report
from lightkeeper.web.inbox.models import Envelope
from lightkeeper.web.inbox.slot import InboxSlot
from lightkeeper.web.public import wiring

pytestmark = pytest.mark.django_db
HOUR, DAY = 3600.0, 86_400.0
JUMPS = {"an hour back": -HOUR, "a summer hour on": HOUR, "a minute back": -90.0, "twenty hours back": -20 * HOUR}
TOO_FAR = {"two years on": 730 * DAY, "to 1970": -56 * 365 * DAY}


@pytest.fixture
def jump(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the clock: `jump(seconds)` from what is right."""
    right = time.time

    def set_to(seconds: float) -> None:
        moved = datetime.fromtimestamp(max(0.0, right() + seconds), UTC)
        monkeypatch.setattr(time, "time", lambda: max(1.0, right() + seconds))
        monkeypatch.setattr("django.utils.timezone.now", lambda: moved)
        monkeypatch.setattr(wiring.throttle(), "now", time.time)

    return set_to


def begin(client: Any, send: Any) -> str:
    token = kept_of(client.get("/report").content.decode())
    page = send("/report", {"kept": token, "screen": "what", "what": "He threatens me.", "go": "next"})
    return kept_of(page.content.decode())


@pytest.mark.parametrize("by", JUMPS.values(), ids=JUMPS)
def test_a_jump_in_the_middle_costs_no_answer_and_makes_no_second_report(
    client: Any, send: Any, jump: Any, by: float
) -> None:
    token = begin(client, send)
    jump(by)
    first = send("/report", {"kept": token, "go": "send"})
    assert b"data-done" in first.content
    jump(0)
    again = send("/report", {"kept": token, "go": "send"})  # pressed twice, over the jump
    words = re.compile(rb"<li>([a-z]{4,8})</li>")
    assert words.findall(first.content) == words.findall(again.content)
    assert Envelope.objects.count() == 1


@pytest.mark.parametrize("by", TOO_FAR.values(), ids=TOO_FAR)
def test_a_jump_of_years_is_said_plainly_and_the_next_try_works(
    client: Any, send: Any, jump: Any, by: float
) -> None:
    token = begin(client, send)
    jump(by)
    told = send("/report", {"kept": token, "go": "send"})
    assert (told.status_code, b"data-done" in told.content) == (200, False)
    assert b"begin again" in told.content
    done = send("/report", {"kept": begin(client, send), "go": "send"})
    assert b"data-done" in done.content
    assert Envelope.objects.count() == 1


@pytest.mark.parametrize("by", [*JUMPS.values(), *TOO_FAR.values()])
def test_what_was_spooled_before_a_jump_and_sent_again_after_it_is_one_envelope(by: float) -> None:
    now, receipt = datetime(2026, 1, 31, 9, 30, tzinfo=UTC), make_receipt()
    spool = wiring.spool()
    for moment in (now, now + timedelta(seconds=max(by, -20 * DAY))):
        spool.add(seal_report({"what": ("He threatens me.",)}, "en", receipt, wiring.sealing(), moment))
    assert spool.drain(InboxSlot()) >= 1
    assert spool.waiting() == []
    assert Envelope.objects.count() == 1


def test_the_slowing_down_does_not_shut_anybody_out_after_a_jump(send: Any, jump: Any, settings: Any) -> None:
    for _ in range(settings.MOST_WRONG_RECEIPTS + 1):
        send("/replies", {"words": "acorn " * 9})
    assert send("/replies", {"words": "acorn " * 9}).status_code == 429
    for by in (-3 * DAY, 3 * DAY):
        jump(by)
        assert send("/replies", {"words": "acorn " * 9}).status_code == 422
