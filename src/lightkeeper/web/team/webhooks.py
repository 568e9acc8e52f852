"""Tell the team's own tools that a P1 came in: sealed for the receiver, signed, tried again until it is taken.

What is sent says that there is a case and where to look; it holds nothing of what was told. Held cases are
never announced.
"""

import hashlib
import hmac
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings

from lightkeeper.desk.case import Band, Case
from lightkeeper.report.seal import seal
from lightkeeper.web.team.models import Delivery, Webhook
from lightkeeper.web.team.wiring import casebook

MOST_TRIES = 12
PATIENCE = 5  # seconds a receiver has to answer
Post = Callable[[str, bytes, dict[str, str]], bool]


def announce_urgent(cases: Iterable[Case], now: datetime) -> int:
    """Queue an announcement of each P1 for each webhook of its team. Returns how many."""
    held = casebook().held_reports()
    urgent = [
        case for case in cases if case.band is Band.P1 and not case.restricted and case.report.id not in held
    ]
    made = 0
    for case in urgent:
        for hook in Webhook.objects.filter(team__name=case.team, ended=None):
            body = json.dumps({"event": "case.p1", "case": case.id, "due": case.due and case.due.isoformat()})
            sealed = seal(body.encode(), [hook.recipient])
            _, fresh = Delivery.objects.get_or_create(
                webhook=hook, case_id=case.id, defaults={"body": sealed, "made": now, "next_try": now}
            )
            made += fresh
    return made


def deliver_due(now: datetime, post: Post | None = None) -> int:
    """Send what is due, and put off what was not taken: 1, 2, 4 ... minutes. Returns how many were taken."""
    taken = 0
    send = post or post_sealed
    for delivery in Delivery.objects.filter(delivered=None, next_try__lte=now, tries__lt=MOST_TRIES):
        if delivery.webhook.ended:
            continue
        body = bytes(delivery.body)
        if send(delivery.webhook.url, body, headers_for(delivery.pk, body, now)):
            delivery.delivered = now
            taken += 1
        delivery.tries += 1
        delivery.next_try = now + timedelta(minutes=2 ** (delivery.tries - 1))
        delivery.save()
    return taken


def headers_for(number: int, body: bytes, now: datetime) -> dict[str, str]:
    """The signature covers the time and the body, so that neither can be replayed or exchanged."""
    stamp = str(int(now.timestamp()))
    signature = hmac.new(signing_key(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/octet-stream",
        "Lightkeeper-Delivery": str(number),
        "Lightkeeper-Time": stamp,
        "Lightkeeper-Signature": f"v1={signature}",
    }


def signing_key() -> bytes:
    """The key that receivers check the signature with; an administrator sees it once, when a webhook is made."""
    key: bytes = settings.WEBHOOK_KEY
    return key.hex().encode()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A receiver that sends us elsewhere has not taken anything."""

    def redirect_request(self, *args: object) -> None:
        return None


def post_sealed(url: str, body: bytes, headers: dict[str, str]) -> bool:
    """POST to a receiver. Only https, or this machine."""
    if not url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        return False
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310 - checked above
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            return 200 <= answer.status < 300
    except (urllib.error.URLError, OSError):
        return False
