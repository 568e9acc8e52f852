"""The first pass: which messages may hold a sign at all. It costs a few microseconds a message.

What one person wrote is taken as one row of words, so that a sentence cut into messages stays one. Only the
messages that a phrase may reach into are read closely; in harmless talk that is one in a hundred.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, compress, count

from lightkeeper.check.likeness import Alike, Row
from lightkeeper.check.line import find_runs
from lightkeeper.check.tail import WINDOW, is_said
from lightkeeper.check.tokens import Tokens
from lightkeeper.check.traces import LONE, LONE_TRACES
from lightkeeper.core.message import Message, MessageKind

BLOCK = 2_000  # messages taken at a time, so that memory does not grow with a conversation
_TEXT = MessageKind.TEXT

Suspects = dict[int, set[int]]  # by message, the phrases that may end in it as it is written


class Screen:
    """Goes once over a conversation's messages, block by block."""

    def __init__(self, tokens: Tokens, messages: Sequence[Message]) -> None:
        self.tokens, self.messages = tokens, messages
        self._before: dict[str, list[str]] = {}  # by sender: the last pieces of the blocks before
        self._rows: dict[str, Row] = {}  # by sender: what they said in this block

    def blocks(self) -> Iterator[tuple[range, Suspects, dict[int, list[Alike]]]]:
        """Each block's messages, which of them have to be read closely, and which are like blackmail."""
        for start in range(0, len(self.messages), BLOCK):
            block = range(start, min(start + BLOCK, len(self.messages)))
            self._rows.clear()
            suspects = self._screen(block)
            rows = (row.alike().items() for row in self._rows.values())
            yield block, suspects, dict(chain.from_iterable(rows))

    def row(self, number: int) -> Row:
        """What the sender of a message of the block said in it."""
        return self._rows[self.messages[number].sender]

    def _screen(self, block: range) -> Suspects:
        said: dict[str, list[int]] = {}
        for number, message in enumerate(self.messages[block.start : block.stop], block.start):
            if message.kind is _TEXT or is_said(message):
                sender = message.sender
                if sender in said:
                    said[sender].append(number)
                else:
                    said[sender] = [number]
        found: Suspects = {}
        for sender, numbers in said.items():
            self._screen_sender(sender, numbers, block, found)
        return found

    def _screen_sender(self, sender: str, numbers: list[int], block: range, found: Suspects) -> None:
        messages, read = self.messages, self.tokens.traces.__getitem__
        rows = [messages[number].text.split() for number in numbers]
        before = self._before.get(sender, [])
        pieces = list(chain(before, *rows))
        traces = list(map(read, pieces))
        norms = list(chain.from_iterable(traces))
        lengths = list(map(len, traces))
        longest = max(lengths, default=0)
        ends = list(accumulate(lengths))  # in words, after each piece
        if block.stop < len(messages):
            far = bisect_right(ends, len(norms) - self.tokens.rules.limits.window)
            self._before[sender] = pieces[min(far, max(0, len(pieces) - WINDOW)) :]
        begins = list(accumulate(map(len, rows), initial=len(before)))
        rules = self.tokens.rules
        self._rows[sender] = row = Row(rules.likeness, rules.limits, numbers, begins[:-1], ends, norms)
        for phrase, first, last in self.tokens.anchors.spots(norms, row.opens, longest):
            for number in _touched(numbers, begins, bisect_right(ends, first), bisect_right(ends, last)):
                found.setdefault(number, set()).add(phrase)
        if not LONE.isdisjoint(norms):
            lone = compress(count(), map(LONE_TRACES.__contains__, traces))
            for first, last in find_runs(self.tokens, pieces, lone):
                for number in _touched(numbers, begins, first, last + WINDOW):
                    found.setdefault(number, set())


def _touched(numbers: list[int], ends: list[int], first: int, last: int) -> list[int]:
    """The messages that lie, wholly or in part, between two pieces of their sender's row."""
    low = bisect_right(ends, first) - 1
    high = bisect_left(ends, last + 1)
    return numbers[max(0, low) : max(0, high)]
