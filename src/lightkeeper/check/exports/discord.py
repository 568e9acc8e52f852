"""Discord's data package: what the account's owner wrote, one folder a channel, as JSON or CSV."""

from collections.abc import Sequence
from typing import Any

from lightkeeper.check.exports.draft import Part, sort_by_time
from lightkeeper.check.exports.facts import note
from lightkeeper.check.exports.jsons import dict_of, dicts_of, text_of
from lightkeeper.check.exports.kinds import kind_of_file
from lightkeeper.check.exports.moments import moment_of_text
from lightkeeper.check.exports.rows import read_rows
from lightkeeper.core.message import Conversation, Message, MessageKind

ME = "me"
_HEADER = "ID,Timestamp,Contents"


def recognises(part: Part) -> bool:
    if part.name.lower().endswith("account/user.json"):
        return "username" in dict_of(part.data)
    return part.text.startswith(_HEADER) or any("Contents" in one for one in dicts_of(part.data)[:3])


def read(parts: Sequence[Part]) -> tuple[Conversation, ...]:
    """One conversation for each channel. All of it was written by `me`; a note says so."""
    names = [text_of(dict_of(part.data).get("username")) for part in parts]
    me = next((name for name in names if name), ME)
    return tuple(
        Conversation(
            sort_by_time([_message(one, me) for one in entries]), me=me, notes=(note("own_messages_only"),)
        )
        for entries in (_entries(part) for part in parts)
        if entries
    )


def _entries(part: Part) -> list[dict[str, Any]]:
    if part.data is not None:
        return dicts_of(part.data)
    header, *rows = read_rows(part.text, "discord") or [[]]
    return [dict(zip(header, row, strict=False)) for row in rows]


def _message(one: dict[str, Any], me: str) -> Message:
    attached = text_of(one.get("Attachments"))
    kind = kind_of_file(attached.split(" ")[0]) if attached else MessageKind.TEXT
    return Message(me, text_of(one.get("Contents")), moment_of_text(one.get("Timestamp")), kind)
