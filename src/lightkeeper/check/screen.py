"""The first pass: which messages may hold a sign at all. It costs a few microseconds a message.

What one person wrote is taken as one row of words, so that a sentence cut into messages stays one. Only the
messages that a phrase may reach into are read closely; in harmless talk that is one in thirty.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, compress, count, islice

from lightkeeper.check.likeness import LEAD, THREAT, Alike, Row, add_up
from lightkeeper.check.line import find_runs
from lightkeeper.check.tail import WINDOW, is_said
from lightkeeper.check.tokens import Tokens
from lightkeeper.check.traces import LONE, LONE_TRACES
from lightkeeper.core.message import Message, MessageKind

BLOCK = 2_000  # messages taken at a time, so that memory does not grow with a conversation
_TEXT = MessageKind.TEXT


class Screen:
    """Goes once over a conversation's messages, block by block."""

    def __init__(self, tokens: Tokens, messages: Sequence[Message]) -> None:
        self.tokens, self.messages = tokens, messages
        self._before: dict[str, list[str]] = {}  # by sender: the last pieces of the blocks before
        self._rows: dict[str, Row] = {}  # by sender: what they said in this block

    def blocks(self) -> Iterator[tuple[range, set[int], dict[int, list[Alike]]]]:
        """Each block's messages, which of them have to be read closely, and which are like blackmail."""
        for start in range(0, len(self.messages), BLOCK):
            block = range(start, min(start + BLOCK, len(self.messages)))
            self._rows.clear()
            suspects = self._screen(block)
            likenesses = self.tokens.rules.likenesses
            rows = (row.alike(likenesses).items() for row in self._rows.values())
            yield block, suspects, dict(chain.from_iterable(rows))

    def is_open(self, number: int, piece: int) -> bool:
        """True when a phrase counts that ends in this piece of a message of the block."""
        return self._rows[self.messages[number].sender].is_open(number, piece)

    def is_unlike(self, number: int, piece: int) -> bool:
        """True when what its sender said, up to this piece of a message of the block, is quite other talk."""
        row, limits = self._rows[self.messages[number].sender], self.tokens.rules.unlike
        steps, sums = row.scores[THREAT]
        word = row.last_word(number, piece)
        if word < 0 or sums[word] >= limits.bar:
            return False
        return self.tokens.rules.likenesses[THREAT].count_telling(steps, word) >= limits.telling

    def _screen(self, block: range) -> set[int]:
        said: dict[str, list[int]] = {}
        for number, message in enumerate(self.messages[block.start : block.stop], block.start):
            if message.kind is _TEXT or is_said(message):
                sender = message.sender
                if sender in said:
                    said[sender].append(number)
                else:
                    said[sender] = [number]
        found: set[int] = set()
        for sender, numbers in said.items():
            self._screen_sender(sender, numbers, block, found)
        return found

    def _screen_sender(self, sender: str, numbers: list[int], block: range, found: set[int]) -> None:
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
            far = bisect_right(ends, len(norms) - self.tokens.rules.unlike.window)
            self._before[sender] = pieces[min(far, max(0, len(pieces) - WINDOW)) :]
        begins = list(accumulate(map(len, rows), initial=len(before)))
        self._rows[sender] = row = Row(numbers, begins[:-1], ends)
        for name, likeness in self.tokens.rules.likenesses.items():
            steps = likeness.steps(norms)
            row.scores[name] = steps, likeness.sums(steps)
        row.opens = self._find_open(row)
        spots = [(spot.first, spot.last) for spot in self.tokens.anchors.spots(norms, row.opens, longest)]
        if spots:
            reached = [(bisect_right(ends, first), bisect_right(ends, last)) for first, last in spots]
            found.update(_touched(numbers, begins, reached))
        if not LONE.isdisjoint(norms):
            lone = compress(count(), map(LONE_TRACES.__contains__, traces))
            runs = [(first, last + WINDOW) for first, last in find_runs(self.tokens, pieces, lone)]
            found.update(_touched(numbers, begins, runs))

    def _find_open(self, row: Row) -> bytes:
        """A 1 for each word where the words are not quite other talk, or where too few of them tell."""
        least = self.tokens.rules.open
        steps, sums = row.scores[THREAT]
        leads = row.scores[LEAD][1]
        nears = add_up(steps, least.near_window)
        opens = bytes(
            [
                threat >= least.threat or near >= least.near or lead >= least.lead
                for threat, near, lead in zip(sums, nears, leads, strict=True)
            ]
        )
        begun = next(islice(compress(count(), steps), least.telling - 1, None), len(steps))
        return b"\1" * begun + opens[begun:]


def _touched(numbers: list[int], ends: list[int], reached: list[tuple[int, int]]) -> Iterator[int]:
    """The messages that lie, wholly or in part, between two pieces of their sender's row."""
    for first, last in reached:
        low = bisect_right(ends, first) - 1
        high = bisect_left(ends, last + 1)
        yield from numbers[max(0, low) : max(0, high)]
