"""Mastodon: one public post on the team's own account."""

from dataclasses import dataclass, field
from datetime import datetime

from lightkeeper.warn.formats.post import check_post
from lightkeeper.warn.outbox.http import post_json
from lightkeeper.warn.outbox.parcel import Parcel, Sent, demand_permit, reference_of
from lightkeeper.warn.permit import Permit


@dataclass(frozen=True, slots=True)
class Mastodon:
    """The server and the token of one account, allowed to write posts and nothing else."""

    url: str
    token: str = field(repr=False)
    dry_run: bool = True

    def send(self, parcel: Parcel, permit: Permit, now: datetime) -> Sent:
        """Post once: the server drops a second post with the same key. Raises WarningRefused when too long."""
        demand_permit(parcel, permit, now)
        check_post(parcel.body, "mastodon")
        reference = reference_of(parcel)
        if not self.dry_run:
            data = {"status": parcel.body, "visibility": "public", "language": parcel.language}
            headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": reference}
            post_json(f"{self.url.rstrip('/')}/api/v1/statuses", data, headers, "mastodon")
        return Sent("mastodon", 1, self.dry_run, reference)
