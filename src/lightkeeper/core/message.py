"""A conversation as it was, message by message, with nothing dropped."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MessageKind(StrEnum):
    """What a message is. Only `text` is sure to have words; any other kind may have a caption."""

    TEXT = "text"
    PHOTO = "photo"
    VIDEO = "video"
    AUDIO = "audio"
    MEDIA = "media"  # a photo, a film or a sound: the export does not say which
    STICKER = "sticker"
    FILE = "file"
    LOCATION = "location"
    CONTACT = "contact"
    CALL = "call"
    DELETED = "deleted"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `sent_at` is naive local time, as exports give it, or aware where the export says so."""

    sender: str
    text: str
    sent_at: datetime | None = None
    kind: MessageKind = MessageKind.TEXT

    def __repr__(self) -> str:
        return f"Message({self.kind}, {len(self.text)} characters)"


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said between the one who asks for help (`me`, when known) and the others.

    `notes` says what the reader of the export had to leave open, such as an ambiguous date order.
    """

    messages: tuple[Message, ...]
    me: str | None = None
    id: str | None = None
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Conversation({len(self.messages)} messages)"
