"""What every outbox must do: a dry run by default, nothing without a permit, no secret in a `repr` or an error."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lightkeeper.core.errors import NotAllowed, OutboxFailed
from lightkeeper.warn.outbox.mail import Mail
from lightkeeper.warn.outbox.mastodon import Mastodon
from lightkeeper.warn.outbox.notify import Notify
from lightkeeper.warn.outbox.parcel import Outbox, Parcel
from lightkeeper.warn.outbox.printer import Printer
from lightkeeper.warn.permit import Permit

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECRET = "0123abcd-0000-4000-8000-secretsecret"
# Port 9 of this machine answers nothing: an outbox that calls it fails at once.
NOBODY = "http://127.0.0.1:9"
OUTBOXES: dict[str, Callable[..., Any]] = {
    "notify": lambda **more: Notify(f"team-{'0' * 36}-{SECRET}", "template", url=NOBODY, **more),
    "mastodon": lambda **more: Mastodon(NOBODY, SECRET, **more),
    "mail": lambda **more: Mail("127.0.0.1", "team@example.org", port=9, password=SECRET, tls=False, **more),
    "printer": lambda **more: Printer(f"{NOBODY}/ipp/print", **more),
}
PARCEL = Parcel(
    "W-1", "fingerprint", "Subject", "Tell someone.", to=("one@example.com", "two@example.com"), pdf=b"%PDF"
)
PERMIT = Permit("W-1", "fingerprint", NOW + timedelta(days=1))

every_outbox = pytest.mark.parametrize("make", OUTBOXES.values(), ids=OUTBOXES)


@every_outbox
def test_it_is_a_dry_run_until_told_otherwise(make: Callable[..., Outbox]) -> None:
    sent = make().send(PARCEL, PERMIT, NOW)  # nobody listens: a real sending would fail
    assert sent.dry_run
    assert sent.count >= 1


@every_outbox
def test_told_to_send_it_really_tries(make: Callable[..., Outbox]) -> None:
    with pytest.raises(OutboxFailed):
        make(dry_run=False).send(PARCEL, PERMIT, NOW)


@every_outbox
@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize(
    ("permit", "now"),
    [
        (replace(PERMIT, fingerprint="other words"), NOW),
        (replace(PERMIT, warning_id="W-2"), NOW),
        (PERMIT, NOW + timedelta(days=1)),
    ],
)
def test_nothing_is_sent_without_a_permit_for_these_words(
    make: Callable[..., Outbox], dry_run: bool, permit: Permit, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        make(dry_run=dry_run).send(PARCEL, permit, now)


@every_outbox
def test_no_secret_and_no_reader_is_told(make: Callable[..., Outbox]) -> None:
    outbox = make(dry_run=False)
    with pytest.raises(OutboxFailed) as caught:
        outbox.send(PARCEL, PERMIT, NOW)
    told = f"{outbox!r} {caught.value} {caught.value.__cause__} {PARCEL!r}"
    for secret in (SECRET, "one@example.com", "Tell someone"):
        assert secret not in told


@every_outbox
def test_the_same_words_have_the_same_reference(make: Callable[..., Outbox]) -> None:
    first, second = (make().send(PARCEL, PERMIT, NOW).reference for _ in range(2))
    assert first == second
    other = replace(PARCEL, fingerprint="another one")
    assert make().send(other, replace(PERMIT, fingerprint="another one"), NOW).reference != first
