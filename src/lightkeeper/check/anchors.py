"""Where to look for phrases: beside the rarest of their words, and only where the next rarest stands near it.

Harmless talk is full of the words that phrases are made of, but hardly ever has all the words of one phrase
near to each other. So a row of words is searched in steps, each of which lets a few per cent through: words
that are some phrase's rarest (*anchors*), anchors with a second rare word near, all words in reach, all in
order. What is left is read closely. Nothing that holds a phrase is ever passed over.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, count
from typing import NamedTuple

from lightkeeper.check.index import Bag, Chain, Index, Step, String
from lightkeeper.check.rules import Rules


class Spot(NamedTuple):
    """A phrase that may stand in a row, and between which two words it then ends."""

    phrase: int
    first: int
    last: int


class Anchors:
    """The phrases of some rules, by their anchors. What belongs to an anchor is put together when it is met."""

    def __init__(self, rules: Rules) -> None:
        self._index = Index(rules)
        self._words = self._index.anchors
        self._met: dict[str, Anchor] = {}

    def phrases(self, norms: list[str]) -> set[int]:
        """The numbers of all phrases that may stand in a row of words."""
        return {spot.phrase for spot in self.spots(norms)}

    def spots(self, norms: list[str]) -> Iterator[Spot]:
        """All phrases that may stand in a row of words, with the places where they may end."""
        met = self._met
        for place in compress(count(), map(self._words.__contains__, norms)):
            anchor = met.get(norms[place]) or self._meet(norms[place])
            first = place - anchor.before if place > anchor.before else 0
            after = norms[place + 1 : place + anchor.after + 1]
            seconds = anchor.seconds
            if not seconds.isdisjoint(after) or not seconds.isdisjoint(norms[first:place]) or anchor.alone:
                yield from self._look(norms, place, anchor, seconds.intersection(norms[first:place] + after))

    def _look(self, norms: list[str], place: int, anchor: "Anchor", seconds: Iterable[str]) -> Iterator[Spot]:
        first = max(0, place - anchor.far_before)
        row = norms[first : place + anchor.far_after + 1]
        read: dict[int, Sequence[int]] = {}  # the row's families, by language
        for second in seconds:
            for bag in anchor.pairs.get(second) or anchor.pair(second):
                for words in bag.others:
                    if words.isdisjoint(row):
                        break
                else:
                    yield from self._follow(bag.chains, row, place - first, first, read)
        for bag in anchor.alone:
            yield from self._follow(bag.chains, row, place - first, first, read)

    def _follow(
        self, chains: Iterable[Chain], row: list[str], anchor: int, first: int, read: dict[int, Sequence[int]]
    ) -> Iterator[Spot]:
        """First by single words; then, if that holds, with strings of words taken as a whole."""
        for chain in chains:
            if _follow(chain, anchor, len(row), _by_words(row)):
                families = read.get(chain.language)
                if families is None:
                    read[chain.language] = families = self._index.read(row, chain.language)
                ends = _follow(chain, anchor, len(row), _by_families(families))
                if ends and families[anchor] & chain.bit:
                    yield Spot(chain.phrase, first + ends[0], first + ends[-1] + chain.rest)

    def _meet(self, word: str) -> "Anchor":
        self._met[word] = anchor = Anchor(self._index, word)
        return anchor


class Anchor:
    """What to look for near one word."""

    __slots__ = (
        *("_bags", "_index", "_told"),
        *("after", "alone", "before", "far_after", "far_before", "pairs", "seconds"),
    )

    def __init__(self, index: Index, word: str) -> None:
        self._index = index
        self.before = self.after = 0  # how far the second rare word of a phrase may be
        self.far_before = self.far_after = 0  # how far any of its words may be
        self.alone: list[Bag] = []  # phrases that are this word and no other
        self.pairs: dict[str, list[Bag]] = {}  # by each second word that was met
        self._bags: dict[tuple[int, int], list[Bag]] = defaultdict(list)  # by language and second family
        self._told: dict[str, list[Bag]] = defaultdict(list)  # by words that make a string with this one
        for language in range(index.languages):
            for family in index.own(word, language):
                self._add_family(language, family)
            for string, families in index.strings(word, language):
                self._add_string(language, string, families)
        words = (index.members(*second) for second in self._bags)
        self.seconds = frozenset(self._told).union(*words)

    def pair(self, second: str) -> list[Bag]:
        """The phrases that have this anchor and this second rare word."""
        bags = [*self._told.get(second, ())]
        for family, more in self._bags.items():
            if second in self._index.members(*family):
                bags += more
        self.pairs[second] = bags
        return bags

    def _add_family(self, language: int, family: int) -> None:
        for second, bag in self._index.bags(language, family):
            for chain in bag.chains:
                self.before, self.after = max(self.before, chain.near[0]), max(self.after, chain.near[1])
            self._widen(bag.chains, 0, 0)
            if bag.chains[0].before or bag.chains[0].after:
                self._bags[language, second].append(bag)
            else:
                self.alone.append(bag)

    def _add_string(self, language: int, string: String, families: Iterable[int]) -> None:
        apart = string.place - string.other
        self.before, self.after = max(self.before, apart), max(self.after, -apart)
        for family in families:
            for _, bag in self._index.bags(language, family):
                self._told[string.words[string.other]].append(bag)
                self._widen(bag.chains, string.place, len(string.words) - 1 - string.place)

    def _widen(self, chains: Iterable[Chain], before: int, after: int) -> None:
        for chain in chains:
            self.far_before = max(self.far_before, before + sum(step.reach for step in chain.before))
            self.far_after = max(self.far_after, after + sum(step.reach for step in chain.after) + chain.rest)


Holds = Callable[[int, Step], bool]


def _by_words(row: Sequence[str]) -> Holds:
    return lambda at, step: row[at] in step.words


def _by_families(families: Sequence[int]) -> Holds:
    return lambda at, step: families[at] & step.bit != 0


def _follow(chain: Chain, anchor: int, size: int, holds: Holds) -> list[int]:
    """Where a phrase may end that stands around an anchor in a row of so many words; nowhere when it cannot."""
    first = last = anchor
    for step in chain.before:
        places = [at for at in range(max(0, first - step.reach), last) if holds(at, step)]
        if not places:
            return places
        first, last = places[0], places[-1]
    places = [anchor]
    for step in chain.after:
        places = [at for at in range(places[0] + 1, min(places[-1] + step.reach + 1, size)) if holds(at, step)]
        if not places:
            break
    return places
