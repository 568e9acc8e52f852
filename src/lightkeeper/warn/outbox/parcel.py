"""What is sent, to whom, and what every outbox is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from lightkeeper.core.errors import NotAllowed
from lightkeeper.warn.permit import Permit
from lightkeeper.warn.warning import PublicWarning


@dataclass(frozen=True, slots=True)
class Parcel:
    """One warning in the form an outbox takes. `to` is empty where the channel itself is the reader."""

    warning_id: str
    fingerprint: str
    subject: str
    body: str
    language: str = "en"
    to: tuple[str, ...] = ()
    pdf: bytes = b""

    def __repr__(self) -> str:
        return f"Parcel({len(self.body)} characters, {len(self.to)} readers)"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a parcel: how many were sent, or would have been in a dry run."""

    outbox: str
    count: int
    dry_run: bool
    reference: str


class Outbox(Protocol):
    """A way out of the house. Raises NotAllowed without a permit for these words, OutboxFailed when it fails."""

    def send(self, parcel: Parcel, permit: Permit, now: datetime) -> Sent: ...


def pack(warning: PublicWarning, body: str, to: tuple[str, ...] = (), pdf: bytes = b"") -> Parcel:
    """A parcel of one warning's words in one form."""
    return Parcel(warning.id, warning.fingerprint(), warning.headline, body, warning.language, to, pdf)


def demand_permit(parcel: Parcel, permit: Permit, now: datetime) -> None:
    """Raises NotAllowed when the permit is for other words, or its time is over."""
    if (permit.warning_id, permit.fingerprint) != (parcel.warning_id, parcel.fingerprint):
        raise NotAllowed("these words were not approved")
    if now >= permit.until:
        raise NotAllowed("this warning has run out")


def reference_of(parcel: Parcel) -> str:
    """The same for the same words: a service that sees it twice sends once."""
    return f"{parcel.warning_id}-{parcel.fingerprint[:12]}"
