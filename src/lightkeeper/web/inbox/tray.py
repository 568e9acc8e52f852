"""The tray: takes what came through the slot, and lays sealed replies out. Only the team site may import this."""

from collections.abc import Iterator
from datetime import UTC, datetime

from lightkeeper.report.slot import EnvelopeKind, SealedEnvelope
from lightkeeper.web.inbox.models import Envelope, Reply


class Tray:
    """The inbox from inside. An envelope stays until what was in it is safe in the casebook."""

    def waiting(self) -> Iterator[SealedEnvelope]:
        """Everything that nobody has taken yet, oldest first."""
        for row in Envelope.objects.order_by("id").iterator(chunk_size=200):
            yield SealedEnvelope(
                kind=EnvelopeKind(row.kind),
                reference=row.reference,
                key=row.key,
                sealed=bytes(row.sealed),
                arrived=row.arrived,
            )

    def take_away(self, envelope: SealedEnvelope) -> None:
        """Remove an envelope whose content is kept elsewhere now."""
        Envelope.objects.filter(reference=envelope.reference).delete()

    def seal_again(self, envelope: SealedEnvelope, sealed: bytes) -> None:
        """Put the same content back, sealed for other keys."""
        Envelope.objects.filter(reference=envelope.reference).update(sealed=sealed)

    def lay_out(self, lookup: str, sealed: bytes, now: datetime) -> None:
        """Leave a reply for whoever holds the receipt."""
        minute = now.astimezone(UTC).replace(second=0, microsecond=0)
        Reply.objects.create(lookup=lookup, sealed=sealed, written=minute)

    def clear_replies(self, lookups: list[str]) -> int:
        """Remove the replies of cases that are forgotten."""
        return Reply.objects.filter(lookup__in=lookups).delete()[0]
