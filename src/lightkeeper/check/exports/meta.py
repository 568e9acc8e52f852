"""Instagram's and Messenger's `message_1.json`: newest first, in several files, with broken letters.

The export writes every byte of a UTF-8 letter as a letter of its own; that is repaired here.
"""

from collections.abc import Sequence
from typing import Any

from lightkeeper.check.exports.draft import Part, owner_of, sort_by_time
from lightkeeper.check.exports.jsons import dict_of, dicts_of, text_of
from lightkeeper.check.exports.moments import moment_of_number
from lightkeeper.core.message import Conversation, Message, MessageKind

_MEDIA = (
    ("photos", MessageKind.PHOTO),
    ("videos", MessageKind.VIDEO),
    ("audio_files", MessageKind.AUDIO),
    ("gifs", MessageKind.STICKER),
    ("sticker", MessageKind.STICKER),
    ("files", MessageKind.FILE),
)


def recognises(part: Part) -> bool:
    """Whether the JSON is a chat of Instagram or Messenger."""
    entries = dicts_of(dict_of(part.data).get("messages"))
    return any("sender_name" in one or "timestamp_ms" in one for one in entries[:20])


def read(parts: Sequence[Part]) -> tuple[Conversation, ...]:
    """One conversation for each folder, its numbered files together."""
    threads: dict[str, list[dict[str, Any]]] = {}
    for part in parts:
        data = dict_of(part.data)
        folder = part.name.rpartition("/")[0]
        threads.setdefault(f"{folder}\n{text_of(data.get('title'))}", []).append(data)
    chats = [_messages(files) for files in threads.values()]
    people = [_people(files, messages) for files, messages in zip(threads.values(), chats, strict=True)]
    me = owner_of(people)
    return tuple(
        Conversation(messages, me=me if me in names else None)
        for messages, names in zip(chats, people, strict=True)
    )


def repair(text: str) -> str:
    """`fÃ¼r` as it was written: `für`. A text that is whole stays as it is."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _messages(files: Sequence[dict[str, Any]]) -> tuple[Message, ...]:
    entries = [one for data in files for one in dicts_of(data.get("messages"))]
    return sort_by_time([_message(one) for one in reversed(entries)])


def _people(files: Sequence[dict[str, Any]], messages: Sequence[Message]) -> frozenset[str]:
    named = {repair(text_of(one.get("name"))) for data in files for one in dicts_of(data.get("participants"))}
    return frozenset(named | {message.sender for message in messages}) - {""}


def _message(one: dict[str, Any]) -> Message:
    text = repair(text_of(one.get("content")))
    link = repair(text_of(dict_of(one.get("share")).get("link")))
    if link and link not in text:
        text = f"{text}\n{link}" if text else link
    sender = repair(text_of(one.get("sender_name")))
    return Message(sender, text, moment_of_number(one.get("timestamp_ms")), _kind(one))


def _kind(one: dict[str, Any]) -> MessageKind:
    if one.get("is_unsent") is True:
        return MessageKind.DELETED
    if "call_duration" in one or one.get("type") == "Call":
        return MessageKind.CALL
    if one.get("type") in ("Subscribe", "Unsubscribe"):
        return MessageKind.SYSTEM
    return next((kind for name, kind in _MEDIA if one.get(name)), MessageKind.TEXT)
