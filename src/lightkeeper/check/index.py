"""All phrases of some rules by the words that they are looked for by. Built once; `anchors.py` asks it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from lightkeeper.check.rules import COMMON, Phrase, Rules


class Step(NamedTuple):
    """The next place of a phrase, away from its anchor: its words, its family, and how far it may be."""

    words: frozenset[str]
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

    others: tuple[frozenset[str], ...]  # the words of each family but the anchor's and the second, rare ones first
    chains: list[Chain]


class String(NamedTuple):
    """Words that follow each other and mean something together, found by the most telling of them."""

    words: tuple[str, ...]
    place: int  # of the telling word among them
    bits: int

    @property
    def other(self) -> int:
        """The place of the longest of its other words."""
        return max((at for at in range(len(self.words)) if at != self.place), key=lambda at: len(self.words[at]))


class Index:
    """Families of words by language, and the phrases around each family that is looked for."""

    def __init__(self, rules: Rules) -> None:
        languages = range(len(rules.languages))
        self.languages = len(rules.languages)
        self._words: list[dict[str, int]] = [{} for _ in languages]
        self._strings: list[dict[str, list[String]]] = [defaultdict(list) for _ in languages]
        self._longest: list[dict[int, int]] = [{} for _ in languages]  # words in a family's longest string
        # By language, the anchor's family, and then the second and all others: the phrases.
        self._bags: list[dict[int, dict[tuple[int, ...], Bag]]] = [defaultdict(dict) for _ in languages]
        self._add_words(rules)
        self._families = [
            {word: _families(word, known, strings) for word in {*known, *strings}}
            for known, strings in zip(self._words, self._strings, strict=True)
        ]
        self._members = [_members(families) for families in self._families]
        for phrase in rules.phrases:
            self._add(phrase)
        self.anchors = frozenset(self._find_anchors())

    def read(self, norms: Sequence[str], language: int) -> list[int]:
        """The families of each word in a row; those of a string of words stand at the most telling of them."""
        known, strings = self._words[language], self._strings[language]
        families = [known.get(norm, 0) for norm in norms]
        for at, norm in enumerate(norms):
            for words, place, bits in strings.get(norm, ()):
                if at >= place and tuple(norms[at - place : at - place + len(words)]) == words:
                    families[at] |= bits
        return families

    def members(self, language: int, family: int) -> frozenset[str]:
        """The words of a family, and of each of its strings the most telling."""
        return self._members[language][family]

    def own(self, word: str, language: int) -> list[int]:
        """The families that phrases are looked for by and that a word belongs to by itself."""
        return [one for one in split_bits(self._words[language].get(word, 0)) if one in self._bags[language]]

    def strings(self, word: str, language: int) -> list[tuple[String, list[int]]]:
        """The strings that are found by a word, each with its families that phrases are looked for by."""
        strings = self._strings[language].get(word, ())
        found = [(one, [bit for bit in split_bits(one.bits) if bit in self._bags[language]]) for one in strings]
        return [(string, families) for string, families in found if families]

    def bags(self, language: int, family: int) -> Iterator[tuple[int, Bag]]:
        """The phrases that are looked for by a family, with the family of their second rarest place."""
        for (second, *_), bag in self._bags[language][family].items():
            yield second, bag

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

    def _add(self, phrase: Phrase) -> None:
        first, *guards = phrase.guards
        families = [bit.bit_length() - 1 for bit, _ in phrase.places]
        members = self._members[phrase.language]
        second = families[guards[0]] if guards else families[first]
        others = dict.fromkeys(families[at] for at in (*guards, *range(len(families))))
        key = (second, *(one for one in others if one not in (second, families[first])))
        bags = self._bags[phrase.language][families[first]]
        if key not in bags:
            bags[key] = Bag(tuple(members[one] for one in key[1:]), [])
        bags[key].chains.append(self._chain(phrase, families, guards[0] if guards else first))

    def _chain(self, phrase: Phrase, families: list[int], second: int) -> Chain:
        first = phrase.guards[0]
        members = self._members[phrase.language]
        longest = [self._longest[phrase.language].get(family, 1) for family in families]
        # The telling words of two strings may stand as far apart as both strings are long.
        reach = [gap + longest[at] + longest[at - 1] - 1 for at, (_, gap) in enumerate(phrase.places)]

        def step(at: int, far: int) -> Step:
            return Step(members[families[at]], phrase.places[at][0], far)

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
        for known, bags in zip(self._families, self._bags, strict=True):
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


def _members(families: dict[str, frozenset[int]]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for word, own in families.items():
        for family in own:
            found[family].add(word)
    return {family: frozenset(words) for family, words in found.items()}
