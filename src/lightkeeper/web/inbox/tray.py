"""The tray: takes what came through the slot, and lays sealed replies out. Only the team site may import this."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db import router, transaction
from django.db.models import QuerySet
from django.db.models.functions import Length

from lightkeeper.report.slot import EnvelopeKind, SealedEnvelope
from lightkeeper.web.inbox.models import Envelope, Reply

LARGEST = 2 * 1024 * 1024  # bytes; four times what the public site lets in


class Tray:
    """The inbox from inside. An envelope stays until what was in it is safe in the casebook."""

    def waiting(self) -> Iterator[SealedEnvelope]:
        """Everything that nobody has taken yet, oldest first."""
        for row in _ours().order_by("id").iterator(chunk_size=200):
            yield SealedEnvelope(
                kind=EnvelopeKind(row.kind),
                reference=row.reference,
                key=row.key,
                sealed=bytes(row.sealed),
                arrived=row.arrived,
            )

    def strange(self) -> int:
        """How many rows the public site cannot have written: of another kind, or too large to open safely."""
        return Envelope.objects.count() - _ours().count()

    def take_away(self, envelope: SealedEnvelope) -> None:
        """Remove an envelope whose content is kept elsewhere now."""
        Envelope.objects.filter(reference=envelope.reference).delete()

    def seal_again(self, envelope: SealedEnvelope, sealed: bytes) -> None:
        """Put the same content back, sealed for other keys. In place of the old row: nobody may change one."""
        with transaction.atomic(using=router.db_for_write(Envelope)):
            self.take_away(envelope)
            Envelope.objects.create(
                reference=envelope.reference,
                key=envelope.key,
                kind=envelope.kind,
                sealed=sealed,
                arrived=envelope.arrived,
            )

    def lay_out(self, lookup: str, sealed: bytes, now: datetime) -> None:
        """Leave a reply for whoever holds the receipt."""
        minute = now.astimezone(UTC).replace(second=0, microsecond=0)
        Reply.objects.create(lookup=lookup, sealed=sealed, written=minute)

    def clear_replies(self, lookups: list[str]) -> int:
        """Remove the replies of cases that are forgotten."""
        return Reply.objects.filter(lookup__in=lookups).delete()[0]


def _ours() -> QuerySet[Envelope]:
    sized = Envelope.objects.alias(size=Length("sealed"))
    return sized.filter(kind__in=[str(kind) for kind in EnvelopeKind], size__lte=LARGEST)
