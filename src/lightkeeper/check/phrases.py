"""Finds the phrases of the rules in a row of tokens. No regular expressions: time is bounded by design."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lightkeeper.check.rules import COMMON, NEGATION, Phrase, Rules
from lightkeeper.check.tokens import Meaning


class Word(NamedTuple):
    """A token in its place: which message, and where in that message's text."""

    norm: str
    meaning: Meaning
    message: int
    start: int
    end: int


class Match(NamedTuple):
    """A phrase seen in a row of words, from the first of its words to the one after its last."""

    rule: int
    first: int
    after: int


Row = list[int]  # the families of each word, as bits, in one language
Strings = dict[int, list[tuple[int, int]]]  # at a word: (how many words, bits) of each known word string


def find_phrases(rules: Rules, words: Sequence[Word], begin: int, wanted: Iterable[int]) -> list[Match]:
    """Each rule that one of the wanted phrases shows in the words and that ends at or after `begin`, once,
    leftmost and then shortest.
    """
    rows: dict[int, tuple[Row, Strings, int, int]] = {}
    spoken = find_languages(rules, words) if len(rules.languages) > 1 else ()
    best: dict[int, Match] = {}
    for number in wanted:
        phrase = rules.phrases[number]
        if spoken and phrase.language not in spoken:
            continue
        if phrase.language not in rows:
            rows[phrase.language] = _row(rules, words, phrase.language, begin)
        row, strings, here, fresh = rows[phrase.language]
        if phrase.needs & ~here or not phrase.needs & fresh:
            continue
        match = _match(phrase, row, strings, begin)
        if match is not None and (phrase.rule not in best or match < best[phrase.rule]):
            best[phrase.rule] = match
    return sorted(best.values())


def _row(rules: Rules, words: Sequence[Word], language: int, begin: int) -> tuple[Row, Strings, int, int]:
    """The families of each word in one language, the word strings, and all bits (of the words from `begin`)."""
    row = [0] * len(words)
    strings: Strings = {}
    here = fresh = 0
    for place, word in enumerate(words):
        for known, bits in word.meaning:
            if known == language:
                row[place] = bits
                here |= bits
                if place >= begin:
                    fresh |= bits
        for rest, known, bits in rules.strings.get(word.norm, ()):
            after = place + 1 + len(rest)
            if known == language and all(
                place + 1 + step < len(words) and words[place + 1 + step].norm == part
                for step, part in enumerate(rest)
            ):
                strings.setdefault(place, []).append((1 + len(rest), bits))
                here |= bits
                if after > begin:
                    fresh |= bits
    return row, strings, here, fresh


def _match(phrase: Phrase, row: Row, strings: Strings, begin: int) -> Match | None:
    """The leftmost and then shortest place where the phrase stands and ends at or after `begin`."""
    first_bit = phrase.places[0][0]
    for start in range(len(row)):
        if not (row[start] & first_bit or start in strings):
            continue
        if not phrase.negated and start and row[start - 1] & NEGATION:
            continue
        ends = _step(start, first_bit, row, strings)
        for bit, gap in phrase.places[1:]:
            ends = {after for end in ends for after in _reach(end, bit, gap, phrase.negated, row, strings)}
            if not ends:
                break
        else:
            after = min((end for end in ends if end > begin), default=None)
            if after is not None:
                return Match(phrase.rule, start, after)
    return None


def _step(place: int, bit: int, row: Row, strings: Strings) -> set[int]:
    """Where a family that begins at this word may end."""
    ends = {place + 1} if row[place] & bit else set()
    ends.update(place + length for length, bits in strings.get(place, ()) if bits & bit)
    return ends


def _reach(end: int, bit: int, gap: int, negated: bool, row: Row, strings: Strings) -> set[int]:
    """Where the next family may end, when at most `gap` words, none of them a "not", come between."""
    found: set[int] = set()
    for place in range(end, min(end + gap + 1, len(row))):
        found |= _step(place, bit, row, strings)
        if row[place] & NEGATION and not negated:
            break
    return found


def find_languages(rules: Rules, words: Sequence[Word]) -> tuple[int, ...]:
    """The languages that these words may be written in: those with at least half as many of their most
    common words here as the language that has most. Empty when there are none, so that any may be meant.
    """
    counts = [0] * len(rules.languages)
    for word in words:
        for language, bits in word.meaning:
            if bits & COMMON and word.norm != "#":
                counts[language] += 1
    most = max(counts, default=0)
    return tuple(place for place, count in enumerate(counts) if 2 * count >= most) if most else ()
