"""Tell the team's own tools that there is a P1: sealed for the receiver, signed, tried again until it is taken.

What is sent says that there is a case and where to look; it holds nothing of what was told. Held cases are
never announced.
"""

import hashlib
import hmac
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from lightkeeper.desk.case import Band
from lightkeeper.report.seal import seal
from lightkeeper.web.casebook.models import CaseRow
from lightkeeper.web.team.models import Delivery, Webhook
from lightkeeper.web.team.wiring import casebook

MOST_TRIES = 12
PATIENCE = 5  # seconds a receiver has to answer
Post = Callable[[str, bytes, dict[str, str]], bool]


def announce_urgent(now: datetime) -> int:
    """Queue an announcement of each open P1 for each webhook of its team, once. Returns how many.

    It does not matter how it became one: on arrival, by an answer, a link, an officer or by waiting. A case that
    was closed and wakes as a P1 is announced again.
    """
    told_of = Delivery.objects.values("case_id")
    finished = list(CaseRow.objects.filter(id__in=told_of, is_open=False).values_list("id", flat=True))
    Delivery.objects.filter(case_id__in=finished).delete()
    made = 0
    for hook in Webhook.objects.select_related("team").filter(ended=None):
        told = Delivery.objects.filter(webhook=hook).values("case_id")
        for row in _may_be_told(CaseRow.objects.filter(team=hook.team.name).exclude(id__in=told)):
            body = json.dumps({"event": "case.p1", "case": row.id, "due": row.due.isoformat()})
            sealed = seal(body.encode(), [hook.recipient])
            Delivery.objects.create(webhook=hook, case_id=row.id, body=sealed, made=now, next_try=now)
            made += 1
    return made


def _may_be_told(cases: QuerySet[CaseRow]) -> list[CaseRow]:
    """The open P1s among them that nobody holds and that are not restricted."""
    held = casebook().held_reports()
    urgent = cases.filter(is_open=True, band=int(Band.P1), restricted=False).defer("report", "desk")
    return [row for row in urgent if row.report_id not in held]


def deliver_due(now: datetime, post: Post | None = None) -> int:
    """Send what is due, and put off what was not taken: 1, 2, 4 ... minutes. Returns how many were taken.

    A case that was held, restricted or closed since it was queued is not announced any more.
    """
    taken = 0
    send = post or post_sealed
    due = Delivery.objects.filter(delivered=None, next_try__lte=now, tries__lt=MOST_TRIES, webhook__ended=None)
    still = {row.id for row in _may_be_told(CaseRow.objects.filter(id__in=due.values("case_id")))}
    for delivery in due.filter(case_id__in=still).select_related("webhook"):
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
