"""Our own form of a conversation, as `lightkeeper check --batch` takes it: one object, or one a line."""

from collections.abc import Sequence
from typing import Any

from lightkeeper.check.exports.draft import Part
from lightkeeper.check.exports.jsons import dicts_of, text_of
from lightkeeper.check.exports.moments import moment_of_text
from lightkeeper.core.message import Conversation, Message, MessageKind

_KINDS = {str(kind): kind for kind in MessageKind}


def recognises(part: Part) -> bool:
    chats = _chats(part)
    return any(
        "sender" in one and "text" in one for chat in chats[:20] for one in dicts_of(chat.get("messages"))[:20]
    )


def read(parts: Sequence[Part]) -> tuple[Conversation, ...]:
    return tuple(_conversation(chat) for part in parts for chat in _chats(part))


def _chats(part: Part) -> list[dict[str, Any]]:
    return [part.data] if isinstance(part.data, dict) else dicts_of(part.data)


def _conversation(data: dict[str, Any]) -> Conversation:
    return Conversation(
        tuple(_message(one) for one in dicts_of(data.get("messages"))),
        me=text_of(data.get("me")) or None,
        id=text_of(data.get("id")) or None,
    )


def _message(one: dict[str, Any]) -> Message:
    kind = _KINDS.get(text_of(one.get("kind")), MessageKind.TEXT)
    return Message(text_of(one.get("sender")), text_of(one.get("text")), moment_of_text(one.get("sent_at")), kind)
