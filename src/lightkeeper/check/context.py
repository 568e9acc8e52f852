"""What kind of talk a sign stands in: a game, a sale, a joke, a lesson, or somebody else's words."""

from collections.abc import Sequence

from lightkeeper.check.phrases import find_languages
from lightkeeper.check.rules import Context, Rule
from lightkeeper.check.tail import Tails
from lightkeeper.check.tokens import Tokens
from lightkeeper.core.message import Message

_OPENING, _CLOSING = "“«„‹", "”»“›"
MOST_REMEMBERED = 4_096


class Contexts:
    """The contexts of one conversation's messages, worked out only where a sign was seen."""

    def __init__(self, tokens: Tokens, messages: Sequence[Message], tails: Tails) -> None:
        self.tokens, self.messages = tokens, messages
        self._tails = tails
        self._seen: dict[int, set[tuple[int, str]]] = {}
        self._spoken: tuple[int, tuple[int, ...]] = (-1, ())  # of the message that was asked of last

    def factor(self, rule: Rule, number: int, span: tuple[int, int]) -> float:
        """How much of a sign's weight is left, from 0 to 1: the least that any context leaves."""
        left = 1.0
        for context in self.tokens.rules.contexts:
            if context.name in rule.lowered_by and self._applies(context, number, span):
                strong = rule.weight >= self.tokens.rules.script["strong"]
                left = min(left, context.strong_factor if strong else context.factor)
        return left

    def _applies(self, context: Context, number: int, span: tuple[int, int]) -> bool:
        if context.name == "quote" and is_quoted(self.messages[number].text, span):
            return True
        told = {
            language
            for one in range(max(0, number - context.reach), number + 1)
            if one == number or one not in self._tails.threatening
            for language, name in self._of(one)
            if name == context.name
        }
        if not told:
            return False
        spoken = self._languages(number)
        return not spoken or not told.isdisjoint(spoken)

    def _languages(self, number: int) -> tuple[int, ...]:
        """The languages that a message may be written in, by what its sender wrote up to its end.

        By that and not by each message alone: a message cut in pieces has to be read like the whole. A threat that
        was put in between says nothing of the language of what follows.
        """
        if self._spoken[0] != number:
            message = self.messages[number]
            pieces = [*self._tails.before(number, message.sender)[-1], *message.text.split()]
            tokens = [token for piece in pieces for token in self.tokens[piece]]
            self._spoken = number, find_languages(len(self.tokens.rules.languages), tokens)
        return self._spoken[1]

    def _of(self, number: int) -> set[tuple[int, str]]:
        found = self._seen.get(number)
        if found is None:
            if len(self._seen) >= MOST_REMEMBERED:
                self._seen.clear()
            found = self._read(self.messages[number])
            self._seen[number] = found
        return found

    def _read(self, message: Message) -> set[tuple[int, str]]:
        """The contexts that a message sets, each with the language of the words that set it."""
        tokens = [token for piece in message.text.split() for token in self.tokens[piece]]
        return self.tokens.rules.find_contexts([token.norm for token in tokens])


def is_quoted(text: str, span: tuple[int, int]) -> bool:
    """True when the place stands between quotation marks that open before it and close after it."""
    before, after = text[: span[0]], text[span[1] :]
    if before.count('"') % 2 and '"' in after:
        return True
    opened = sum(before.count(mark) for mark in _OPENING) - sum(before.count(mark) for mark in "”»›")
    return opened > 0 and any(mark in after for mark in _CLOSING)
