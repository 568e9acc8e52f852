"""The slot on the inbox database: adds an envelope, gives back the replies of one receipt."""

from datetime import date

from django.db import Error, connections, router, transaction

from lightkeeper.core.errors import SlotClosed
from lightkeeper.report.slot import SealedEnvelope, SealedReply
from lightkeeper.web.inbox.models import Envelope, Reply, Visit


class InboxSlot:
    """`report.slot.Slot` and `report.slot.Replies` on Django's database."""

    def add(self, envelope: SealedEnvelope) -> None:
        """INSERT ... ON CONFLICT DO NOTHING, without RETURNING: it asks for no right to read.

        When the transaction has ended the row is on disk: SQLite runs with synchronous=FULL, PostgreSQL
        with synchronous_commit=on. Raises SlotClosed.
        """
        row = Envelope(
            reference=envelope.reference,
            key=envelope.key,
            kind=envelope.kind,
            sealed=envelope.sealed,
            arrived=envelope.arrived,
        )
        try:
            with transaction.atomic(using=router.db_for_write(Envelope), durable=True):
                Envelope.objects.bulk_create([row], ignore_conflicts=True)
        except Error:
            _begin_anew()
            raise SlotClosed("the inbox cannot take anything at the moment") from None

    def count_visit(self, day: date, page: str, language: str) -> None:
        """Add one to what was read on a day, for somebody who agreed to be counted. Raises SlotClosed."""
        try:
            Visit.objects.bulk_create([Visit(day=day, page=page[:60], language=language)], ignore_conflicts=True)
        except Error:
            raise SlotClosed("the inbox cannot count at the moment") from None

    def waiting(self, lookup: str) -> tuple[SealedReply, ...]:
        """The replies under this lookup, oldest first. Raises SlotClosed."""
        try:
            rows = list(Reply.objects.filter(lookup=lookup).order_by("id"))
        except Error:
            raise SlotClosed("the inbox cannot be asked at the moment") from None
        return tuple(SealedReply(sealed=bytes(row.sealed), written=row.written) for row in rows)


def _begin_anew() -> None:
    """Ask over a fresh connection next time: one that was opened while the disk was read-only stays read-only."""
    connection = connections[router.db_for_write(Envelope)]
    if not connection.in_atomic_block:
        connection.close()
