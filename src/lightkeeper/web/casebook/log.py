"""The log's rows: appended, never changed. The words of reasons stand beside them and may be forgotten."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import connection
from django.db.models import Q

from lightkeeper.desk.audit import Act, Entry, Why, chain_entry
from lightkeeper.web.casebook import rows
from lightkeeper.web.casebook.models import EntryRow, WhyRow

_LOCK = 0x6C69676874  # any number of ours


def one_writer() -> None:
    """Let nobody else write until this transaction ends.

    Whoever changes anything writes into the log, so the log's lock makes all writers queue on PostgreSQL. On
    SQLite every transaction of ours has the file to itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def append(act: Act, at: datetime) -> Entry:
    """Chain an act to the end of the log. Part of the transaction that does what it says."""
    one_writer()
    last = EntryRow.objects.order_by("-number").first()
    entry, why = chain_entry(rows.read_entry(last) if last else None, act, at)
    rows.write_entry(entry).save(force_insert=True)
    if why:
        WhyRow(number=why.number, salt=why.salt, words=why.words).save(force_insert=True)
    return entry


def read_entries(about: str | None, who: str | None) -> Iterator[Entry]:
    found = EntryRow.objects.order_by("number")
    if about is not None:
        found = found.filter(about=about)
    if who is not None:
        found = found.filter(who=who)
    return (rows.read_entry(row) for row in found.iterator(chunk_size=rows.CHUNK))


def read_reasons() -> Iterator[Why]:
    return (rows.read_why(row) for row in WhyRow.objects.order_by("number").iterator(chunk_size=rows.CHUNK))


def forget_reasons(case_ids: Iterable[str]) -> None:
    """Forget the words of reasons about these cases and of every search, which may have been for one of them."""
    numbers = EntryRow.objects.filter(Q(about__in=list(case_ids)) | Q(what="search")).values("number")
    WhyRow.objects.filter(number__in=numbers).delete()
