"""One language's compiled rules as a few short texts: a child on a slow line waits for every kilobyte of them.

`static/check/language.js` reads them again. Numbers are printable characters, words are what is new since the word
before, and whatever belongs to words stands in the order of the words, so that no word is written twice.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import gcd
from typing import Any

FIRST = 35  # the character of 0
SHORT, LONG = 60, 32  # numbers below SHORT are one character; LONG is what a digit of the others counts for
MOST_SHARED = 25  # letters that a word has in common with the one before it, as A to Z


def pack_language(language: Mapping[str, Any]) -> dict[str, Any]:
    """What a module of the page holds for one language."""
    words, strings, order = list(language["words"]), list(language["strings"]), _order_families(language)
    vocabulary = list_vocabulary(language)
    places = {word: place for place, word in enumerate(vocabulary)}
    known = len({*words, *_split(strings)})
    return {
        "code": language["code"],
        "words": pack_words(words),
        "families": _pack_families(language["words"].values(), order),
        "strings": pack_words(strings),
        "stringFamilies": _pack_families(language["strings"].values(), order),
        "strangers": pack_words(vocabulary[known:]),
        "phrases": _pack_phrases(language["phrases"], order),
        "likeness": {name: _pack_score(score, places) for name, score in language["likeness"].items()},
        "contexts": language["contexts"],
        "ordinary": language["ordinary"],
        "keys": language["keys"],
    }


def list_vocabulary(language: Mapping[str, Any]) -> list[str]:
    """The words in their order: those with a meaning, those of strings alone, and those that merely weigh."""
    scores = language["likeness"].values()
    weighed = (text for score in scores for kind in ("words", "pairs") for text in score[kind])
    found = dict.fromkeys((*language["words"], *_split(language["strings"])))
    return [*found, *sorted({*_split(weighed)} - found.keys())]


def pack_numbers(numbers: Iterable[int]) -> str:
    """Whole numbers from 0 on as printable characters; the usual ones are small and take one."""
    return "".join(map(_pack_number, numbers))


def pack_words(words: Iterable[str]) -> str:
    """Words in order: each a capital, which says how many letters of the last one it begins with, and the rest."""
    packed, last = [], ""
    for word in words:
        if re.search("[A-Z]", word):
            raise ValueError("a folded word has no capitals")
        shared = 0
        while shared < min(len(word), len(last), MOST_SHARED) and word[shared] == last[shared]:
            shared += 1
        packed.append(chr(ord("A") + shared) + word[shared:])
        last = word
    return "".join(packed)


def _pack_number(number: int) -> str:
    packed = ""
    while number >= SHORT:
        number, digit = divmod(number - SHORT, LONG)
        packed += chr(FIRST + SHORT + digit)
    return packed + chr(FIRST + number)


def _pack_row(numbers: Sequence[int]) -> str:
    """How many there are, then each that rises by what lies between it and the one before."""
    return pack_numbers((len(numbers), *(one - last - 1 for last, one in pairwise((-1, *sorted(numbers))))))


def _split(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in text.split(" ")]


def _order_families(language: Mapping[str, Any]) -> dict[int, int]:
    """New numbers for families: the first two stay, the others come in the order in which phrases name them."""
    named = (family for phrase in language["phrases"] for family, _ in phrase[3])
    rest = (family for kind in ("words", "strings") for own in language[kind].values() for family in own)
    return {family: number for number, family in enumerate(dict.fromkeys((0, 1, *named, *rest)))}


def _pack_families(rows: Iterable[Sequence[int]], order: Mapping[int, int]) -> str:
    return "".join(_pack_row([order[family] for family in row]) for row in rows)


def _pack_phrases(phrases: Sequence[Any], order: Mapping[int, int]) -> dict[str, str]:
    """Phrases in order of their signs: steps of the sign's number, shapes, families, gaps."""
    signs, shapes, families, gaps, last, named = [], [], [], [], 0, 2
    for sign, negated, guards, places in phrases:
        signs.append(sign - last)
        last = sign
        shapes += [2 * len(places) + negated, *guards]
        gaps += [gap for _, gap in places]
        for number in (order[family] for family, _ in places):
            families.append(named - number)  # 0 for one that was not named before
            named = max(named, number + 1)
    columns = {"signs": signs, "shapes": shapes, "families": families, "gaps": gaps}
    return {name: pack_numbers(numbers) for name, numbers in columns.items()}


def _pack_score(score: Mapping[str, Any], places: Mapping[str, int]) -> dict[str, Any]:
    """Weights in steps: of each word, and of each pair by its second word."""
    step = gcd(*score["words"].values(), *score["pairs"].values()) or 1
    words = [0] * len(places)
    pairs: list[dict[int, int]] = [{} for _ in places]
    for word, weight in score["words"].items():
        words[places[word]] = _fold_sign(weight // step)
    for pair, weight in score["pairs"].items():
        first, second = (places[word] for word in pair.split(" "))
        pairs[second][first] = _fold_sign(weight // step)
    return {
        "step": step,
        "words": pack_numbers(words),
        "pairs": "".join(_pack_row(sorted(one)) for one in pairs),
        "weights": pack_numbers(one[first] for one in pairs for first in sorted(one)),
    }


def _fold_sign(number: int) -> int:
    """0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …"""
    return 2 * number if number >= 0 else -2 * number - 1
