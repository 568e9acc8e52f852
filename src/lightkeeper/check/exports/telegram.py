"""Telegram Desktop's `result.json`: one chat, or the whole account with a list of chats."""

from collections.abc import Sequence
from typing import Any

from lightkeeper.check.exports.draft import Part
from lightkeeper.check.exports.jsons import dict_of, dicts_of, list_of, text_of
from lightkeeper.check.exports.kinds import kind_of_file
from lightkeeper.check.exports.moments import moment_of_number, moment_of_text
from lightkeeper.core.message import Conversation, Message, MessageKind

_MEDIA = {
    "voice_message": MessageKind.AUDIO,
    "audio_file": MessageKind.AUDIO,
    "video_message": MessageKind.VIDEO,
    "video_file": MessageKind.VIDEO,
    "animation": MessageKind.VIDEO,
    "sticker": MessageKind.STICKER,
}


def recognises(part: Part) -> bool:
    data = dict_of(part.data)
    if isinstance(dict_of(data.get("chats")).get("list"), list):
        return True
    return any("from_id" in one or "actor_id" in one or "date_unixtime" in one for one in _entries(data)[:20])


def read(parts: Sequence[Part]) -> tuple[Conversation, ...]:
    return tuple(_conversation(chat, owner) for part in parts for chat, owner in _chats(dict_of(part.data)))


def _chats(data: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """Each chat, with the id of the account's owner where the export holds it."""
    owner = dict_of(data.get("personal_information")).get("user_id")
    found = dicts_of(dict_of(data.get("chats")).get("list")) + dicts_of(
        dict_of(data.get("left_chats")).get("list")
    )
    return [(chat, f"user{text_of(owner)}" if owner else "") for chat in found or [data]]


def _entries(chat: dict[str, Any]) -> list[dict[str, Any]]:
    return dicts_of(chat.get("messages"))


def _conversation(chat: dict[str, Any], owner: str) -> Conversation:
    entries = _entries(chat)
    return Conversation(tuple(_message(one) for one in entries), me=_find_me(chat, entries, owner))


def _find_me(chat: dict[str, Any], entries: Sequence[dict[str, Any]], owner: str) -> str | None:
    """The owner by id; in a chat of two, the one whose id is not the chat's."""
    senders = {text_of(one.get("from_id")): _sender(one) for one in entries if one.get("type") == "message"}
    if owner:
        return senders.get(owner) or None
    if chat.get("type") != "personal_chat":
        return None
    mine = [name for identity, name in senders.items() if identity != f"user{text_of(chat.get('id'))}"]
    return mine[0] or None if len(mine) == 1 else None


def _message(one: dict[str, Any]) -> Message:
    moment = moment_of_text(one.get("date")) or moment_of_number(one.get("date_unixtime"))
    if one.get("type") == "service":
        action = text_of(one.get("action"))
        kind = MessageKind.CALL if "call" in action else MessageKind.SYSTEM
        said = [
            action.replace("_", " "),
            text_of(one.get("discard_reason")),
            text_of(one.get("title")),
            _text(one),
        ]
        return Message(text_of(one.get("actor")), " ".join(part for part in said if part), moment, kind)
    return Message(_sender(one), _text(one), moment, _kind(one))


def _sender(one: dict[str, Any]) -> str:
    """The name; a deleted account has none, and keeps its number."""
    return text_of(one.get("from")) or text_of(one.get("from_id"))


def _text(one: dict[str, Any]) -> str:
    text, poll = one.get("text"), dict_of(one.get("poll"))
    pieces = [piece if isinstance(piece, str) else dict_of(piece).get("text") for piece in list_of(text)]
    written = "".join(text_of(piece) for piece in pieces) if pieces else text_of(text)
    asked = [poll.get("question"), *(answer.get("text") for answer in dicts_of(poll.get("answers")))]
    return "\n".join(part for part in (written, *(text_of(part) for part in asked)) if part)


def _kind(one: dict[str, Any]) -> MessageKind:
    media = text_of(one.get("media_type"))
    if media in _MEDIA:
        return _MEDIA[media]
    if "photo" in one:
        return MessageKind.PHOTO
    if "location_information" in one:
        return MessageKind.LOCATION
    if "contact_information" in one:
        return MessageKind.CONTACT
    if "file" in one:
        return kind_of_file(text_of(one.get("file_name")) or text_of(one.get("file")))
    return MessageKind.TEXT
