"""What a person wrote just before a message, so that a sentence cut into messages can be read as one."""

from collections.abc import Collection, Sequence

from lightkeeper.core.message import Message, MessageKind

WINDOW = 20  # pieces of earlier messages that a phrase may begin in; no phrase may be longer
FARTHEST = 80  # messages, of anyone, that are looked back over
MOST_STRANGE = 4  # messages of others that may come between
_SILENT = (MessageKind.SYSTEM, MessageKind.DELETED, MessageKind.CALL)


def is_said(message: Message) -> bool:
    """True for what somebody said; what the app itself says, of a call or a message taken back, has no sender."""
    return message.kind not in _SILENT or message.sender != ""


class Tails:
    """Looks back from a message to what the same person wrote before it."""

    def __init__(self, messages: Sequence[Message], threatening: Collection[int]) -> None:
        self.messages, self.threatening = messages, threatening

    def before(self, number: int, sender: str) -> list[list[str]]:
        """The pieces that the sender wrote just before: all, and without messages that threaten by themselves.

        The second way keeps a threat that somebody puts in between from hiding one that is cut in two.
        """
        whole, passed_threat = self._look_back(number, sender, skip=False)
        return [whole, self._look_back(number, sender, skip=True)[0]] if passed_threat else [whole]

    def _look_back(self, number: int, sender: str, skip: bool) -> tuple[list[str], bool]:
        taken: list[str] = []
        strange = 0
        passed_threat = False
        for earlier in range(number - 1, max(-1, number - 1 - FARTHEST), -1):
            message = self.messages[earlier]
            if earlier in self.threatening:
                passed_threat = True
                if skip:
                    continue
            if not is_said(message):
                continue
            if message.sender != sender:
                strange += 1
                if strange > MOST_STRANGE:
                    break
                continue
            taken[:0] = message.text.split()[-(WINDOW - len(taken)) :]
            if len(taken) >= WINDOW:
                break
        return taken, passed_threat
