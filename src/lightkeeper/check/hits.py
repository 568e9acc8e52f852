"""The first pass: every sign in a conversation, message by message, whoever turns out to be who.

A message is read together with the last words that the same person sent before it, so that a threat cut
into several messages is seen in the one that completes it. What is found in a message depends on the
messages before it and never on those after. Most messages never hold the three rarest words that any one
phrase needs; that is found by or-ing numbers, and only the rest is read closely.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from lightkeeper.check.context import Contexts
from lightkeeper.check.line import Line, has_letters, place_tokens, read_line
from lightkeeper.check.phrases import Match, find_phrases
from lightkeeper.check.rules import GUARDS
from lightkeeper.check.tail import FARTHEST, WINDOW, Tails
from lightkeeper.check.tokens import LONE, Tokens
from lightkeeper.core.finding import Stage
from lightkeeper.core.message import Message, MessageKind

SILENT = (MessageKind.SYSTEM, MessageKind.DELETED, MessageKind.CALL)


@dataclass(frozen=True, slots=True)
class Hit:
    """One sign at one place, with the weight that the talk around it leaves to it."""

    message: int
    sender: str
    rule: int
    span: tuple[int, int]
    weight: float
    position: int  # characters of talk before it, leaving out messages that threaten


class Said:
    """The guards of one sender's last messages: enough of them to hold WINDOW pieces without a threat."""

    __slots__ = ("_messages", "_pieces", "before")

    def __init__(self) -> None:
        self.before = 0
        self._messages: deque[tuple[int, int]] = deque(maxlen=FARTHEST)
        self._pieces = 0

    def add(self, guards: int, pieces: int) -> None:
        """One more message; those that are no longer needed to fill the window are forgotten."""
        messages = self._messages
        if len(messages) == FARTHEST:
            self._pieces -= messages[0][1]
        messages.append((guards, pieces))
        self._pieces += pieces
        while self._pieces - messages[0][1] >= WINDOW:
            self._pieces -= messages.popleft()[1]
        before = 0
        for said, _ in messages:
            before |= said
        self.before = before


class Reader:
    """Reads one conversation from its first message to its last."""

    def __init__(self, tokens: Tokens, messages: Sequence[Message]) -> None:
        self.tokens, self.rules, self.messages = tokens, tokens.rules, messages
        self.hits: list[Hit] = []
        self.contexts = Contexts(tokens, messages)
        self.threatening: set[int] = set()  # messages that hold a whole threat by themselves
        self._tails = Tails(messages, self.threatening)
        self._said: dict[str, Said] = {}
        self._position = 0
        self._all = range(len(self.rules.phrases))

    def read(self) -> list[Hit]:
        """All signs, in the order of messages, places and rules."""
        guard = self.tokens.guards.__getitem__
        said_by, threatening, firsts = self._said, self.threatening, self.rules.firsts << 1
        for number, message in enumerate(self.messages):
            text = message.text
            pieces = text.split()
            here = reduce(or_, map(guard, pieces), 0)
            said = said_by.get(message.sender)
            if said is None:
                said = said_by[message.sender] = Said()
            all_said = here | said.before
            # A phrase may stand here when each of its guards was said, and one of them here.
            two = all_said & all_said >> 1
            maybe = two & two >> 2 & all_said >> 4 & firsts
            if maybe:
                two = here | here >> 1
                maybe &= two | two >> 2 | two >> 4
            if (maybe or all_said & LONE) and message.kind not in SILENT:
                spelled = bool(all_said & LONE) and self._may_be_spelled(number, message)
                self._search(number, message, self._all if spelled else self._wanted(maybe), spelled)
            if message.kind not in SILENT:
                said.add(here, 0 if number in threatening else len(pieces))
            if number not in threatening:
                self._position += len(text)
        return self.hits

    def _may_be_spelled(self, number: int, message: Message) -> bool:
        """True when letters stand by themselves, so many in a row that they may spell a word."""
        for tail in self._tails.before(number, message.sender):
            if has_letters(self.tokens, [*tail, *message.text.split()]):
                return True
        return False

    def _wanted(self, maybe: int) -> list[int]:
        """The numbers of the phrases whose guards were said."""
        wanted = []
        while maybe:
            lowest = maybe & -maybe
            wanted.append((lowest.bit_length() - 2) // GUARDS)
            maybe ^= lowest
        return wanted

    def _search(self, number: int, message: Message, wanted: Sequence[int], spelled: bool) -> None:
        pieces = message.text.split()
        matches: dict[int, tuple[Match, Line]] = {}
        for tail in self._tails.before(number, message.sender):
            line = read_line(self.tokens, tail, pieces, spelled)
            for match in find_phrases(self.rules, line.tokens, line.begin, wanted):
                matches.setdefault(match.rule, (match, line))
        if not matches:
            return
        found = sorted((self._hit(number, message, match, line) for match, line in matches.values()), key=_order)
        self.hits.extend(found)
        if any(self._is_threat(hit.rule) for hit in found):
            line = read_line(self.tokens, [], pieces, spelled)
            if any(self._is_threat(match.rule) for match in find_phrases(self.rules, line.tokens, 0, wanted)):
                self.threatening.add(number)

    def _is_threat(self, rule: int) -> bool:
        return self.rules.rules[rule].stage is Stage.THREAT

    def _hit(self, number: int, message: Message, match: Match, line: Line) -> Hit:
        places = place_tokens(self.tokens, line, message.text)
        first = max(match.first, line.begin) - line.begin
        span = (places[first][0], places[match.after - 1 - line.begin][1])
        rule = self.rules.rules[match.rule]
        factor = self.contexts.factor(rule, number, span, self.threatening)
        return Hit(number, message.sender, match.rule, span, rule.weight * factor, self._position)


def _order(hit: Hit) -> tuple[tuple[int, int], int]:
    return hit.span, hit.rule
