"""A message while it is being read: its date may still be three numbers whose order is unknown."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from lightkeeper.check.exports.limits import LONGEST_MESSAGE, MOST_MESSAGES
from lightkeeper.core.errors import UnreadableExport
from lightkeeper.core.message import Conversation, Message, MessageKind

Stamp = tuple[int, int, int, int, int, int]  # three numbers of a date as written, then hour, minute, second


@dataclass(slots=True)
class Draft:
    """One message as it stands in the file. More lines may still be added to its text."""

    sender: str
    text: str
    stamp: Stamp | datetime | None = None
    kind: MessageKind = MessageKind.TEXT
    more: list[str] = field(default_factory=list)  # joined once at the end: adding to a text grows with its square

    def whole(self) -> str:
        """The text with all its lines."""
        return "\n".join((self.text, *self.more)) if self.more else self.text

    def __repr__(self) -> str:
        return f"Draft({self.kind})"


@dataclass(frozen=True, slots=True)
class Part:
    """One readable file of an export: its path, its text, and the parsed JSON where it is JSON."""

    name: str
    text: str
    data: object = None

    def __repr__(self) -> str:
        return f"Part({len(self.text)} characters)"


def check_size(messages: Sequence[Message], format: str) -> None:
    """Refuse more messages, or a longer one, than any person's chat has. Raises UnreadableExport."""
    if len(messages) > MOST_MESSAGES:
        raise UnreadableExport(f"it holds more than {MOST_MESSAGES:,} messages", format)
    if any(len(message.text) > LONGEST_MESSAGE for message in messages):
        raise UnreadableExport(f"one message is longer than {LONGEST_MESSAGE:,} characters", format)


def with_notes(conversation: Conversation, id: str | None, *notes: str) -> Conversation:
    """The same conversation with its number in the file and more said about it; nothing is said twice."""
    return replace(
        conversation, id=conversation.id or id, notes=tuple(dict.fromkeys((*conversation.notes, *notes)))
    )


def sort_by_time(messages: Sequence[Message]) -> tuple[Message, ...]:
    """The messages, oldest first; those of one moment stay as they stood, those without one come first."""
    return tuple(sorted(messages, key=_seconds))


def owner_of(groups: Sequence[frozenset[str]]) -> str | None:
    """Whose account it is: the only person who takes part in every one of several chats."""
    shared = frozenset.intersection(*groups) if len(groups) > 1 else frozenset()
    return next(iter(shared)) if len(shared) == 1 else None


def _seconds(message: Message) -> float:
    moment = message.sent_at
    if moment is None:
        return 0.0
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def whole_text(text: str) -> str:
    """The text with halves of broken characters replaced, so that it can be shown and stored anywhere."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
