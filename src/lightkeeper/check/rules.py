"""The compiled rules in memory, as the engine asks for them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Any

from lightkeeper.check import sums
from lightkeeper.check.likeness import LEAD, THREAT, Bar, Likeness, Limits
from lightkeeper.check.spelling import deletions, jumble, slips, squeeze
from lightkeeper.core.finding import Stage

RULES_FILE = Path(__file__).with_name("rules.json")
COMMON, NEGATION = 1, 2  # the bits of every language's first two families
SHORTEST_SWAPPED = 5  # letters of a word that is known with two letters swapped
SHORTEST_SLIP = 6  # the same, without one letter inside or with one twice
_SHORT_AND_FREE = frozenset(("i", "a", "u", "r"))


@dataclass(frozen=True, slots=True)
class Rule:
    """One sign: where it stands in the script, how much it weighs, and who has to say it."""

    name: str
    stage: Stage
    weight: float
    by: str  # "other", "me" or "anyone"
    flag: str | None
    why: str
    lowered_by: frozenset[str]

    @property
    def always(self) -> bool:
        """True when it counts whatever the words around it add up to: help is urgent, or the child may say it."""
        return self.flag is not None or self.by != "other"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say a sign in one language: families in order, each with the widest gap before it."""

    number: int
    rule: int
    language: int
    negated: bool  # True when it may also stand under a "not"
    places: tuple[tuple[int, int], ...]  # (bit of the family, gap)
    needs: int  # all bits of its families
    guards: tuple[int, ...]  # its rarest places, the rarest first


@dataclass(frozen=True, slots=True)
class Context:
    """Talk that makes a sign mean less: a game, a sale, a joke, a lesson, what somebody else said."""

    name: str
    factor: float
    strong_factor: float  # for signs that weigh so much that a joke does not excuse them
    reach: int  # how many messages before this one may set it


class Rules:
    """All knowledge of one `rules.json`, indexed. Built once; never changed afterwards."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.fold: dict[str, str] = {**data["fold"], **data["signs"]}
        self.signs = frozenset(data["signs"].values())
        self.silent = frozenset(data["silent"])
        self.leet: dict[str, str] = data["leet"]
        self.script: dict[str, Any] = data["script"]
        self.languages = tuple(language["code"] for language in data["languages"])
        self.rules = tuple(_read_rule(one) for one in data["rules"])
        self.likeness = Likeness((one["likeness"] for one in data["languages"]), data["likeness"]["start"])
        self.limits = _read_limits(data)
        self.phrases: list[Phrase] = []
        self.words: dict[str, dict[int, int]] = {}  # of each known word, its families' bits by language
        self.strings: dict[str, list[tuple[tuple[str, ...], int, int]]] = {}
        self.ordinary: set[str] = set()
        self.keys: set[str] = set()  # words that are known with one letter wrong, and joined to another
        self.near: dict[str, list[str]] = {}
        self.squeezed: dict[str, str] = {}
        self.jumbled: dict[str, list[str]] = {}  # known words by their letters
        self.slips: dict[str, tuple[str, ...]] = {}  # long known words by what is left without one letter
        for number, language in enumerate(data["languages"]):
            self._add_words(number, language)
            self._add_phrases(number, language)
        self._add_numbers()
        self.contexts = tuple(
            Context(one["name"], one["factor"], one["strong_factor"], one["reach"]) for one in data["contexts"]
        )
        self.telling = _index_contexts(data)
        self._add_disguises(data["languages"])

    def knows(self, word: str) -> bool:
        return word in self.words

    def is_key(self, word: str) -> bool:
        """True for a word that some phrase asks for and that harmless talk is not full of."""
        meaning = self.words.get(word)
        return meaning is not None and not any(bits & COMMON for bits in meaning.values())

    def count_uses(self, word: str) -> int:
        """How many families a word has, in the language where it has most."""
        return max(bits.bit_count() for bits in self.words[word].values())

    def joins(self, left: str, right: str) -> bool:
        """True for two known words, one of them a key word, that somebody may have written as one."""
        return left in self.words and right in self.words and (left in self.keys or right in self.keys)

    def is_spellable(self, word: str) -> bool:
        return word in _SHORT_AND_FREE or (len(word) >= 2 and word in self.words)

    def find_contexts(self, norms: Sequence[str]) -> set[tuple[int, str]]:
        """The contexts that a message's words set, each with the language of the words."""
        return {
            (language, name)
            for place, norm in enumerate(norms)
            for rest, language, name in self.telling.get(norm, ())
            if tuple(norms[place + 1 : place + 1 + len(rest)]) == rest
        }

    def _add_words(self, number: int, language: Mapping[str, Any]) -> None:
        for word, families in language["words"].items():
            bits = sum(1 << family for family in families)
            self.words.setdefault(word, {})[number] = bits
        for string, families in language["strings"].items():
            first, *rest = string.split(" ")
            bits = sum(1 << family for family in families)
            self.strings.setdefault(first, []).append((tuple(rest), number, bits))
            for word in (first, *rest):
                self.words.setdefault(word, {}).setdefault(number, 0)

    def _add_phrases(self, number: int, language: Mapping[str, Any]) -> None:
        for rule, negated, guards, places in language["phrases"]:
            bits = tuple((1 << family, gap) for family, gap in places)
            needs = reduce(or_, (bit for bit, _ in bits))
            phrase = Phrase(len(self.phrases), rule, number, bool(negated), bits, needs, tuple(guards))
            self.phrases.append(phrase)

    def _add_numbers(self) -> None:
        """A number that is a word too ("2" for "to", "1" for "i") is still a number."""
        self._add_meaning("1", self.words.get("i", {}))
        number = self.words.get("#", {})
        for word in [word for word in self.words if word.isdigit()]:
            self._add_meaning(word, number)

    def _add_meaning(self, word: str, meaning: Mapping[int, int]) -> None:
        """Gives a word the families of another, but not what that one says of the language."""
        own = self.words.setdefault(word, {})
        for language, bits in meaning.items():
            own[language] = own.get(language, 0) | bits & ~COMMON

    def _add_disguises(self, languages: list[dict[str, Any]]) -> None:
        """Indexes the words by their spelling without doubled letters, and key words by one letter less."""
        for first, told in self.telling.items():
            self.ordinary.update((first, *(word for rest, _, _ in told for word in rest)))
        for language in languages:
            self.ordinary.update(language["ordinary"].split())
            for word in language["words"]:
                if len(word) < 3 or not word.isalpha() or not word.isascii():
                    continue
                squeezed = squeeze(word)
                if squeezed == word or squeezed not in self.words:
                    self.squeezed[squeezed] = min(word, self.squeezed.get(squeezed, word))
            self.keys.update(language["keys"].split())
        for word in sorted(self.words):
            if len(word) >= SHORTEST_SWAPPED and word.isalpha() and word.isascii():
                self.jumbled.setdefault(jumble(word), []).append(word)
            if len(word) >= SHORTEST_SLIP and word.isalpha() and word.isascii():
                for form in slips(word):
                    self.slips[form] = (*self.slips.get(form, ()), word)
        for key in sorted(self.keys):
            for form in {key, *deletions(key)}:
                self.near.setdefault(form, []).append(key)


