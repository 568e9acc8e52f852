"""How far a person's last words are like those of blackmail, or of what leads up to it, whatever phrase they make.

Phrases hold what can be said in advance; what is only hinted at they do not reach. Here every word, and every
two neighbours, weigh a little for or against. The weights were learned from made-up talk
(`bench/check/learn.py`), are whole numbers, so that both engines add them up alike, and stand in `likeness.json`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain, compress, count, repeat
from operator import add, sub
from typing import Any, NamedTuple

THREAT = "threat"  # the score that, where it is low, says that talk is of quite another kind
LEAD = "lead"  # the score of what comes before a threat


class Alike(NamedTuple):
    """The sign that a message's words are by what they add up to, and between which of its pieces they stand."""

    rule: int
    first: int
    last: int


class Bar(NamedTuple):
    """From which sum on words are a sign, which sign, and how many of them have to have a weight."""

    least: int
    rule: int
    telling: int


class Likeness:
    """One learned score, in hundredths of a logit: what the last words of somebody, `window` in all, add up to."""

    def __init__(self, window: int, bars: Sequence[Bar]) -> None:
        self.window = window
        self.bars = sorted(bars, reverse=True)  # the highest first
        self._words: dict[str, int] = {}
        self._pairs: dict[tuple[str, ...], int] = {}

    def learn(self, weights: Mapping[str, Any]) -> None:
        """Add the weights of one language's words, and of its pairs of neighbours."""
        self._words.update(weights["words"])
        self._pairs.update((tuple(pair.split(" ")), weight) for pair, weight in weights["pairs"].items())

    def steps(self, norms: Sequence[str]) -> list[int]:
        """What each word adds, alone and with the word before it."""
        words = map(self._words.get, norms, repeat(0))
        pairs = map(self._pairs.get, zip(chain(("",), norms), norms, strict=False), repeat(0))
        return list(map(add, words, pairs))

    def count_telling(self, steps: Sequence[int], word: int) -> int:
        """How many of the words up to this one have a weight."""
        return sum(map(bool, steps[max(0, word + 1 - self.window) : word + 1]))

    def sums(self, steps: Sequence[int]) -> list[int]:
        """What the words up to each one add up to."""
        return add_up(steps, self.window)


def add_up(steps: Sequence[int], window: int) -> list[int]:
    """The sum of so many steps up to each of them."""
    totals = list(accumulate(steps))
    return list(map(sub, totals, chain(repeat(0, window), totals)))


class Row:
    """What one person said in a block of messages, as words, and how it is cut into pieces and messages."""

    __slots__ = ("begins", "ends", "numbers", "opens", "scores")

    def __init__(self, numbers: list[int], begins: list[int], ends: list[int]) -> None:
        self.numbers = numbers
        self.begins, self.ends = begins, ends  # a message's first piece; the words up to a piece's end
        self.scores: dict[str, tuple[list[int], list[int]]] = {}  # by score: what words add, and their sums
        self.opens = b""  # a 1 for each word where phrases are looked for

    def last_word(self, number: int, piece: int) -> int:
        """The last word of a message's piece, counted in the row; -1 where there is none before it either."""
        return self.ends[self.begins[bisect_left(self.numbers, number)] + piece] - 1

    def is_open(self, number: int, piece: int) -> bool:
        """True when a phrase that ends in this piece of a message counts by what the words add up to."""
        place = self.begins[bisect_left(self.numbers, number)] + piece
        first = self.ends[place - 1] if place else 0
        return self.opens.find(1, min(first, self.ends[place] - 1), self.ends[place]) >= 0

    def alike(self, likenesses: Mapping[str, Likeness]) -> dict[int, list[Alike]]:
        """The messages whose words became like those of blackmail, each with at most one sign of every score."""
        found: dict[int, list[Alike]] = {}
        for name, (steps, sums) in self.scores.items():
            likeness = likenesses[name]
            if sums and max(sums) >= likeness.bars[-1].least:
                for number, sign in self._signs(likeness, steps, sums).items():
                    found.setdefault(number, []).append(sign)
        return found

    def _signs(self, likeness: Likeness, steps: list[int], sums: list[int]) -> dict[int, Alike]:
        """By message the sign of the highest bar that was reached, where it was reached first."""
        found: dict[int, Alike] = {}
        for bar in likeness.bars:
            for word in _rises(steps, sums, bar.least):
                piece = bisect_right(self.ends, word)
                message = bisect_right(self.begins, piece) - 1
                if message < 0 or self.numbers[message] in found:
                    continue
                if likeness.count_telling(steps, word) >= bar.telling:
                    begin = self.begins[message]
                    first = bisect_right(self.ends, max(0, word + 1 - likeness.window))
                    found[self.numbers[message]] = Alike(bar.rule, max(first, begin) - begin, piece - begin)
        return found


def _rises(steps: Sequence[int], sums: Sequence[int], bar: int) -> Iterator[int]:
    """The words that add something where the sum is high enough."""
    return compress(count(), map(lambda step, total: total >= bar and step > 0, steps, sums))
