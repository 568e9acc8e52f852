"""Every sign in a conversation, message by message, whoever turns out to be who.

A message is read together with the last words that the same person sent before it, so that a threat cut
into several messages is seen in the one that completes it. What is found in a message depends on the
messages before it and never on those after. Most messages are passed over by the first pass (`screen.py`).
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lightkeeper.check.context import Contexts
from lightkeeper.check.likeness import Alike
from lightkeeper.check.line import Line, place_pieces, place_tokens, read_line
from lightkeeper.check.phrases import Match, find_phrases
from lightkeeper.check.screen import Screen
from lightkeeper.check.tail import FARTHEST, Tails, Threatening, is_said
from lightkeeper.check.tokens import Tokens
from lightkeeper.core.finding import Stage
from lightkeeper.core.message import Message


@dataclass(frozen=True, slots=True)
class Hit:
    """One sign at one place, with the weight that the talk around it leaves to it."""

    message: int
    sender: str
    rule: int
    span: tuple[int, int]
    weight: float
    position: int  # characters of talk before it, leaving out messages that threaten


class Reader:
    """Reads one conversation from its first message to its last."""

    def __init__(self, tokens: Tokens, messages: Sequence[Message]) -> None:
        self.tokens, self.rules, self.messages = tokens, tokens.rules, messages
        self.hits: list[Hit] = []
        self.threatening = Threatening(tokens, messages)
        self._screen = Screen(tokens, messages)
        self._tails = Tails(messages, self.threatening)
        self.contexts = Contexts(tokens, messages, self._tails)
        self._threats: dict[str, int] = {}  # by sender: the last of these
        self._counted = 0  # messages whose characters are in the position
        self._position = 0

    @property
    def senders(self) -> list[str]:
        """Who said something in what was read, in the order of their first messages."""
        return list(self._screen.senders)

    def read(self) -> list[Hit]:
        """All signs, in the order of messages, places and rules."""
        for block, suspects, alike in self._screen.blocks():
            if not suspects and not alike and not self._threats:
                continue
            for number in block:
                if number in suspects or (self._threats and self._follows_a_threat(number)):
                    self._search(number, self.messages[number], suspects.get(number, ()), alike.get(number, ()))
                elif number in alike:
                    self.hits.extend(self._like(number, self.messages[number], alike[number]))
        return self.hits

    def _follows_a_threat(self, number: int) -> bool:
        """True when what the sender said before is also read as if a threat had not been put in between."""
        message = self.messages[number]
        return number - self._threats.get(message.sender, -FARTHEST) <= FARTHEST and is_said(message)

    def _search(self, number: int, message: Message, phrases: Collection[int], alike: Sequence[Alike]) -> None:
        """Reads one message closely, for the phrases that the first pass met where it is read as it is written."""
        pieces = message.text.split()
        matches: dict[int, tuple[Match, Line]] = {}
        for way, tail in enumerate(self._tails.before(number, message.sender)):
            line = read_line(self.tokens, tail, pieces)
            as_written = way == 0 and line.owners is None
            for match in self._find(line, phrases if as_written else None):
                matches.setdefault(match.rule, (match, line))
        if not matches and not alike:
            return
        hits = (self._hit(number, message, match, line) for match, line in matches.values())
        found = sorted([hit for hit in hits if hit] + self._like(number, message, alike), key=_order)
        self.hits.extend(found)
        if any(self._is_threat(hit.rule) for hit in found):
            alone = self._find(read_line(self.tokens, [], pieces))
            if any(self._is_threat(match.rule) for match in alone):
                self.threatening.found.add(number)
                self._threats[message.sender] = number

    def _find(self, line: Line, wanted: Collection[int] | None = None) -> list[Match]:
        if wanted is None:
            wanted = self.tokens.anchors.phrases([token.norm for token in line.tokens])
        return find_phrases(self.rules, line.tokens, line.begin, wanted) if wanted else []

    def _is_threat(self, rule: int) -> bool:
        return self.rules.rules[rule].stage is Stage.THREAT

    def _hit(self, number: int, message: Message, match: Match, line: Line) -> Hit | None:
        """A sign that a phrase shows; none where the words around it are quite other talk."""
        places = place_pieces(message.text)
        tokens = place_tokens(self.tokens, line, message.text.split(), places)
        first = max(match.first, line.begin) - line.begin
        span = (tokens[first][0], tokens[match.after - 1 - line.begin][1])
        rule = self.rules.rules[match.rule]
        piece = bisect_left([end for _, end in places], span[1])
        row = self._screen.row(number)
        if not rule.always and not row.is_open(number, piece):
            return None
        factor = self.contexts.factor(rule, number, span)
        if rule.flag is None and row.is_unlike(number, piece):
            strong = rule.weight >= self.rules.script["strong"]
            factor *= row.limits.unlike_strong if strong else row.limits.unlike_factor
        return Hit(number, message.sender, match.rule, span, rule.weight * factor, self._count_to(number))

    def _like(self, number: int, message: Message, alike: Sequence[Alike]) -> list[Hit]:
        """The signs that the words, whatever phrase they make, are like those of blackmail."""
        found = []
        places = place_pieces(message.text) if alike else []
        for sign in alike:
            span = (places[sign.first][0], places[sign.last][1])
            rule = self.rules.rules[sign.rule]
            weight = rule.weight * self.contexts.factor(rule, number, span)
            found.append(Hit(number, message.sender, sign.rule, span, weight, self._count_to(number)))
        return sorted(found, key=_order)

    def _count_to(self, number: int) -> int:
        """The characters of talk before a message, leaving out messages where the phrase of a threat was found."""
        for earlier in range(self._counted, number):
            if earlier not in self.threatening.found:
                self._position += len(self.messages[earlier].text)
        self._counted = max(self._counted, number)
        return self._position


def _order(hit: Hit) -> tuple[tuple[int, int], int]:
    return hit.span, hit.rule
