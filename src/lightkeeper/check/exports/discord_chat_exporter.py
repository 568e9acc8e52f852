"""What DiscordChatExporter writes of one channel: JSON, plain text or CSV."""

import re
from collections.abc import Sequence
from typing import Any

from lightkeeper.check.exports import table
from lightkeeper.check.exports.dates import DateSigns, resolve_stamps
from lightkeeper.check.exports.draft import Draft, Part
from lightkeeper.check.exports.jsons import dict_of, dicts_of, text_of
from lightkeeper.check.exports.kinds import kind_of_file
from lightkeeper.check.exports.moments import moment_of_text
from lightkeeper.check.exports.stamps import read_stamp
from lightkeeper.core.message import Conversation, Message, MessageKind

_RULE = "=" * 62
_CSV_HEADER = re.compile(r'"?AuthorID"?,"?Author"?,"?Date"?,"?Content"?')
_HEADER = re.compile(r"\[([^\]]{8,40})\] (.{1,100}?)(?: \(pinned\))?")
_SECTIONS = ("{Attachments}", "{Stickers}", "{Embed}", "{Reactions}")


def recognises(part: Part) -> bool:
    if part.data is None:
        return part.text.startswith(f"{_RULE}\nGuild:") or bool(_CSV_HEADER.match(part.text))
    data = dict_of(part.data)
    return "channel" in data and any("author" in one for one in dicts_of(data.get("messages"))[:20])


def read(parts: Sequence[Part]) -> tuple[Conversation, ...]:
    chats: list[Conversation] = []
    for part in parts:
        if part.data is not None:
            messages = tuple(_message(one) for one in dicts_of(dict_of(part.data).get("messages")))
            chats.append(Conversation(messages))
        elif _CSV_HEADER.match(part.text):
            chats += table.read([part])
        else:
            chats.append(_read_text(part.text))
    return tuple(chats)


def _message(one: dict[str, Any]) -> Message:
    text = text_of(one.get("content"))
    for embed in dicts_of(one.get("embeds")) if not text else []:
        text = "\n".join(filter(None, (text, text_of(embed.get("title")), text_of(embed.get("description")))))
    sender = text_of(dict_of(one.get("author")).get("name"))
    return Message(sender, text, moment_of_text(one.get("timestamp")), _kind(one))


def _kind(one: dict[str, Any]) -> MessageKind:
    written = text_of(one.get("type"))
    if written == "Call":
        return MessageKind.CALL
    if written not in ("Default", "Reply", ""):
        return MessageKind.SYSTEM
    attached = dicts_of(one.get("attachments"))
    if attached:
        return kind_of_file(text_of(attached[0].get("fileName")) or text_of(attached[0].get("url")))
    return MessageKind.STICKER if dicts_of(one.get("stickers")) else MessageKind.TEXT


def _read_text(text: str) -> Conversation:
    signs, drafts = DateSigns(), list[Draft]()
    section: str | None = None
    for line in text.split("\n"):
        header = _HEADER.fullmatch(line)
        stamp = read_stamp(header[1], signs) if header else None
        if header and stamp:
            drafts.append(Draft(header[2], "", stamp))
            section = None
        elif line == _RULE:
            section = "=" if drafts else None
        elif line in _SECTIONS:
            section = line
        elif drafts and section is None:
            drafts[-1].more.append(line)
        elif drafts and section in _SECTIONS and line:
            _add_extra(drafts[-1], section, line)
    moments, notes = resolve_stamps([draft.stamp for draft in drafts], signs)
    messages = (
        Message(draft.sender, draft.whole().strip("\n"), moment, draft.kind)
        for draft, moment in zip(drafts, moments, strict=True)
    )
    return Conversation(tuple(messages), notes=notes)


def _add_extra(draft: Draft, section: str, line: str) -> None:
    """An attachment gives the message its kind; the words of an embed belong to its text."""
    if section == "{Attachments}":
        draft.kind = kind_of_file(line)
    elif section == "{Stickers}":
        draft.kind = MessageKind.STICKER
    elif section == "{Embed}":
        draft.more.append(line)
