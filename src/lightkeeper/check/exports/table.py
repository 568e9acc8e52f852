"""A table with a heading: whatever a tool exports as CSV, when it says who wrote what, or what and when."""

from collections.abc import Sequence

from lightkeeper.check.exports.dates import DateSigns, resolve_stamps
from lightkeeper.check.exports.draft import Draft, Part
from lightkeeper.check.exports.facts import FACTS
from lightkeeper.check.exports.kinds import EDGE, kind_of_file, what_it_is
from lightkeeper.check.exports.rows import read_rows
from lightkeeper.check.exports.stamps import read_stamp
from lightkeeper.core.errors import UnreadableExport
from lightkeeper.core.message import Conversation, Message, MessageKind

ME = "Me"
_COLUMNS: dict[str, list[str]] = FACTS["columns"]
_KINDS = {str(kind): kind for kind in MessageKind}


def recognises(part: Part) -> bool:
    if part.data is not None:
        return False
    try:
        rows = read_rows(part.text[:4000].lstrip("\n").partition("\n")[0])
    except UnreadableExport:
        return False
    columns = find_columns(rows[0]) if rows else {}
    return len(rows[0] if rows else ()) > 1 and "text" in columns and ("sender" in columns or "date" in columns)


def read(parts: Sequence[Part]) -> tuple[Conversation, ...]:
    return tuple(chat for part in parts for chat in read_table(part.text))


def read_table(text: str) -> list[Conversation]:
    """One conversation, or one for each value in a column that names the chat. Raises UnreadableExport."""
    header, *rows = read_rows(text) or [[]]
    columns = find_columns(header)
    if "text" not in columns:
        raise UnreadableExport("the first row names no column for the text", "csv", 1)
    signs = DateSigns()
    chats: dict[str, list[Draft]] = {}
    for row in rows:
        cells = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
        chats.setdefault(cells.get("chat", ""), []).append(_draft(cells, signs))
    return [_conversation(drafts, signs) for drafts in chats.values()]


def find_columns(header: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by the names that tools use."""
    names = [name.strip(EDGE).lower() for name in header]
    found: dict[str, int] = {}
    for meaning, known in _COLUMNS.items():
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None and place not in found.values():
            found[meaning] = place
    return found


def _draft(cells: dict[str, str], signs: DateSigns) -> Draft:
    said = cells.get("kind", "").strip(EDGE).lower()
    date = f"{cells.get('date', '')} {cells.get('time', '')}".strip(" ")
    sender = cells.get("sender", "").strip(EDGE) or (ME if said in ("outgoing", "sent") else "")
    kind, text = what_it_is(cells["text"])
    if cells.get("file", "").strip(EDGE) and kind is MessageKind.TEXT:
        kind = kind_of_file(cells["file"])
    if said == "notification":
        kind = MessageKind.SYSTEM
    return Draft(sender, text, read_stamp(date, signs), _KINDS.get(said, kind))


def _conversation(drafts: Sequence[Draft], signs: DateSigns) -> Conversation:
    moments, notes = resolve_stamps([draft.stamp for draft in drafts], signs)
    messages = tuple(
        Message(draft.sender, draft.text, moment, draft.kind)
        for draft, moment in zip(drafts, moments, strict=True)
    )
    return Conversation(messages, me=ME if any(draft.sender == ME for draft in drafts) else None, notes=notes)