def _read_rule(data: Mapping[str, Any]) -> Rule:
    return Rule(
        data["name"],
        Stage(data["stage"]),
        float(data["weight"]),
        data["by"],
        data["flag"],
        data["why"],
        frozenset(data["lowered_by"]),
    )


def _read_limits(data: Mapping[str, Any]) -> Limits:
    """What the learned scores mean. A sum is asked for without the bias, which every sum begins with."""
    limits = data["likeness"]
    biases, least = limits["biases"], limits["open"]
    told = [(number, rule["alike"]) for number, rule in enumerate(data["rules"]) if rule["alike"]]
    bars = {
        name: sorted(
            (Bar(one["bar"] - bias, number, one["telling"]) for number, one in told if one["score"] == name),
            reverse=True,
        )
        for name, bias in biases.items()
    }
    window = limits["window"]
    threat, lead = bars[THREAT][-1].least, bars[LEAD][-1].least
    return Limits(
        window=window,
        bars=bars,
        lowest=sums.Bar(window, threat, lead),
        opens=(
            # Words that are a sign are open.
            sums.Bar(window, min(least["threat"], threat), min(least["lead"], lead)),
            sums.Bar(least["near_window"], least["near"]),
        ),
        open_first=least["first"],
        once=limits["once"],
        unlike=limits["unlike"] - biases[THREAT],
        unlike_telling=limits["telling"],
        unlike_factor=limits["factor"],
        unlike_strong=limits["strong_factor"],
    )


def _index_contexts(data: Mapping[str, Any]) -> dict[str, list[tuple[tuple[str, ...], int, str]]]:
    """By the first word of what sets a context: the words that have to follow, their language, the context."""
    found: dict[str, list[tuple[tuple[str, ...], int, str]]] = {}
    for number, language in enumerate(data["languages"]):
        for context, said in zip(data["contexts"], language["contexts"], strict=True):
            for text in said:
                first, *rest = text.split(" ")
                found.setdefault(first, []).append((tuple(rest), number, context["name"]))
    return found


@cache
def load_rules() -> Rules:
    """The rules that come with the package."""
    return Rules(json.loads(RULES_FILE.read_text("utf-8")))
