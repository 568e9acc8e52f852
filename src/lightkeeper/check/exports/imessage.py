"""iMessage as plain text, as the free program imessage-exporter writes it: a date line, a name, the words."""

import re
from collections.abc import Sequence

from lightkeeper.check.exports.dates import DateSigns
from lightkeeper.check.exports.draft import Part
from lightkeeper.check.exports.kinds import kind_of_file
from lightkeeper.check.exports.stamps import read_stamp
from lightkeeper.core.errors import UnreadableExport
from lightkeeper.core.message import Conversation, Message, MessageKind

ME = "Me"
_HEADER = re.compile(
    r" *([A-Z][a-z]{2} [0-9]{1,2}, [0-9]{4}) {1,2}([0-9]{1,2}:[0-9]{2}:[0-9]{2} [AP]M)"
    r"(?: \([^)]{1,200}\))?(?: (.+))?"
)
_PATH = re.compile(
    r"[^\n]*/[^/\n]+\.[A-Za-z0-9]{2,5}|[^/\n ]+\.(?:jpe?g|png|heic|mov|mp4|caf|m4a|gif)", re.IGNORECASE
)
_DELETED = "This message was deleted from the conversation!"
_RESPONDED = "This message responded to an earlier message."
_TAPBACKS = "Tapbacks:"


def recognises(part: Part) -> bool:
    return part.data is None and any(_HEADER.fullmatch(line) for line in part.text[:20_000].split("\n")[:20])


def read(parts: Sequence[Part]) -> tuple[Conversation, ...]:
    return tuple(_read_text(part.text) for part in parts)


def _read_text(text: str) -> Conversation:
    """Raises UnreadableExport when no line is a date as the program writes it."""
    blocks: list[tuple[re.Match[str], list[str]]] = []
    for line in text.split("\n"):
        header = _HEADER.fullmatch(line)
        if header:
            blocks.append((header, []))
        elif blocks:
            blocks[-1][1].append(line.strip(" "))
    if not blocks:
        raise UnreadableExport("no line is a date and a time", "imessage", 1)
    messages = [message for header, lines in blocks for message in _messages(header, lines)]
    return Conversation(tuple(messages), me=ME if any(one.sender == ME for one in messages) else None)


def _messages(header: re.Match[str], lines: Sequence[str]) -> list[Message]:
    """The message of one block, and the reactions below it as the app's own lines."""
    moment = read_stamp(f"{header[1]} {header[2]}", DateSigns())
    assert not isinstance(moment, tuple)
    if header[3]:
        return [Message("", header[3], moment, MessageKind.SYSTEM)]
    sender, words, reactions = (lines[0] if lines else ""), list(lines[1:]), list[str]()
    if _TAPBACKS in words:
        place = words.index(_TAPBACKS)
        words, reactions = words[:place], [line for line in words[place + 1 :] if line]
    text = "\n".join(line for line in words if line != _RESPONDED).strip("\n")
    kind = MessageKind.DELETED if text == _DELETED else MessageKind.TEXT
    if kind is MessageKind.DELETED:
        text = ""
    elif _PATH.fullmatch(text):
        kind, text = kind_of_file(text), ""
    return [
        Message(sender, text, moment, kind),
        *(Message("", line, moment, MessageKind.SYSTEM) for line in reactions),
    ]
