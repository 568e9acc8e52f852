"""How far a person's last words are like those of blackmail, or of what leads up to it, whatever phrase they make.

Phrases hold what can be said in advance; what is only hinted at they do not reach. Here every word, and every
two neighbours, weigh a little for or against. The weights were learned from made-up talk
(`bench/check/learn.py`), are whole numbers, so that both engines add them up alike, and stand in `likeness.json`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, compress, count, islice, pairwise, repeat
from operator import add, attrgetter, sub
from typing import Any, NamedTuple

THREAT = "threat"  # the score of blackmail itself
LEAD = "lead"  # the score of what comes before it

Part = Callable[[complex], float]

# A word's two weights are one complex number, so that both scores are added up in one go.
PARTS: dict[str, Part] = {THREAT: attrgetter("real"), LEAD: attrgetter("imag")}


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
    near_window: int
    bars: Mapping[str, Sequence[Bar]]  # by score, the highest first
    open_telling: int  # so many words with a weight have to come before any is not open
    open_threat: int
    open_lead: int
    open_near: int
    unlike: int
    unlike_telling: int
    unlike_factor: float  # what is left of a sign in quite other talk
    unlike_strong: float  # and of a strong one


class Likeness:
    """What each word, and each two neighbours, weigh in both scores, in hundredths of a logit."""

    def __init__(self) -> None:
        self._words: dict[str, complex] = {}
        self._pairs: dict[tuple[str, ...], complex] = {}

    def learn(self, scores: Mapping[str, Any]) -> None:
        """Add the weights of one language's words, and of its pairs of neighbours."""
        for name, unit in ((THREAT, 1 + 0j), (LEAD, 1j)):
            for word, weight in scores[name]["words"].items():
                self._words[word] = self._words.get(word, 0j) + unit * weight
            for text, weight in scores[name]["pairs"].items():
                pair = tuple(text.split(" "))
                self._pairs[pair] = self._pairs.get(pair, 0j) + unit * weight

    def once(self, norms: Sequence[str]) -> complex:
        """What words add up to when each, and each two neighbours, count once however often they are said."""
        words = sum(self._words.get(one, 0j) for one in {*norms})
        return words + sum(self._pairs.get(pair, 0j) for pair in {*pairwise(norms)})

    def steps(self, norms: Sequence[str]) -> list[complex]:
        """What each word adds, alone and with the word before it."""
        words = map(self._words.get, norms, repeat(0j))
        pairs = map(self._pairs.get, zip(chain(("",), norms), norms, strict=False), repeat(0j))
        return list(map(add, words, pairs))


class Row:
    """What one person said in a block of messages, as words, and how it is cut into pieces and messages.

    `numbers` are its messages, `begins` each one's first piece, `ends` the words up to the end of each piece.
    """

    __slots__ = ("begins", "ends", "likeness", "limits", "norms", "numbers", "opens", "steps", "sums")

    def __init__(
        self,
        likeness: Likeness,
        limits: Limits,
        numbers: list[int],
        begins: list[int],
        ends: list[int],
        norms: list[str],
    ) -> None:
        self.likeness, self.limits = likeness, limits
        self.numbers, self.begins, self.ends, self.norms = numbers, begins, ends, norms
        self.steps = steps = likeness.steps(norms)  # what each word adds
        totals = list(accumulate(steps))
        self.sums = list(map(sub, totals, chain(repeat(0j, limits.window), totals)))
        self.opens = self._find_open(map(sub, totals, chain(repeat(0j, limits.near_window), totals)))

    def _find_open(self, nears: Iterator[complex]) -> bytes:
        """A 1 for each word where phrases are looked for: no other talk, or too few words to tell."""
        threat, lead, least = self.limits.open_threat, self.limits.open_lead, self.limits.open_near
        opens = bytes(
            [
                sum_.real >= threat or near.real >= least or sum_.imag >= lead
                for sum_, near in zip(self.sums, nears, strict=False)
            ]
        )
        telling = (number for number, step in enumerate(self.steps) if step.real)
        begun = next(islice(telling, self.limits.open_telling - 1, None), len(self.steps))
        return b"\1" * begun + opens[begun:]

    def is_open(self, number: int, piece: int) -> bool:
        """True when a phrase that ends in this piece of a message counts by what the words add up to."""
        place = self._place(number, piece)
        first = self.ends[place - 1] if place else 0
        return self.opens.find(1, max(0, min(first, self.ends[place] - 1)), self.ends[place]) >= 0

    def is_unlike(self, number: int, piece: int) -> bool:
        """True when what is said up to this piece of a message is quite other talk."""
        word = self.ends[self._place(number, piece)] - 1
        if word < 0 or self.sums[word].real >= self.limits.unlike:
            return False
        return self._count_telling(PARTS[THREAT], word) >= self.limits.unlike_telling

    def alike(self) -> dict[int, list[Alike]]:
        """The messages whose words became like those of blackmail, each with at most one sign of every score."""
        found: dict[int, list[Alike]] = {}
        if 1 in self.opens:
            for name, bars in self.limits.bars.items():
                for number, sign in self._signs(PARTS[name], bars).items():
                    found.setdefault(number, []).append(sign)
        return found

    def _place(self, number: int, piece: int) -> int:
        """A message's piece, counted in the row."""
        return self.begins[bisect_left(self.numbers, number)] + piece

    def _signs(self, part: Part, bars: Sequence[Bar]) -> dict[int, Alike]:
        """By message the sign of the highest bar that was reached, where it was reached first."""
        found: dict[int, Alike] = {}
        high = [word for word in compress(count(), self.opens) if part(self.sums[word]) >= bars[-1].least]
        for bar in bars if high else ():
            for word in high:
                if part(self.sums[word]) < bar.least or part(self.steps[word]) <= 0:
                    continue
                piece = bisect_right(self.ends, word)
                message = bisect_right(self.begins, piece) - 1
                if message < 0 or self.numbers[message] in found:
                    continue
                if self._is_sign(part, word, bar):
                    begin = self.begins[message]
                    first = bisect_right(self.ends, max(0, word + 1 - self.limits.window))
                    found[self.numbers[message]] = Alike(bar.rule, max(first, begin) - begin, piece - begin)
        return found

    def _is_sign(self, part: Part, word: int, bar: Bar) -> bool:
        """True when enough of the words tell, and when it is not the same few words over and over."""
        said = self.norms[max(0, word + 1 - self.limits.window) : word + 1]
        return self._count_telling(part, word) >= bar.telling and part(self.likeness.once(said)) >= bar.least

    def _count_telling(self, part: Part, word: int) -> int:
        """How many of the words up to this one have a weight."""
        return sum(1 for step in self.steps[max(0, word + 1 - self.limits.window) : word + 1] if part(step))
