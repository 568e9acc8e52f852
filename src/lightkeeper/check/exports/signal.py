"""Signal as JSON: messages as its database has them (a list, or one a line), or the frames of a plain backup."""

from collections.abc import Sequence
from typing import Any

from lightkeeper.check.exports.draft import Part, sort_by_time
from lightkeeper.check.exports.jsons import dict_of, dicts_of, text_of
from lightkeeper.check.exports.moments import moment_of_number, moment_of_text
from lightkeeper.core.message import Conversation, Message, MessageKind

ME = "Me"
_TIMES = ("sent_at", "sentAt", "dateSent", "timestamp", "date", "received_at")
_SENDERS = ("sender", "sourceName", "source", "from", "author", "address", "sourceServiceId")
_CONTENT = (("image/", MessageKind.PHOTO), ("video/", MessageKind.VIDEO), ("audio/", MessageKind.AUDIO))


def recognises(part: Part) -> bool:
    return any("chatItem" in one or _is_row(one) for one in _entries(part.data)[:50])


def read(parts: Sequence[Part]) -> tuple[Conversation, ...]:
    return tuple(chat for part in parts for chat in _read_entries(_entries(part.data)))


def _entries(data: object) -> list[dict[str, Any]]:
    return dicts_of(dict_of(data).get("messages")) if isinstance(data, dict) else dicts_of(data)


def _is_row(one: dict[str, Any]) -> bool:
    return "body" in one and any(name in one for name in _TIMES)


def _read_entries(entries: Sequence[dict[str, Any]]) -> list[Conversation]:
    names = {
        text_of(dict_of(one.get("recipient")).get("id")): _name(dict_of(one.get("recipient"))) for one in entries
    }
    chats: dict[str, list[Message]] = {}
    for one in entries:
        item = dict_of(one.get("chatItem"))
        if item:
            chats.setdefault(text_of(item.get("chatId")), []).append(_from_item(item, names))
        elif _is_row(one):
            chats.setdefault(text_of(one.get("conversationId")), []).append(_from_row(one))
    return [
        Conversation(sort_by_time(messages), me=ME if any(one.sender == ME for one in messages) else None)
        for messages in chats.values()
    ]


def _name(recipient: dict[str, Any]) -> str:
    contact = dict_of(recipient.get("contact"))
    if "self" in recipient:
        return ME
    whole = f"{text_of(contact.get('profileGivenName'))} {text_of(contact.get('profileFamilyName'))}".strip(" ")
    return whole or text_of(contact.get("e164"))


def _from_item(item: dict[str, Any], names: dict[str, str]) -> Message:
    standard = dict_of(item.get("standardMessage"))
    author = text_of(item.get("authorId"))
    sender = ME if "outgoing" in item else names.get(author) or author
    text = text_of(dict_of(standard.get("text")).get("body"))
    attached = [dict_of(one.get("pointer")) for one in dicts_of(standard.get("attachments"))]
    kind = _by_content(attached) if attached else MessageKind.TEXT
    if "remoteDeletedMessage" in item:
        kind = MessageKind.DELETED
    elif "stickerMessage" in item:
        kind = MessageKind.STICKER
    elif "viewOnceMessage" in item:
        kind = MessageKind.MEDIA
    elif "updateMessage" in item:
        update = dict_of(item.get("updateMessage"))
        kind = MessageKind.CALL if any("Call" in name for name in update) else MessageKind.SYSTEM
        text = " ".join(update)
    return Message(sender, text, moment_of_number(item.get("dateSent")), kind)


def _from_row(one: dict[str, Any]) -> Message:
    direction = text_of(one.get("type")).lower()
    named = next((text_of(one.get(name)) for name in _SENDERS if text_of(one.get(name))), "")
    sender = ME if direction in ("outgoing", "sent") or named.lower() in ("me", "you") else named
    moments = (moment_of_number(one.get(name)) or moment_of_text(one.get(name)) for name in _TIMES)
    moment = next((moment for moment in moments if moment), None)
    return Message(sender, text_of(one.get("body")), moment, _row_kind(one, direction))


def _row_kind(one: dict[str, Any], direction: str) -> MessageKind:
    if one.get("deletedForEveryone") is True or one.get("isErased") is True:
        return MessageKind.DELETED
    if "call" in direction:
        return MessageKind.CALL
    attached = dicts_of(one.get("attachments"))
    if attached:
        return _by_content(attached)
    if one.get("sticker"):
        return MessageKind.STICKER
    known = ("", "incoming", "outgoing", "sent", "received", "message", "text")
    return MessageKind.TEXT if direction in known else MessageKind.SYSTEM


def _by_content(attached: Sequence[dict[str, Any]]) -> MessageKind:
    content = text_of(attached[0].get("contentType"))
    return next((kind for start, kind in _CONTENT if content.startswith(start)), MessageKind.FILE)
