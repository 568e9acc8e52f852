"""TikTok's `user_data.json`, where the chats stand deep inside, and its text form with `>>> Chat History with`."""

import re
from collections.abc import Sequence
from typing import Any

from lightkeeper.check.exports.draft import Part, sort_by_time
from lightkeeper.check.exports.jsons import dict_of, dicts_of, text_of
from lightkeeper.check.exports.kinds import what_it_is
from lightkeeper.check.exports.moments import moment_of_text
from lightkeeper.core.message import Conversation, Message

_TITLE = re.compile(r">>> Chat History with (.{1,100})")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(?: UTC)?)(?: (.*))?")


def recognises(part: Part) -> bool:
    if part.data is None:
        return bool(_TITLE.search(part.text[:20_000])) and bool(_MOMENT.search(part.text[:20_000]))
    return bool(_chats(part.data))


def read(parts: Sequence[Part]) -> tuple[Conversation, ...]:
    """One conversation for each partner; `me` is the one who is never the partner."""
    chats: list[tuple[str, tuple[Message, ...]]] = []
    for part in parts:
        chats += _read_text(part.text) if part.data is None else _read_json(part.data)
    partners = {partner for partner, _ in chats}
    others = {message.sender for _, messages in chats for message in messages} - partners - {""}
    me = others.pop() if len(others) == 1 else None
    return tuple(Conversation(messages, me=me) for _, messages in chats)


def _chats(data: object) -> dict[str, Any]:
    top = dict_of(data)
    for path in (("Direct Messages", "Chat History"), ("Direct Message", "Direct Messages")):
        found = dict_of(dict_of(dict_of(top.get(path[0])).get(path[1])).get("ChatHistory"))
        if found:
            return found
    return {}


def _read_json(data: object) -> list[tuple[str, tuple[Message, ...]]]:
    return [
        (_partner(title), sort_by_time([_message(one) for one in dicts_of(entries)]))
        for title, entries in _chats(data).items()
    ]


def _message(one: dict[str, Any]) -> Message:
    kind, text = what_it_is(text_of(one.get("Content")))
    return Message(text_of(one.get("From")), text, moment_of_text(one.get("Date")), kind)


def _partner(title: str) -> str:
    return title.removeprefix("Chat History with ").rstrip(": ")


def _read_text(text: str) -> list[tuple[str, tuple[Message, ...]]]:
    chats: list[tuple[str, list[list[str]]]] = []
    for line in text.split("\n"):
        title, moment = _TITLE.match(line), _MOMENT.fullmatch(line)
        if title:
            chats.append((title[1].rstrip(": "), []))
        elif moment and chats:
            chats[-1][1].append([moment[1], *([moment[2]] if moment[2] else [])])
        elif chats and chats[-1][1]:
            chats[-1][1][-1].append(line)
    return [(partner, sort_by_time([_from_lines(lines) for lines in found])) for partner, found in chats]


def _from_lines(lines: Sequence[str]) -> Message:
    sender, colon, text = "\n".join(lines[1:]).strip(" \n").partition(":")
    if not colon:
        sender, text = "", sender
    kind, text = what_it_is(text.strip(" \n"))
    return Message(sender.strip(" "), text, moment_of_text(lines[0]), kind)
