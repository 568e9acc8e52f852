"""The first pass: which messages may hold a sign at all. It costs a few microseconds a message.

What one person wrote is taken as one row of words, so that a sentence cut into messages stays one. Only the
messages that a phrase may reach into are read closely; in harmless talk that is one in a hundred.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

from lightkeeper.check.likeness import Alike, Row
from lightkeeper.check.line import cut_runs, find_runs, spell_traces
from lightkeeper.check.tail import WINDOW, is_said
from lightkeeper.check.tokens import Tokens
from lightkeeper.check.traces import LONE
from lightkeeper.core.message import Message, MessageKind

BLOCK = 2_000  # messages taken at a time, so that memory does not grow with a conversation
_TEXT = MessageKind.TEXT

Suspects = dict[int, set[int]]  # by message, the phrases that may end in it as it is written


class Screen:
    """Goes once over a conversation's messages, block by block."""

    def __init__(self, tokens: Tokens, messages: Sequence[Message]) -> None:
        self.tokens, self.messages = tokens, messages
        self.senders: dict[str, None] = {}  # who said something, in the order of their first messages
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
        self.senders.update(dict.fromkeys(said))
        found: Suspects = {}
        for sender, numbers in said.items():
            self._screen_sender(sender, numbers, block, found)
        return found

    def _screen_sender(self, sender: str, numbers: list[int], block: range, found: Suspects) -> None:
        messages, tokens, rules = self.messages, self.tokens, self.tokens.rules
        rows = [messages[number].text.split() for number in numbers]
        before = self._before.get(sender, [])
        begins = list(accumulate(map(len, rows), initial=len(before)))
        pieces = list(chain(before, *rows))
        traces = list(map(tokens.traces.__getitem__, pieces))
        runs: list[tuple[int, int]] = []
        if not LONE.isdisjoint(chain.from_iterable(traces)):
            runs = find_runs(tokens, pieces, tokens.find_lone(pieces))
            # What is spelled in one message must not depend on the next.
            spell_traces(tokens, pieces, traces, cut_runs(runs, begins))
        self._rows[sender] = row = Row(rules.likeness, rules.limits, numbers, begins, traces)
        if block.stop < len(messages):
            far = bisect_right(row.ends, len(row.norms) - rules.limits.window)
            self._before[sender] = pieces[min(far, max(0, len(pieces) - WINDOW)) :]
        longest = max(map(len, traces), default=0)
        for phrase, first, last in tokens.anchors.spots(row.norms, row.opens, longest):
            for number in row.find_messages(bisect_right(row.ends, first), bisect_right(row.ends, last)):
                found.setdefault(number, set()).add(phrase)
        for first, last in runs:
            for number in row.find_messages(first, last + WINDOW):
                found.setdefault(number, set())
