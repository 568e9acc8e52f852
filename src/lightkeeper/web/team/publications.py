"""What is public of this desk: kept in the casebook's database, put on the shelf that the public site reads.

The shelf is made anew from what is kept, as a whole, after every change and every night; so a folder that could
not be written is mended by the next writing. Nothing gets here but through `take_step` (four steps, at least two
people, the gate) and through `watch.publish` (the ledger).
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from lightkeeper.core.place import places
from lightkeeper.desk.casebook import Casebook
from lightkeeper.warn.approval import Approval
from lightkeeper.warn.checks.subtraction import counts_said
from lightkeeper.warn.circumstances import Circumstances, SaidCount
from lightkeeper.warn.exchange import as_json, from_json
from lightkeeper.warn.formats.cap import Sender
from lightkeeper.warn.gate import reasons_to_withdraw
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import Audience, PublicWarning
from lightkeeper.watch.page import page_from_json
from lightkeeper.web.shared.publications import Shelf, open_warning, says_the_same, write_shelf
from lightkeeper.web.team.models import OpenFigure, Publication, Warned

_PUBLISH, _WITHDRAW = "publish", "withdraw"


@dataclass(frozen=True, slots=True)
class Recall:
    """A public warning that somebody must decide on, and why."""

    warning_id: str
    headline: str
    place: str
    area: str
    reasons: tuple[Refusal, ...]


def circumstances_now(book: Casebook, now: datetime) -> Circumstances:
    """What the gate must know: what is held, and every number that is or was public."""
    return Circumstances(now, held=book.held_reports(), published=said_so_far())


def said_so_far() -> tuple[SaidCount, ...]:
    """The numbers of every version of every warning that is or was public, and of every open figure of an area."""
    warnings = (_words(row) for row in Publication.objects.filter(step=_PUBLISH))
    figures = (one for row in OpenFigure.objects.filter(what="area") for one in area_counts(row.table))
    return tuple(dict.fromkeys((*(one for warning in warnings for one in counts_said(warning)), *figures)))


def area_counts(table: dict[str, Any]) -> Iterator[SaidCount]:
    """The rows of a published table by area, in the form in which warnings say a number."""
    first, last = (date.fromisoformat(table["period"][name]) for name in ("from", "to"))
    for row in table["rows"]:
        (slug,) = row["key"]
        if slug in places() and row["number"] is not None:
            yield SaidCount(places()[slug].name, table["definition"]["version"], row["number"], first, last)


def in_turn() -> None:
    """Let nobody else publish until this transaction ends: each must know the numbers of the one before.

    SQLite lets one writer in at a time anyway; PostgreSQL waits at these rows.
    """
    list(Warned.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def keep_step(area: str, warning: PublicWarning, approval: Approval) -> None:
    """Keep the newest step of an approval if the public must see it, and put it on the shelf."""
    step = approval.steps[-1]
    if step.name == _PUBLISH or (step.name == _WITHDRAW and approval.published_before):
        Publication.objects.create(
            warning_id=warning.id,
            area=area,
            at=step.at,
            step=step.name,
            warning=as_json(warning),
            approval=as_json(approval),
        )
        put_on_shelf()


def put_on_shelf() -> None:
    """Write the shelf when this transaction is on disk: what is undone never becomes public."""
    transaction.on_commit(_write)


def build_shelf() -> Shelf:
    """Everything that is public now, from what is kept."""
    newest = {row.warning_id: row for row in Publication.objects.order_by("pk")}
    rows = sorted(newest.values(), key=lambda row: (row.at, row.warning_id), reverse=True)
    figures = {row.what: row for row in OpenFigure.objects.order_by("pk")}
    moments = [row.at for row in (*rows, *figures.values())]
    return Shelf(
        max(moments, default=None),
        tuple(
            open_warning(_words(row), _approval(row), Sender(settings.CAP_SENDER, _words(row).force))
            for row in rows
            if _words(row).audience is not Audience.SCHOOL
        ),
        tuple(page_from_json(row.page) for row in figures.values()),
    )


def shelf_is_current() -> bool:
    """Whether the public site shows what is kept here."""
    return says_the_same(settings.PUBLICATIONS, build_shelf())


def recalls(book: Casebook, now: datetime) -> tuple[Recall, ...]:
    """Public warnings that speak of something held by now. A person decides: a page that vanishes tells too."""
    circumstances = circumstances_now(book, now)
    newest = {row.warning_id: row for row in Publication.objects.order_by("pk")}
    standing = [(row, _words(row)) for row in newest.values() if row.step == _PUBLISH]
    found = ((row, words, reasons_to_withdraw(words, circumstances)) for row, words in standing)
    return tuple(
        Recall(row.warning_id, words.headline, words.place, row.area, reasons)
        for row, words, reasons in found
        if reasons and now < words.expires
    )


def _write() -> None:
    try:
        write_shelf(settings.PUBLICATIONS, build_shelf)
    except OSError:
        # The warnings page says so until it is mended; the next writing brings everything that is missing.
        logging.getLogger(__name__).error("the folder of publications cannot be written")


def _words(row: Publication) -> PublicWarning:
    return from_json(PublicWarning, row.warning, "warning")


def _approval(row: Publication) -> Approval:
    return from_json(Approval, row.approval, "approval")
