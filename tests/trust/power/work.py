"""The whole way of a report, done with the real slot, spool, tray and casebook; and what is there afterwards."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from tests.sites import House

NOW = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)


class Marks(Protocol):
    """Where it is written down that something was acknowledged, in the order of what is done to the disk."""

    def mark(self, name: str) -> None: ...


def do_the_work(
    house: House, folder: Path, marks: Marks, reports: int, dice: random.Random, careless: bool = False
) -> None:
    """Reports and answers come, some while the inbox is away; the spool is drained; the team takes what waits."""
    from django.db import connections

    from lightkeeper.report.receipt import make_receipt
    from lightkeeper.report.spool import Spool
    from lightkeeper.report.submit import Sealing, keep, seal_answer, seal_report
    from lightkeeper.web.inbox.slot import InboxSlot

    spool, sealing = Spool(folder / "spool"), Sealing((house.team_key.recipient,), b"p" * 32)
    small_logs()
    for number in range(reports):
        receipt, now = make_receipt(), NOW + timedelta(minutes=number)
        told = {"what": (f"Report {number}: somebody threatens to show a photo.",)}
        sent = seal_report(told, "en", receipt, sealing, now)
        away = dice.random() < 0.4
        for _ in range(1 + (dice.random() < 0.2)):  # pressed twice
            keep(sent, (spool,) if away else (InboxSlot(), spool))
        marks.mark(str(sent.reference))
        if dice.random() < 0.3:
            keep(seal_answer(f"Answer {number}.", "en", receipt, sealing, now), (InboxSlot(), spool))
            marks.mark(f"Answer {number}.")
        if dice.random() < 0.3:
            spool.drain(InboxSlot())
        if dice.random() < 0.3:
            take()
        if dice.random() < 0.1 and not careless:
            connections.close_all()
            small_logs()


def small_logs() -> None:
    """Write the log back into the database often, so that a short run cuts the power in the middle of that too."""
    from django.db import connection

    on_every_connection("CHECKPOINT" if connection.vendor == "postgresql" else "PRAGMA wal_autocheckpoint = 60")


def on_every_connection(statement: str) -> None:
    from django.db import connections

    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute(statement)


def take() -> int:
    from lightkeeper.web.casebook.casebook import DjangoCasebook
    from lightkeeper.web.team.arrivals import take_arrivals

    return take_arrivals(DjangoCasebook(), NOW + timedelta(days=1)).unopened


def go_on(after: Path) -> tuple[int, Counter[str]]:
    """The next start: the spool goes over, the team takes it. How many do not open, and what is there."""
    from lightkeeper.report.spool import Spool
    from lightkeeper.web.inbox.slot import InboxSlot

    Spool(after / "spool").drain(InboxSlot())
    take()
    return take(), everything()  # the second time for answers that came out of the spool before their report


def everything() -> Counter[str]:
    """What the desk has: every report and every answer, by the name that was acknowledged. The log must hold."""
    from lightkeeper.desk.audit import find_flaws
    from lightkeeper.web.casebook.casebook import DjangoCasebook
    from lightkeeper.web.casebook.models import CaseRow, ItemRow

    book = DjangoCasebook()
    assert find_flaws(book.entries(), book.reasons()) == ()
    reports = CaseRow.objects.values_list("report_id", flat=True)
    answers = ItemRow.objects.filter(kind="news").values_list("text", flat=True)
    return Counter([*reports, *answers])
