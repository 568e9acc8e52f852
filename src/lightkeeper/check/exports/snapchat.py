"""Snapchat's `chat_history.json` (and `snap_history.json`), in the old form and the new, newest first.

New: a list for each friend, with `IsSender`. Old: one list received and one sent, with `From` and `To`.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from lightkeeper.check.exports.draft import Part, sort_by_time
from lightkeeper.check.exports.jsons import dict_of, dicts_of, text_of
from lightkeeper.check.exports.moments import moment_of_number, moment_of_text
from lightkeeper.core.message import Conversation, Message, MessageKind

ME = "me"  # how the one who asked for the export is called where Snapchat does not write a name
_KINDS = {
    "TEXT": MessageKind.TEXT,
    "IMAGE": MessageKind.PHOTO,
    "PHOTO": MessageKind.PHOTO,
    "VIDEO": MessageKind.VIDEO,
    "AUDIO": MessageKind.AUDIO,
    "NOTE": MessageKind.AUDIO,
    "MEDIA": MessageKind.MEDIA,
    "SNAP": MessageKind.MEDIA,
    "STICKER": MessageKind.STICKER,
    "LOCATION": MessageKind.LOCATION,
    "STATUSERASEDMESSAGE": MessageKind.DELETED,
}


def recognises(part: Part) -> bool:
    return any(
        "Media Type" in one and ("From" in one or "To" in one)
        for _, entries in _lists(part)
        for one in entries[:3]
    )


def read(parts: Sequence[Part]) -> tuple[Conversation, ...]:
    """One conversation for each friend or group, photos and words together in the order of time."""
    chats: dict[str, list[Message]] = {}
    owners: set[str] = set()
    for part in parts:
        for title, entries in _lists(part):
            for one in reversed(entries):
                message, mine = _message(one)
                friend = title if "IsSender" in one else text_of(one.get("To" if "To" in one else "From"))
                chats.setdefault(friend, []).append(message)
                if mine:
                    owners.add(message.sender)
    me = owners.pop() if len(owners) == 1 else None
    return tuple(Conversation(sort_by_time(messages), me=me) for messages in chats.values())


def _lists(part: Part) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for title, entries in dict_of(part.data).items():
        if isinstance(entries, list):
            yield title, dicts_of(entries)


def _message(one: dict[str, Any]) -> tuple[Message, bool]:
    mine = one.get("IsSender") is True or ("IsSender" not in one and "To" in one)
    sender = text_of(one.get("From")) or (ME if mine else "")
    text = text_of(one.get("Content")) or text_of(one.get("Text"))
    kind = _kind(text_of(one.get("Media Type")).upper())
    if kind in (MessageKind.SYSTEM, MessageKind.CALL) and not text:
        text = text_of(one.get("Media Type"))
    moment = moment_of_text(one.get("Created")) or moment_of_number(one.get("Created(microseconds)"))
    return Message(sender, text, moment, kind), mine


def _kind(name: str) -> MessageKind:
    if name.startswith("STATUSCALL"):
        return MessageKind.CALL
    return _KINDS.get(name, MessageKind.SYSTEM if name.startswith("STATUS") else MessageKind.TEXT)
