"""Notes, tasks, replies and who was told: what gathers on a case's page."""

import secrets
from dataclasses import replace
from datetime import date, datetime

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Case, Item, ItemKind
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.holds import refuse_held
from lightkeeper.desk.people import Officer
from lightkeeper.desk.policy import about_case, require

LONGEST_TEXT = 5_000
TOLD = {
    "police": "police (999 or 101)",
    "social_care": "children's social care",
    "school": "the school's safeguarding lead",
    "parent": "a parent or carer",
    "platform": "the platform",
    "ceop": "CEOP",
    "partner_force": "another force",
    "bank": "the bank",
}


def write_note(book: Casebook, case: Case, officer: Officer, now: datetime, text: str) -> Item:
    """A private note: the reporter never sees it. Raises NotAllowed."""
    require(officer, "case.note", about_case(case))
    item = _item(case, officer, now, ItemKind.NOTE, text)
    book.put_item(item, Act(officer.id, "case.note", case.id))
    return item


def set_task(
    book: Casebook, case: Case, officer: Officer, now: datetime, text: str, assigned: str, due: date | None = None
) -> Item:
    """Something to do, for a named person. Raises NotAllowed."""
    require(officer, "case.note", about_case(case))
    item = replace(_item(case, officer, now, ItemKind.TASK, text), assigned=assigned, due=due)
    book.put_item(item, Act(officer.id, "case.task", case.id, detail=(("assigned", assigned),)))
    return item


def finish_task(book: Casebook, case: Case, officer: Officer, now: datetime, item: Item) -> Item:
    """Tick a task off. Raises NotAllowed."""
    require(officer, "case.note", about_case(case))
    newer = replace(item, done=now)
    book.put_item(newer, Act(officer.id, "case.task_done", case.id, detail=(("item", item.id),)))
    return newer


def write_reply(book: Casebook, case: Case, officer: Officer, now: datetime, text: str, canned: str = "") -> Item:
    """Keep what we answer the reporter; the team site seals it for the receipt. Raises NotAllowed."""
    require(officer, "case.reply", about_case(case))
    if case.reply_to is None:
        raise NotAllowed("this report came without a receipt; there is no way to answer it")
    item = replace(_item(case, officer, now, ItemKind.REPLY, text), subject=canned)
    book.put_item(item, Act(officer.id, "case.reply", case.id, detail=(("canned", canned),)))
    return item


def write_told(book: Casebook, case: Case, officer: Officer, now: datetime, whom: str, text: str) -> Item:
    """Write down that somebody outside was told. Raises NotAllowed, and Held while the case is held."""
    refuse_held((case.report.id,), book.held_reports())
    require(officer, "case.tell", about_case(case))
    if whom not in TOLD:
        raise NotAllowed("say who was told")
    item = replace(_item(case, officer, now, ItemKind.TOLD, text or TOLD[whom]), subject=whom)
    book.put_item(item, Act(officer.id, "case.tell", case.id, detail=(("whom", whom),)))
    return item


def _item(case: Case, officer: Officer, now: datetime, kind: ItemKind, text: str) -> Item:
    words = text.strip()
    if not words or len(words) > LONGEST_TEXT:
        raise NotAllowed(f"write something, at most {LONGEST_TEXT:,} characters")
    return Item(secrets.token_hex(8), case.id, kind, now, officer.id, words)
