"""GOV.UK Notify against a server that plays it."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from lightkeeper.core.errors import OutboxFailed, UnreadableInput
from lightkeeper.warn.outbox.notify import Notify
from lightkeeper.warn.outbox.parcel import Parcel
from lightkeeper.warn.permit import Permit

SERVICE_ID, SECRET = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
KEY = f"the team-{SERVICE_ID}-{SECRET}"


def opened(part: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def test_every_reader_gets_one_message(
    service: Any, parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    outbox = Notify(KEY, "a-template", url=service.url, dry_run=False)
    sent = outbox.send(parcel(to=("a@example.com", "b@example.com")), permit, now)
    assert (sent.count, sent.dry_run) == (2, False)
    bodies = [json.loads(request.body) for request in service.asked]
    assert [body["email_address"] for body in bodies] == ["a@example.com", "b@example.com"]
    assert {request.path for request in service.asked} == {"/v2/notifications/email"}
    assert bodies[0]["template_id"] == "a-template"
    assert bodies[0]["personalisation"]["body"] == "Tell someone."
    assert bodies[0]["reference"] == bodies[1]["reference"] == sent.reference


def test_the_token_is_signed_with_the_keys_secret(
    service: Any, parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    outbox = Notify(KEY, "t", url=service.url, dry_run=False, clock=lambda: 1_700_000_000.9)
    outbox.send(parcel(to=("a@example.com",)), permit, now)
    kind, token = service.asked[0].headers["Authorization"].split()
    head, claim, signature = token.split(".")
    assert kind == "Bearer"
    assert opened(head) == {"typ": "JWT", "alg": "HS256"}
    assert opened(claim) == {"iss": SERVICE_ID, "iat": 1_700_000_000}
    expected = hmac.new(SECRET.encode(), f"{head}.{claim}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(signature + "=") == expected


def test_a_text_goes_to_a_number(
    service: Any, parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    Notify(KEY, "t", "sms", service.url, dry_run=False).send(parcel(to=("07700 900123",)), permit, now)
    assert service.asked[0].path == "/v2/notifications/sms"
    assert json.loads(service.asked[0].body)["phone_number"] == "07700 900123"


@pytest.mark.parametrize("status", [400, 403, 429, 500, 302])
def test_a_refusal_is_told_by_its_number_alone(
    status: int, service: Any, parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    service.status, service.answer = status, b'{"errors": "a@example.com is not in your team"}'
    service.headers = {"Location": f"{service.url}/elsewhere"} if status == 302 else {}
    with pytest.raises(OutboxFailed, match=f"answered {status}") as caught:
        Notify(KEY, "t", url=service.url, dry_run=False).send(parcel(to=("a@example.com",)), permit, now)
    assert "example.com" not in str(caught.value)
    assert len(service.asked) == 1  # and no redirect was followed


def test_an_answer_that_is_no_json_is_a_failure(
    service: Any, parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    service.answer = b"<html>captive portal</html>"
    with pytest.raises(OutboxFailed, match="not JSON"):
        Notify(KEY, "t", url=service.url, dry_run=False).send(parcel(to=("a@example.com",)), permit, now)


@pytest.mark.parametrize("url", ["http://api.example.org", "file:///etc/passwd", "ftp://127.0.0.1", "127.0.0.1"])
def test_nothing_is_sent_in_the_clear(
    url: str, parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    with pytest.raises(UnreadableInput, match="https"):
        Notify(KEY, "t", url=url, dry_run=False).send(parcel(to=("a@example.com",)), permit, now)


def test_half_a_key_is_refused_at_once() -> None:
    with pytest.raises(UnreadableInput):
        Notify(SECRET, "t")
