"""What a person wrote just before a message, so that a sentence cut into messages can be read as one."""

from collections.abc import Sequence

from lightkeeper.check.likeness import Row
from lightkeeper.check.tokens import Tokens
from lightkeeper.core.finding import Stage
from lightkeeper.core.message import Message, MessageKind

WINDOW = 20  # pieces of earlier messages that a phrase may begin in; no phrase may be longer
FARTHEST = 80  # messages, of anyone, that are looked back over
MOST_STRANGE = 4  # messages of others that may come between
_SILENT = (MessageKind.SYSTEM, MessageKind.DELETED, MessageKind.CALL)


def is_said(message: Message) -> bool:
    """True for what somebody said; what the app itself says, of a call or a message taken back, has no sender."""
    return message.kind not in _SILENT or message.sender != ""


class Threatening:
    """The messages that hold a whole threat by themselves: a phrase of it was found, or all their words say so.

    What is asked of the others goes on as if they had not been put in between.
    """

    def __init__(self, tokens: Tokens, messages: Sequence[Message]) -> None:
        self.tokens, self.messages = tokens, messages
        self.found: set[int] = set()  # by a phrase
        self._alike: dict[int, bool] = {}  # by their words, of those that were asked for

    def __contains__(self, number: int) -> bool:
        if number in self.found:
            return True
        if number not in self._alike:
            self._alike[number] = self._is_alike(number)
        return self._alike[number]

    def _is_alike(self, number: int) -> bool:
        rules = self.tokens.rules
        traces = [self.tokens.traces[piece] for piece in self.messages[number].text.split()]
        row = Row(rules.likeness, rules.limits, [number], [0, len(traces)], traces)
        return any(rules.rules[one.rule].stage is Stage.THREAT for one in row.alike().get(number, ()))


class Tails:
    """Looks back from a message to what the same person wrote before it."""

    def __init__(self, messages: Sequence[Message], threatening: Threatening) -> None:
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
            if not is_said(message):
                continue
            if message.sender != sender:
                if earlier not in self.threatening.found:
                    strange += 1
                    if strange > MOST_STRANGE:
                        break
                continue
            if earlier in self.threatening:
                passed_threat = True
                if skip:
                    continue
            taken[:0] = message.text.split()[-(WINDOW - len(taken)) :]
            if len(taken) >= WINDOW:
                break
        return taken, passed_threat
