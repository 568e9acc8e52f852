"""Where to look for phrases: beside the rarest of their words, and only where the next rarest stands near it.

Harmless talk is full of the words that phrases are made of, but hardly ever has all the words of one phrase
near to each other. So a row of words is searched in steps, each of which lets a few per cent through: words
that are some phrase's rarest (*anchors*), anchors with a second rare word near, all words in reach, all in
order. What is left is read closely. Nothing that holds a phrase is ever passed over.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, reduce
from itertools import chain, compress
from operator import or_
from typing import NamedTuple

from lightkeeper.check.index import Bag, Chain, Index, String, Vocabulary, split_bits
from lightkeeper.check.rules import Rules
from lightkeeper.check.sums import REACHED


class Spot(NamedTuple):
    """A phrase that may stand in a row, and between which two words it then ends."""

    phrase: int
    first: int
    last: int


class Anchors:
    """The phrases of some rules: those that always count, and those that do where words are open."""

    def __init__(self, rules: Rules) -> None:
        vocabulary = Vocabulary(rules)
        self._always, self._others = (
            Places(Index(vocabulary, (one for one in rules.phrases if rules.rules[one.rule].always is kind)))
            for kind in (True, False)
        )

    def phrases(self, norms: list[str]) -> set[int]:
        """The numbers of all phrases that may stand in a row of words."""
        return {spot.phrase for spot in chain(self._always.spots(norms), self._others.spots(norms))}

    def spots(self, norms: list[str], opens: bytes, longest: int) -> Iterator[Spot]:
        """The phrases that always count, and those that may end near a word that is open.

        A piece has at most `longest` words, and one of them that is open opens all.
        """
        yield from self._always.spots(norms)
        for spot in self._others.spots(norms, opens, longest):
            if opens.find(REACHED, spot.first, spot.last + longest) >= 0:
                yield spot


class Places:
    """Where phrases may stand, by their anchors. What belongs to an anchor is put together when it is met."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._words = index.anchors
        self._met: dict[str, Anchor] = {}

    def spots(self, norms: list[str], opens: bytes | None = None, longest: int = 1) -> Iterator[Spot]:
        """All phrases that may stand in a row of words, with the places where they may end."""
        met, is_anchor = self._met, self._words.__contains__
        all_words = (range(len(norms)),)
        for words in all_words if opens is None else _find_near(opens, self._index.farthest + longest - 1):
            for place in compress(words, map(is_anchor, norms[words.start : words.stop])):
                anchor = met.get(norms[place]) or self._meet(norms[place])
                least = 0 if opens is None else opens.find(REACHED, place) - longest + 1 - place
                if least > anchor.reach:
                    continue
                first = place - anchor.before if place > anchor.before else 0
                after = norms[place + 1 : place + anchor.after + 1]
                seconds = anchor.seconds
                if not seconds.isdisjoint(after) or not seconds.isdisjoint(norms[first:place]) or anchor.alone:
                    near = seconds.intersection(norms[first:place] + after)
                    yield from self._look(norms, place, anchor, near, least)

    def _look(
        self, norms: list[str], place: int, anchor: "Anchor", seconds: Iterable[str], least: int
    ) -> Iterator[Spot]:
        """The phrases around an anchor that may end at least so many words after it."""
        vocabulary = self._index.vocabulary
        rows: dict[int, Around] = {}
        for bag in chain(anchor.alone, *(anchor.pairs.get(one) or anchor.pair(one) for one in seconds)):
            if bag.after < least:
                continue
            around = rows.get(bag.language)
            if around is None:
                before, after = anchor.far[bag.language]
                first = place - before if place > before else 0
                row = norms[first : place + after + 1]
                around = rows[bag.language] = Around(vocabulary, bag.language, first, row)
            if bag.needs & around.missing:
                continue
            at = place - around.first
            for one in bag.chains:
                if _follow(one, at, around.skimmed) and (ends := _follow(one, at, around.families)):
                    yield Spot(one.phrase, around.first + ends[0], around.first + ends[-1] + one.rest)

    def _meet(self, word: str) -> "Anchor":
        self._met[word] = anchor = Anchor(self._index, word)
        return anchor


