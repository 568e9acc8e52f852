"""Answer the reporter: keep the answer on the case, and lay it out sealed for the receipt and for nobody else."""

import json
from datetime import datetime

from lightkeeper.desk.actions.write_item import write_reply
from lightkeeper.desk.case import Case, Item
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import Officer
from lightkeeper.report.seal import seal
from lightkeeper.web.inbox.tray import Tray


def send_reply(book: Casebook, case: Case, officer: Officer, now: datetime, text: str, canned: str = "") -> Item:
    """Keep and seal an answer. Raises NotAllowed, also when the report came without a receipt."""
    item = write_reply(book, case, officer, now, text, canned)
    assert case.reply_to is not None  # write_reply refuses a case without one
    Tray().lay_out(case.reply_to.lookup, seal(reply_json(item, now), [case.reply_to.recipient]), now)
    return item


def reply_json(item: Item, now: datetime) -> bytes:
    """The plaintext of a sealed reply (docs/reference/envelope.md)."""
    written = now.replace(second=0, microsecond=0).isoformat().replace("+00:00", "Z")
    return json.dumps({"version": 1, "reply": {"id": item.id, "text": item.text, "written": written}}).encode()
