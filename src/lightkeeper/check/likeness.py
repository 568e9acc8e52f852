"""How far a person's last words are like those of blackmail, or of what leads up to it, whatever phrase they make.

Phrases hold what can be said in advance; what is only hinted at they do not reach. Here every word, and every
two neighbours, weigh a little for or against. The weights were learned from made-up talk
(`bench/check/learn.py`), are whole numbers, so that both engines add them up alike, and stand in `likeness.json`.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, compress, count, pairwise, repeat
from typing import Any, NamedTuple

from lightkeeper.check import sums
from lightkeeper.check.sums import NOTHING, REACHED, Pair, Sums

THREAT = "threat"  # the score of blackmail itself
LEAD = "lead"  # the score of what comes before it
PARTS = {THREAT: 0, LEAD: 1}  # where a word's numbers have each score


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


@dataclass(frozen=True, slots=True)
class Limits:
    """How many words are added up, and from which sums on they are a sign, open, or quite other talk."""

    window: int
    bars: Mapping[str, Sequence[Bar]]  # by score, the highest first
    lowest: sums.Bar  # the lowest of these
    opens: tuple[sums.Bar, ...]  # any of which makes words open
    open_first: int  # so many words are open in any case
    once: int  # a sign may add up to so much less when each word counts once
    unlike: int
    unlike_telling: int
    unlike_factor: float  # what is left of a sign in quite other talk
    unlike_strong: float  # and of a strong one


class Likeness:
    """What each word, and each two neighbours, weigh in both scores, in hundredths of a logit."""

    def __init__(self, languages: Iterable[Mapping[str, Any]], start: int = 0) -> None:
        """`languages` hold the weights of each one's words, and of its pairs of neighbours, by score.

        The score of a threat begins `start` higher for each word that is not there yet.
        """
        self._start, self._before = start, sums.write((start, 0))
        words: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        pairs: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
        for scores in languages:
            for name, part in PARTS.items():
                for word, weight in scores[name]["words"].items():
                    words[word][part] += weight
                for text, weight in scores[name]["pairs"].items():
                    pairs[tuple(text.split(" "))][part] += weight
        self._rises = {word: one[0] for word, one in words.items()}  # the score of blackmail alone
        self._pair_rises = {pair: one[0] for pair, one in pairs.items()}
        self._words = {word: sums.write(one) for word, one in words.items()}
        self._pairs = {pair: sums.write(one) for pair, one in pairs.items()}

    def sums(self, norms: Sequence[str], longest: int) -> Sums:
        """What words add up to; `longest` is the longest window to come."""
        words = map(self._words.get, norms, repeat(NOTHING))
        pairs = map(self._pairs.get, zip(chain(("",), norms), norms, strict=False), repeat(NOTHING))
        return Sums((words, pairs), longest, self._before)

    def raises(self, norms: Sequence[str]) -> bool:
        """True when words make the score of blackmail no lower than it begins."""
        words = sum(map(self._rises.get, norms, repeat(0)))
        return words + sum(map(self._pair_rises.get, pairwise(norms), repeat(0))) >= self._start * len(norms)

    def steps(self, norms: Sequence[str]) -> list[Pair]:
        """What each word adds, alone and with the word before it."""
        return [
            _sum(self._words.get(pair[1], NOTHING), self._pairs.get(pair, NOTHING))
            for pair in pairwise(chain(("",), norms))
        ]

    def once(self, norms: Sequence[str], part: int, longest: int) -> int:
        """What words add up to when each, and each two neighbours, count once however often they are said."""
        start = 0 if part else self._start * (longest - len(norms))
        words = sum(sums.read(self._words.get(one, NOTHING))[part] for one in {*norms})
        return start + words + sum(sums.read(self._pairs.get(pair, NOTHING))[part] for pair in {*pairwise(norms)})


def _sum(one: bytes, other: bytes) -> Pair:
    (first, second), (third, fourth) = sums.read(one), sums.read(other)
    return first + third, second + fourth


class Row:
    """What one person said in a block of messages, as words, and how it is cut into pieces and messages."""

    def __init__(
        self,
        likeness: Likeness,
        limits: Limits,
        numbers: list[int],
        begins: list[int],
        traces: list[tuple[str, ...]],
    ) -> None:
        """`numbers` are the messages, `begins` the first piece of each and the one after the last.

        `traces` are the words of each piece; pieces that are in none of the messages come before them.
        """
        self.likeness, self.limits, self.numbers, self.begins = likeness, limits, numbers, begins
        self._traces = traces
        self.norms = list(chain.from_iterable(traces))
        self.sums = likeness.sums(self.norms, limits.window)
        opens = self.sums.reach(*limits.opens)
        self._may_be_alike = REACHED in opens
        # REACHED for each word where phrases are looked for: no other talk, or too few words to tell.
        self.opens = self._open_first(bytearray(opens))

    @cached_property
    def ends(self) -> list[int]:
        """The words up to the end of each piece."""
        return list(accumulate(map(len, self._traces)))

    def find_messages(self, first: int, last: int) -> list[int]:
        """The messages that lie, wholly or in part, between two pieces."""
        low = bisect_right(self.begins, first) - 1
        return self.numbers[max(0, low) : max(0, bisect_left(self.begins, last + 1))]

    def is_open(self, number: int, piece: int) -> bool:
        """True when a phrase that ends in this piece of a message counts by what the words add up to."""
        place = self._place(number, piece)
        first = self.ends[place - 1] if place else 0
        return self.opens.find(REACHED, max(0, min(first, self.ends[place] - 1)), self.ends[place]) >= 0

    def is_unlike(self, number: int, piece: int) -> bool:
        """True when what is said up to this piece of a message is quite other talk."""
        word = self.ends[self._place(number, piece)] - 1
        if word < 0 or self.sums.at(word, self.limits.window)[0] >= self.limits.unlike:
            return False
        return self._count_other(word) >= self.limits.unlike_telling

    def alike(self) -> dict[int, list[Alike]]:
        """The messages whose words became like those of blackmail, each with at most one sign of every score."""
        found: dict[int, list[Alike]] = {}
        if self._may_be_alike:
            high = self.sums.reach(self.limits.lowest)
            for name, bars in self.limits.bars.items():
                for number, sign in self._signs(PARTS[name], bars, high).items():
                    found.setdefault(number, []).append(sign)
        return found

    def _place(self, number: int, piece: int) -> int:
        """A message's piece, counted in the row."""
        return self.begins[bisect_left(self.numbers, number)] + piece

    def _open_first(self, opens: bytearray) -> bytes:
        """Opens somebody's first words, whatever they add up to; earlier messages like blackmail do not count."""
        left = self.limits.open_first
        begin = end = 0
        for place, after in pairwise(chain((0,) if self.begins[0] else (), self.begins)):
            if left <= 0:
                break
            end += sum(map(len, self._traces[place:after]))
            opened = min(left, end - begin)
            opens[begin : begin + opened] = bytes((REACHED,)) * opened
            if place < self.begins[0] or not self.likeness.raises(self.norms[begin:end]):
                left -= end - begin
            begin = end
        return bytes(opens)

    def _count_other(self, word: int) -> int:
        """How many of the words up to this one have a weight, leaving out earlier messages like blackmail."""
        window = self.limits.window
        begin = max(0, word + 1 - window)
        tells = [step[0] != 0 for step in self._steps(word, window)]
        left = sum(tells)
        for first, end in self._messages(begin):
            if end > word:
                break
            if self.likeness.raises(self.norms[first:end]):
                left -= sum(tells[max(0, first - begin) : end - begin])
        return left

    def _messages(self, word: int) -> Iterator[tuple[int, int]]:
        """Between which words each message stands, from the one on that a word is in."""
        message = max(0, bisect_right(self.begins, bisect_right(self.ends, word)) - 1)
        for place, after in pairwise(self.begins[message:]):
            yield self.ends[place - 1] if place else 0, self.ends[after - 1] if after else 0

    def _signs(self, part: int, bars: Sequence[Bar], high: bytes) -> dict[int, Alike]:
        """By message the sign of the highest bar that was reached, where it was reached first."""
        found: dict[int, Alike] = {}
        window = self.limits.window
        reached = [(word, self.sums.at(word, window)[part]) for word in compress(count(), high)]
        for bar in bars:
            for word, sum_ in reached:
                if sum_ < bar.least or self._steps(word, 1)[0][part] <= 0:
                    continue
                piece = bisect_right(self.ends, word)
                message = bisect_right(self.begins, piece) - 1
                if message < 0 or self.numbers[message] in found:
                    continue
                if self._is_sign(part, word, bar):
                    begin = self.begins[message]
                    first = bisect_right(self.ends, max(0, word + 1 - window))
                    found[self.numbers[message]] = Alike(bar.rule, max(first, begin) - begin, piece - begin)
        return found

    def _is_sign(self, part: int, word: int, bar: Bar) -> bool:
        """True when enough of the words tell, and when it is not the same few words over and over."""
        window = self.limits.window
        once = self.likeness.once(self.norms[max(0, word + 1 - window) : word + 1], part, window)
        return self._count_telling(part, word) >= bar.telling and once >= bar.least - self.limits.once

    def _count_telling(self, part: int, word: int) -> int:
        """How many of the words up to this one have a weight."""
        return sum(1 for step in self._steps(word, self.limits.window) if step[part])

    def _steps(self, word: int, window: int) -> list[Pair]:
        """What the last so many words up to this one add."""
        begin = max(0, word + 1 - window)
        before = max(0, begin - 1)  # one more, for the first one's pair
        return self.likeness.steps(self.norms[before : word + 1])[begin - before :]
