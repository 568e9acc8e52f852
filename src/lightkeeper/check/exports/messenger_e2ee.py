"""Messenger's export of end-to-end encrypted chats: one JSON file a chat, with `threadName` and `senderName`."""

from collections.abc import Sequence
from typing import Any

from lightkeeper.check.exports.draft import Part, owner_of, sort_by_time
from lightkeeper.check.exports.jsons import dict_of, dicts_of, list_of, text_of
from lightkeeper.check.exports.kinds import kind_of_file
from lightkeeper.check.exports.moments import moment_of_number
from lightkeeper.core.message import Conversation, Message, MessageKind


def recognises(part: Part) -> bool:
    data = dict_of(part.data)
    return "threadName" in data or any("senderName" in one for one in dicts_of(data.get("messages"))[:20])


def read(parts: Sequence[Part]) -> tuple[Conversation, ...]:
    """One conversation for each file."""
    chats = [_messages(dict_of(part.data)) for part in parts]
    people = [_people(dict_of(part.data), messages) for part, messages in zip(parts, chats, strict=True)]
    me = owner_of(people)
    return tuple(
        Conversation(messages, me=me if me in names else None)
        for messages, names in zip(chats, people, strict=True)
    )


def _messages(data: dict[str, Any]) -> tuple[Message, ...]:
    return sort_by_time([_message(one) for one in dicts_of(data.get("messages"))])


def _people(data: dict[str, Any], messages: Sequence[Message]) -> frozenset[str]:
    named = {text_of(name) for name in list_of(data.get("participants"))}
    return frozenset(named | {message.sender for message in messages}) - {""}


def _message(one: dict[str, Any]) -> Message:
    sender, text = text_of(one.get("senderName")), text_of(one.get("text"))
    return Message(sender, text, moment_of_number(one.get("timestamp")), _kind(one))


def _kind(one: dict[str, Any]) -> MessageKind:
    kind = text_of(one.get("type")).lower()
    if one.get("isUnsent") is True:
        return MessageKind.DELETED
    if "call" in kind:
        return MessageKind.CALL
    media = dicts_of(one.get("media"))
    if media:
        return kind_of_file(text_of(media[0].get("uri")))
    if kind == "media":
        return MessageKind.MEDIA
    return MessageKind.SYSTEM if kind in ("placeholder", "admin") else MessageKind.TEXT
