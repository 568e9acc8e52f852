"""Many conversations at once: one JSON object a line, as the contract has it."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.message import Conversation, Message, MessageKind

LONGEST_LINE = 256 * 1024 * 1024
_KINDS = {str(kind): kind for kind in MessageKind}


def read_conversations(lines: Iterable[bytes]) -> Iterator[Conversation]:
    """Each line's conversation, in order; blank lines are passed over.

    A line is `{"id", "messages": [{"sender", "text", "sent_at"?, "kind"?}], "me"?}`. Raises UnreadableInput
    with the line, counted from 1, and what is wrong, never what was written.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _read_line(line, number)


def _read_line(line: bytes, number: int) -> Conversation:
    if len(line) > LONGEST_LINE:
        raise UnreadableInput(f"line {number} is longer than 256 MB")
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise UnreadableInput(f"line {number} is not one JSON object in UTF-8") from None
    if not isinstance(data, dict) or not isinstance(data.get("messages"), list):
        raise UnreadableInput(f'line {number} needs "messages", a list')
    messages = tuple(_read_message(one, number, place) for place, one in enumerate(data["messages"]))
    return Conversation(messages, me=_text(data, "me", number), id=_text(data, "id", number))


def _text(data: dict[str, Any], name: str, number: int) -> str | None:
    value = data.get(name)
    if value is None or isinstance(value, str):
        return value
    if name == "id" and isinstance(value, int):
        return str(value)
    raise UnreadableInput(f'line {number}: "{name}" must be text')


def _read_message(data: object, number: int, place: int) -> Message:
    if not isinstance(data, dict) or not isinstance(data.get("text", ""), str):
        raise UnreadableInput(f'line {number}, message {place}: needs "sender" and "text", both text')
    sender = data.get("sender", "")
    if not isinstance(sender, str):
        raise UnreadableInput(f'line {number}, message {place}: "sender" must be text')
    return Message(
        sender,
        data.get("text", ""),
        _time(data.get("sent_at")),
        _KINDS.get(data.get("kind", "text"), MessageKind.TEXT),
    )


def _time(value: object) -> datetime | None:
    """The time, where it can be read; no verdict depends on it."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
