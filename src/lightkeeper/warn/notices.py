"""What partners are told after each step: an alert when it is published, an update, a cancel."""

from collections.abc import Sequence

from lightkeeper.core.errors import NotAllowed
from lightkeeper.warn.approval import Approval, standing_of
from lightkeeper.warn.formats.cap import Message, MessageType, Reference, Sender, identify, write_cap
from lightkeeper.warn.warning import PublicWarning


def cap_notice(approval: Approval, languages: Sequence[PublicWarning], sender: Sender) -> bytes:
    """The CAP message of the newest step that partners must hear of, naming all messages before it.

    Raises NotAllowed when the newest step is none of their business, or the words are not the published ones.
    """
    message = message_of(approval, sender)
    standing = standing_of(approval, languages[0], message.sent)
    if not (standing.approved or standing.withdrawn):
        raise NotAllowed("these words were not published")
    return write_cap(languages, sender, message, standing)


def message_of(approval: Approval, sender: Sender) -> Message:
    """The kind of message that the newest step calls for. Raises NotAllowed when it calls for none."""
    told = _told(approval)
    if not told or told[-1].sent != approval.steps[-1].at:
        raise NotAllowed("there is nothing new to tell partners")
    earlier = (
        Reference(sender.id, identify(approval.warning_id, message.type, message.sent), message.sent)
        for message in told[:-1]
    )
    newest = told[-1]
    return Message(newest.type, newest.sent, tuple(earlier), newest.reason)


def _told(approval: Approval) -> list[Message]:
    """Every message so far, oldest first, without their references."""
    told: list[Message] = []
    for step in approval.steps:
        if step.name == "publish":
            told.append(Message(MessageType.UPDATE if told else MessageType.ALERT, step.at))
        elif step.name == "withdraw" and told:
            told.append(Message(MessageType.CANCEL, step.at, reason="Withdrawn. Do not use it any more."))
    return told
