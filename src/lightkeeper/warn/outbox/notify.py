"""GOV.UK Notify: e-mails or texts from a template that lives there, with ours in its slots."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.warn.outbox.http import post_json
from lightkeeper.warn.outbox.parcel import Parcel, Sent, demand_permit, reference_of
from lightkeeper.warn.permit import Permit

_UUID = 36  # characters


@dataclass(frozen=True, slots=True)
class Notify:
    """One template of one service. The key reads name-service-secret, the last two as UUIDs."""

    key: str = field(repr=False)
    template: str
    medium: str = "email"  # or "sms"
    url: str = "https://api.notifications.service.gov.uk"
    dry_run: bool = True
    clock: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        if len(self.key) < 2 * _UUID + 1 or self.medium not in ("email", "sms"):
            raise UnreadableInput("Notify needs a whole API key, and a medium that is email or sms")

    def send(self, parcel: Parcel, permit: Permit, now: datetime) -> Sent:
        """One message to each reader who asked for it, each with the warning's own reference."""
        demand_permit(parcel, permit, now)
        reference = reference_of(parcel)
        for reader in () if self.dry_run else parcel.to:
            self._send_one(parcel, reader, reference)
        return Sent("notify", len(parcel.to), self.dry_run, reference)

    def _send_one(self, parcel: Parcel, reader: str, reference: str) -> None:
        address = "email_address" if self.medium == "email" else "phone_number"
        data = {
            address: reader,
            "template_id": self.template,
            "personalisation": {"subject": parcel.subject, "body": parcel.body},
            "reference": reference,
        }
        headers = {"Authorization": f"Bearer {self._token()}"}
        post_json(f"{self.url}/v2/notifications/{self.medium}", data, headers, "notify")

    def _token(self) -> str:
        """A JSON web token (HS256) by which Notify knows the service; it holds for seconds."""
        service, secret = self.key[-2 * _UUID - 1 : -_UUID - 1], self.key[-_UUID:]
        head = _part({"typ": "JWT", "alg": "HS256"})
        claim = _part({"iss": service, "iat": int(self.clock())})
        signature = hmac.new(secret.encode(), f"{head}.{claim}".encode(), hashlib.sha256).digest()
        return f"{head}.{claim}.{_plain(signature)}"


def _part(data: dict[str, object]) -> str:
    return _plain(json.dumps(data, separators=(",", ":")).encode())


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
