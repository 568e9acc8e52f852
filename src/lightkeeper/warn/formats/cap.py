"""A warning for partner systems in the Common Alerting Protocol 1.2 (OASIS; FACTS D3). Never cell broadcast."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from xml.etree import ElementTree as ET

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.warn.formats.outline import DRAFT, Standing
from lightkeeper.warn.formats.xml import add, write_tree
from lightkeeper.warn.warning import Audience, PublicWarning
from lightkeeper.warn.wording import wording

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
_NOT_IN_A_NAME = re.compile(r"[\s,<&]")


class MessageType(StrEnum):
    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, as partners know it: a name without spaces that is theirs for ever, such as a domain."""

    id: str
    contact: str


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier message that an update or a cancel is about."""

    sender: str
    identifier: str
    sent: datetime

    def __str__(self) -> str:
        return f"{self.sender},{self.identifier},{cap_time(self.sent)}"


@dataclass(frozen=True, slots=True)
class Message:
    """What kind of message it is, when it is sent, and what it is about."""

    type: MessageType
    sent: datetime
    references: tuple[Reference, ...] = ()
    reason: str = ""  # of a cancel, for the team of the partner


def write_cap(
    languages: Sequence[PublicWarning], sender: Sender, message: Message, standing: Standing = DRAFT
) -> bytes:
    """One alert with an `info` for every language. A draft says Draft; a letter is Restricted to its school.

    Raises UnreadableInput for a name that CAP does not take, or an update that is about nothing.
    """
    first = languages[0]
    identifier = identify(first.id, message.type, message.sent)
    if _NOT_IN_A_NAME.search(sender.id) or _NOT_IN_A_NAME.search(identifier):
        raise UnreadableInput("CAP takes no space, comma, < or & in the names of sender and message")
    if message.type is not MessageType.ALERT and not message.references:
        raise UnreadableInput("an update or a cancel says which message it is about")
    root = ET.Element(f"{{{NAMESPACE}}}alert")
    _text(root, "identifier", identifier)
    _text(root, "sender", sender.id)
    _text(root, "sent", cap_time(message.sent))
    _text(root, "status", "Actual" if standing.approved or standing.withdrawn else "Draft")
    _text(root, "msgType", message.type)
    if first.audience is Audience.SCHOOL:
        _text(root, "scope", "Restricted")
        _text(root, "restriction", "For the families and the staff of one school")
    else:
        _text(root, "scope", "Public")
    if message.reason:
        _text(root, "note", message.reason)
    if message.references:
        _text(root, "references", " ".join(map(str, message.references)))
    if message.type is not MessageType.CANCEL:
        for warning in languages:
            _add_info(root, warning, sender)
    return write_tree(root, NAMESPACE)


def identify(warning_id: str, type: MessageType, sent: datetime) -> str:
    """The name of a message, which later messages refer to."""
    return f"{warning_id}-{type.lower()}-{sent.astimezone(UTC):%Y%m%dT%H%M%S}"


def cap_time(moment: datetime) -> str:
    """CAP wants seconds and an offset, and -00:00 where others write Z."""
    if moment.utcoffset() is None:
        raise UnreadableInput("a time needs its zone")
    text = moment.replace(microsecond=0).isoformat()
    return text.replace("+00:00", "-00:00") if moment.utcoffset() == UTC.utcoffset(None) else text


def _add_info(root: ET.Element, warning: PublicWarning, sender: Sender) -> None:
    words = wording(warning.language)
    info = add(root, NAMESPACE, "info")
    fields = {
        "language": f"{warning.language}-GB",
        "category": "Safety",
        "event": words.at("harm/sextortion-1/name"),
        "responseType": "Execute",  # act on the instruction
        "urgency": "Expected",
        "severity": "Moderate",
        "certainty": "Observed",
        "effective": cap_time(warning.embargo or warning.issued),
        "expires": cap_time(warning.expires),
        "senderName": warning.force,
        "headline": warning.headline,
        "description": "\n".join((warning.summary, *warning.pattern)),
        "instruction": "\n".join((words.at("child/opening"), *warning.child_steps, *_help(warning))),
        "web": warning.page,
        "contact": sender.contact,
    }
    for name, text in fields.items():
        if text:
            _text(info, name, text)
    _text(add(info, NAMESPACE, "area"), "areaDesc", warning.place)


def _help(warning: PublicWarning) -> tuple[str, ...]:
    named = (", ".join(dict.fromkeys((one.name, one.phone))) for one in warning.contacts if one.phone)
    return tuple(f"{name}." for name in named)


def _text(parent: ET.Element, name: str, text: str) -> None:
    add(parent, NAMESPACE, name, text)
