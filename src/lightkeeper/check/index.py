"""All phrases of some rules by the words that they are looked for by. Built once; `anchors.py` asks it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import compress, count, repeat
from operator import or_
from typing import NamedTuple

from lightkeeper.check.rules import COMMON, Phrase, Rules


class Step(NamedTuple):
    """The next place of a phrase, away from its anchor: its family, and how far it may be."""

    bit: int
    reach: int


class Chain(NamedTuple):
    """One phrase as steps away from its anchor."""

    phrase: int
    language: int
    bit: int  # of the anchor's own family
    before: tuple[Step, ...]  # the nearest first
    after: tuple[Step, ...]
    rest: int  # words that may follow the telling word of its last place
    second: int  # the family of its second rarest place
    near: tuple[int, int]  # how far before and after the anchor that place may be


class Bag(NamedTuple):
    """Phrases made of the same families around the same anchor."""

    language: int
    needs: int  # the bits of all these families
    chains: list[Chain]
    before: int  # how far before the anchor, and after it, any of their words may be
    after: int

    def widen(self, before: int, after: int) -> "Bag":
        """The same phrases around an anchor that is a string of words, so many of them on either side."""
        return self._replace(before=self.before + before, after=self.after + after)


class String(NamedTuple):
    """Words that follow each other and mean something together, found by the most telling of them."""

    words: tuple[str, ...]
    place: int  # of the telling word among them
    bits: int

    @property
    def other(self) -> int:
        """The place of the longest of its other words."""
        return max((at for at in range(len(self.words)) if at != self.place), key=lambda at: len(self.words[at]))


class Vocabulary:
    """The words of some rules, and strings of them, by language and family."""

    def __init__(self, rules: Rules) -> None:
        languages = range(len(rules.languages))
        self.languages = len(rules.languages)
        self._words: list[dict[str, int]] = [{} for _ in languages]
        self._strings: list[dict[str, list[String]]] = [defaultdict(list) for _ in languages]
        self._longest: list[dict[int, int]] = [{} for _ in languages]  # words in a family's longest string
        self._add_words(rules)
        self.families = [
            {word: _families(word, known, strings) for word in {*known, *strings}}
            for known, strings in zip(self._words, self._strings, strict=True)
        ]
        self._shapes = [{word: _shapes(own) for word, own in strings.items()} for strings in self._strings]
        self._told = [
            {word: reduce(or_, (1 << one for one in own), 0) for word, own in families.items()}
            for families in self.families
        ]
        self._members = [_members(families) for families in self.families]

    def skim(self, norms: Sequence[str], language: int) -> list[int]:
        """The families of each word in a row, and of all strings that it may be the most telling word of."""
        return list(map(self._told[language].get, norms, repeat(0)))

    def read(self, norms: Sequence[str], language: int) -> list[int]:
        """The families of each word in a row; those of a string of words stand at the most telling of them."""
        shapes = self._shapes[language]
        families = list(map(self._words[language].get, norms, repeat(0)))
        for at in compress(count(), map(shapes.__contains__, norms)):
            for (place, length), strings in shapes[norms[at]].items():
                if at >= place:
                    families[at] |= strings.get(tuple(norms[at - place : at - place + length]), 0)
        return families

    def own(self, word: str, language: int) -> list[int]:
        """The families that a word belongs to by itself."""
        return split_bits(self._words[language].get(word, 0))

    def strings(self, word: str, language: int) -> Sequence[String]:
        """The strings that are found by a word."""
        return self._strings[language].get(word, ())

    def members(self, language: int, family: int) -> frozenset[str]:
        """The words of a family, and of each of its strings the most telling."""
        return self._members[language][family]

    def longest(self, language: int, family: int) -> int:
        """How many words the longest string of a family has; 1 where it has none."""
        return self._longest[language].get(family, 1)

    def _add_words(self, rules: Rules) -> None:
        for word, meaning in rules.words.items():
            for language, bits in meaning.items():
                if bits:
                    self._words[language][word] = bits
        for first, strings in rules.strings.items():
            for rest, language, bits in strings:
                self._add_string((first, *rest), language, bits)

    def _add_string(self, words: tuple[str, ...], language: int, bits: int) -> None:
        known, longest = self._words[language], self._longest[language]
        place = max(range(len(words)), key=lambda at: (not known.get(words[at], 0) & COMMON, len(words[at])))
        self._strings[language][words[place]].append(String(words, place, bits))
        for family in split_bits(bits):
            longest[family] = max(longest.get(family, 1), len(words))


class Index:
    """Phrases by the family that they are looked for by."""

    def __init__(self, vocabulary: Vocabulary, phrases: Iterable[Phrase]) -> None:
        self.vocabulary = vocabulary
        # By language, the anchor's family, and then the second and all others: the phrases.
        self._bags: list[dict[int, dict[tuple[int, ...], Bag]]] = [
            defaultdict(dict) for _ in range(vocabulary.languages)
        ]
        self.farthest = 0  # how far after its anchor a phrase may end
        for phrase in phrases:
            self._add(phrase)
        self.anchors = frozenset(self._find_anchors())

    def bags(self, language: int, family: int) -> Iterator[tuple[int, Bag]]:
        """The phrases that are looked for by a family, with the family of their second rarest place."""
        for (second, *_), bag in self._bags[language].get(family, {}).items():
            yield second, bag

    def _add(self, phrase: Phrase) -> None:
        first, *guards = phrase.guards
        families = [bit.bit_length() - 1 for bit, _ in phrase.places]
        second = families[guards[0]] if guards else families[first]
        others = dict.fromkeys(families[at] for at in (*guards, *range(len(families))))
        key = (second, *(one for one in others if one not in (second, families[first])))
        bags = self._bags[phrase.language][families[first]]
        chain = self._chain(phrase, families, guards[0] if guards else first)
        bag = bags.get(key) or Bag(phrase.language, phrase.needs, [], 0, 0)
        before = sum(step.reach for step in chain.before)
        after = sum(step.reach for step in chain.after) + chain.rest
        bags[key] = bag._replace(
            chains=[*bag.chains, chain], before=max(bag.before, before), after=max(bag.after, after)
        )
        # The anchor may be a string of words, and the first of them further before.
        self.farthest = max(self.farthest, after + self.vocabulary.longest(phrase.language, families[first]) - 1)

    def _chain(self, phrase: Phrase, families: list[int], second: int) -> Chain:
        first = phrase.guards[0]
        longest = [self.vocabulary.longest(phrase.language, family) for family in families]
        # The telling words of two strings may stand as far apart as both strings are long.
        reach = [gap + longest[at] + longest[at - 1] - 1 for at, (_, gap) in enumerate(phrase.places)]

        def step(at: int, far: int) -> Step:
            return Step(phrase.places[at][0], far)

        return Chain(
            phrase.number,
            phrase.language,
            phrase.places[first][0],
            tuple(step(at, reach[at + 1]) for at in range(first - 1, -1, -1)),
            tuple(step(at, reach[at]) for at in range(first + 1, len(families))),
            longest[-1] - 1,
            families[second],
            (sum(reach[second + 1 : first + 1]), sum(reach[first + 1 : second + 1])),
        )

    def _find_anchors(self) -> Iterator[str]:
        for known, bags in zip(self.vocabulary.families, self._bags, strict=True):
            for word, families in known.items():
                if not bags.keys().isdisjoint(families):
                    yield word


def split_bits(bits: int) -> list[int]:
    """The numbers of a number's bits that are set."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found


def _families(word: str, words: dict[str, int], strings: dict[str, list[String]]) -> frozenset[int]:
    return frozenset(split_bits(reduce(or_, (one.bits for one in strings.get(word, ())), words.get(word, 0))))


def _shapes(strings: list[String]) -> dict[tuple[int, int], dict[tuple[str, ...], int]]:
    """The bits of strings by the place of the telling word in them and by how many words they have."""
    found: dict[tuple[int, int], dict[tuple[str, ...], int]] = defaultdict(dict)
    for words, place, bits in strings:
        found[place, len(words)][words] = found[place, len(words)].get(words, 0) | bits
    return dict(found)


def _members(families: dict[str, frozenset[int]]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for word, own in families.items():
        for family in own:
            found[family].add(word)
    return {family: frozenset(words) for family, words in found.items()}
