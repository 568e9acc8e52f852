"""Reads a chat export of any app: finds the format, reads every chat in it, and drops nothing."""

import re
from collections.abc import Iterable, Sequence
from types import ModuleType

from lightkeeper.check.exports import (
    discord,
    discord_chat_exporter,
    imessage,
    instagram,
    lightkeeper_json,
    messenger,
    messenger_e2ee,
    pasted,
    signal,
    snapchat,
    table,
    telegram,
    tiktok,
    whatsapp,
)
from lightkeeper.check.exports.archive import is_archive, open_archive
from lightkeeper.check.exports.decode import decode, refuse_media
from lightkeeper.check.exports.draft import Part, check_size, with_notes
from lightkeeper.check.exports.facts import note
from lightkeeper.check.exports.jsons import parse_json, parse_lines
from lightkeeper.check.exports.limits import LARGEST_FILE, LARGEST_TEXT, MOST_LINES, MOST_OBJECTS
from lightkeeper.core.errors import UnreadableExport
from lightkeeper.core.message import Conversation

# The first that recognises a file reads it; `pasted` takes any text and comes last.
READERS: dict[str, ModuleType] = {
    "discord_chat_exporter": discord_chat_exporter,
    "discord": discord,
    "imessage": imessage,
    "tiktok": tiktok,
    "csv": table,
    "whatsapp": whatsapp,
    "telegram": telegram,
    "instagram": instagram,
    "messenger": messenger,
    "messenger_e2ee": messenger_e2ee,
    "snapchat": snapchat,
    "lightkeeper": lightkeeper_json,
    "signal": signal,
    "pasted": pasted,
}
FORMATS: tuple[str, ...] = tuple(READERS)


_WEB_PAGE = re.compile(r"[ \t\n]*<(?:!doctype html|html|\?xml)", re.IGNORECASE)
_MAY_BE_JSON = re.compile(r"[ \t\n]*[{\[]")
_IS_JSON = re.compile(r"[ \t\n]*(?:\{[ \t\n]*[\"}]|\[[ \t\n]*[{\[\]])")


def read_export(data: bytes, *, filename: str = "", format: str | None = None) -> Conversation:
    """Read a file that a chat app gave, or pasted text, into one conversation.

    Where the file holds several chats they follow one another, which a note says; `read_exports` gives them
    apart. Raises UnreadableExport, with the reason and never the content.
    """
    chats = read_exports(data, filename=filename, format=format)
    if len(chats) == 1:
        return chats[0]
    owners = {chat.me for chat in chats}
    return Conversation(
        messages=tuple(message for chat in chats for message in chat.messages),
        me=owners.pop() if len(owners) == 1 else None,
        notes=tuple(
            dict.fromkeys((note("many_chats", n=len(chats)), *(line for chat in chats for line in chat.notes)))
        ),
    )


def read_exports(data: bytes, *, filename: str = "", format: str | None = None) -> tuple[Conversation, ...]:
    """Read every chat of a file apart, each with the number under which it stands in the file as its `id`.

    `format` is one of FORMATS, or None to find out. Raises UnreadableExport.
    """
    if format is not None and format not in READERS:
        raise UnreadableExport(f"this format is not known; known are {', '.join(FORMATS)}", "unknown")
    chats: list[Conversation] = []
    parts, damaged = open_parts(data, filename, format or "unknown")
    for name, group in sort_parts(parts, format).items():
        chats += READERS[name].read(group)
    chats = [chat for chat in chats if chat.messages]
    if not chats:
        raise UnreadableExport("there is no message in it", format or "unknown")
    check_size([message for chat in chats for message in chat.messages], format or "unknown")
    extra = (note("bad_characters"),) if damaged else ()
    return tuple(
        with_notes(chat, str(number) if len(chats) > 1 else None, *extra)
        for number, chat in enumerate(chats, start=1)
    )


def open_parts(data: bytes, filename: str, format: str) -> tuple[list[Part], bool]:
    """The texts in the file (one, or those of an archive), and whether some of it could not be decoded."""
    if not data.strip():
        raise UnreadableExport("the file is empty", format)
    if len(data) > LARGEST_FILE:
        raise UnreadableExport(f"the file is larger than {LARGEST_FILE // 1_000_000} MB", format)
    if is_archive(data):
        return _parts(open_archive(data), format)
    refuse_media(data, format)
    if len(data) > LARGEST_TEXT:
        raise UnreadableExport(f"the text is larger than {LARGEST_TEXT // 1_000_000} MB", format)
    return _parts([(filename, data)], format)


def sort_parts(parts: Sequence[Part], format: str | None) -> dict[str, list[Part]]:
    """The parts by format. Raises UnreadableExport when none is a chat."""
    if format is not None:
        return {format: list(parts)}
    found: dict[str, list[Part]] = {}
    for part in parts:
        name = find_format(part, alone=len(parts) == 1)
        if name is not None:
            found.setdefault(name, []).append(part)
    if not found:
        raise UnreadableExport("no chat was found in it", "unknown")
    return found


def find_format(part: Part, alone: bool) -> str | None:
    """The name of the format; a text that nothing recognises is `pasted`, when it stands alone."""
    for name, reader in READERS.items():
        if reader is not pasted and reader.recognises(part):
            return name
    return "pasted" if alone and part.data is None else None


def _parts(files: Iterable[tuple[str, bytes]], format: str) -> tuple[list[Part], bool]:
    parts: list[Part] = []
    any_damaged = False
    for name, content in files:
        text, damaged = decode(content, format)
        if _WEB_PAGE.match(text):
            raise UnreadableExport(
                "it is a web page; ask the app for JSON, or copy the words and paste them", format
            )
        any_damaged |= damaged
        parts.append(Part(name, text, _data(text, format)))
    if not parts:
        raise UnreadableExport("the archive holds no text of a chat", "zip")
    return parts, any_damaged


def _data(text: str, format: str) -> object:
    """The parsed JSON of a text, or of its lines; a text that merely starts with a bracket has none."""
    if not _MAY_BE_JSON.match(text):
        _check_lines(text, format)
        return None
    if text.count("{") + text.count("[") > MOST_OBJECTS:
        raise UnreadableExport(f"the JSON has more than {MOST_OBJECTS:,} parts", format)
    try:
        return parse_json(text, format)
    except UnreadableExport:
        lines = parse_lines(text)
        if lines is None and _IS_JSON.match(text):
            raise
        if lines is None:
            _check_lines(text, format)
        return lines


def _check_lines(text: str, format: str) -> None:
    if text.count("\n") > MOST_LINES:
        raise UnreadableExport(f"the text has more than {MOST_LINES:,} lines", format)