def _find_near(opens: bytes, reach: int) -> Iterator[range]:
    """The words from which an open one is within reach, in stretches."""
    begin = opens.find(REACHED)
    while begin >= 0:
        end = begin
        after = begin
        while 0 <= after <= end + reach:
            closed = opens.find(0, after)
            end = closed if closed >= 0 else len(opens)
            after = opens.find(REACHED, end)
        yield range(max(0, begin - reach), end)
        begin = after


class Around:
    """The words around an anchor as one language knows them."""

    def __init__(self, vocabulary: Vocabulary, language: int, first: int, norms: list[str]) -> None:
        self._vocabulary, self._language, self._norms = vocabulary, language, norms
        self.first = first
        self.skimmed = vocabulary.skim(norms, language)  # what each word may be
        self.missing = ~reduce(or_, self.skimmed)  # and what none is

    @cached_property
    def families(self) -> list[int]:
        """What each word is."""
        return self._vocabulary.read(self._norms, self._language)


class Anchor:
    """What to look for near one word."""

    __slots__ = ("_bags", "_index", "_told", "after", "alone", "before", "far", "pairs", "reach", "seconds")

    def __init__(self, index: Index, word: str) -> None:
        self._index = index
        self.before = self.after = 0  # how far the second rare word of a phrase may be
        self.reach = 0  # how far after it a phrase may end
        self.far: dict[int, tuple[int, int]] = {}  # by language: how far any word of a phrase may be
        self.alone: list[Bag] = []  # phrases that are this word and no other
        self.pairs: dict[str, list[Bag]] = {}  # by each second word that was met
        self._bags: dict[tuple[int, int], list[Bag]] = defaultdict(list)  # by language and second family
        self._told: dict[str, list[Bag]] = defaultdict(list)  # by words that make a string with this one
        vocabulary = index.vocabulary
        for language in range(vocabulary.languages):
            for family in vocabulary.own(word, language):
                self._add_family(language, family)
            for string in vocabulary.strings(word, language):
                self._add_string(language, string)
        words = (vocabulary.members(*second) for second in self._bags)
        self.seconds = frozenset(self._told).union(*words)

    def pair(self, second: str) -> list[Bag]:
        """The phrases that have this anchor and this second rare word."""
        bags = [*self._told.get(second, ())]
        for family, more in self._bags.items():
            if second in self._index.vocabulary.members(*family):
                bags += more
        self.pairs[second] = bags
        return bags

    def _add_family(self, language: int, family: int) -> None:
        for second, bag in self._index.bags(language, family):
            for one in bag.chains:
                self.before, self.after = max(self.before, one.near[0]), max(self.after, one.near[1])
            self._widen(bag)
            if bag.chains[0].before or bag.chains[0].after:
                self._bags[language, second].append(bag)
            else:
                self.alone.append(bag)

    def _add_string(self, language: int, string: String) -> None:
        apart = string.place - string.other
        for family in split_bits(string.bits):
            for _, bag in self._index.bags(language, family):
                wide = bag.widen(string.place, len(string.words) - 1 - string.place)
                self.before, self.after = max(self.before, apart), max(self.after, -apart)
                self._told[string.words[string.other]].append(wide)
                self._widen(wide)

    def _widen(self, bag: Bag) -> None:
        before, after = self.far.get(bag.language, (0, 0))
        self.far[bag.language] = max(before, bag.before), max(after, bag.after)
        self.reach = max(self.reach, bag.after)


def _follow(chain: Chain, anchor: int, families: Sequence[int]) -> Sequence[int]:
    """Where a phrase may end that stands around an anchor in a row of words' families; nowhere when it cannot."""
    if not families[anchor] & chain.bit:
        return ()
    first = last = anchor
    for bit, reach in chain.before:
        places = [at for at in range(max(0, first - reach), last) if families[at] & bit]
        if not places:
            return ()
        first, last = places[0], places[-1]
    places = [anchor]
    for bit, reach in chain.after:
        end = min(places[-1] + reach + 1, len(families))
        places = [at for at in range(places[0] + 1, end) if families[at] & bit]
        if not places:
            return ()
    return places
