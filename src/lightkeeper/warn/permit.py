"""The proof that something was approved, without which no outbox sends anything."""

from dataclasses import dataclass
from datetime import datetime

from lightkeeper.core.errors import NotAllowed
from lightkeeper.warn.approval import Approval
from lightkeeper.warn.warning import PublicWarning


@dataclass(frozen=True, slots=True)
class Permit:
    """These words may go out, until this moment."""

    warning_id: str
    fingerprint: str
    until: datetime


def permit_sending(approval: Approval, warning: PublicWarning, now: datetime) -> Permit:
    """A permit for a warning that all four steps let through. Raises NotAllowed with the reason otherwise."""
    last = approval.steps[-1] if approval.steps else None
    if last is None or approval.warning_id != warning.id or approval.state != "published":
        raise NotAllowed("nothing is sent before it is published")
    if last.fingerprint != warning.fingerprint():
        raise NotAllowed("the words changed after they were approved")
    if now >= warning.expires:
        raise NotAllowed("this warning has run out")
    return Permit(warning.id, last.fingerprint, warning.expires)
