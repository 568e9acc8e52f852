"""Finds the phrases of the rules in a row of tokens. No regular expressions: time is bounded by design."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from lightkeeper.check.rules import COMMON, NEGATION, Phrase, Rules
from lightkeeper.check.tokens import Token

SHORTEST_SENTENCE = 4  # tokens; "Pay. Me. Now." is one sentence all the same


class Match(NamedTuple):
    """A phrase seen in a row of tokens, from the first of them to the one after its last."""

    rule: int
    first: int
    after: int


class Row(NamedTuple):
    """The tokens as one language knows them."""

    families: list[int]  # of each token, as bits
    stops: set[int]  # tokens that end a sentence
    strings: dict[int, list[tuple[int, int]]]  # at a token: (how many tokens, bits) of each string of words
    here: int  # the bits of all
    fresh: int  # the bits of those that end at or after `begin`


def find_phrases(rules: Rules, tokens: Sequence[Token], begin: int, wanted: Iterable[int]) -> list[Match]:
    """Each rule that one of the wanted phrases shows in the tokens and that ends at or after `begin`, once,
    leftmost and then shortest.
    """
    rows: dict[int, Row] = {}
    best: dict[int, Match] = {}
    for number in wanted:
        phrase = rules.phrases[number]
        row = rows.get(phrase.language)
        if row is None:
            row = rows[phrase.language] = read_row(tokens, phrase.language, begin)
        if phrase.needs & ~row.here or not phrase.needs & row.fresh:
            continue
        match = _match(phrase, row, begin)
        if match is None or (phrase.rule in best and best[phrase.rule] <= match):
            continue
        spoken = find_languages(len(rules.languages), tokens[: match.after])
        if not spoken or phrase.language in spoken:
            best[phrase.rule] = match
    return sorted(best.values())


def read_row(tokens: Sequence[Token], language: int, begin: int) -> Row:
    """The families of each token in one language, and the strings of words that begin at it."""
    families = [token.meaning.get(language, 0) for token in tokens]
    here, fresh = reduce(or_, families, 0), reduce(or_, families[begin:], 0)
    strings: dict[int, list[tuple[int, int]]] = {}
    stops: set[int] = set()
    began = 0
    for place, token in enumerate(tokens):
        if token.stop:
            if place - began >= SHORTEST_SENTENCE - 1:
                stops.add(place)
            began = place + 1
        if token.strings and place + 1 < len(tokens):
            for rest, known, bits in token.strings:
                if rest[0] == tokens[place + 1].norm and known == language and _follows(tokens, place + 1, rest):
                    strings.setdefault(place, []).append((1 + len(rest), bits))
                    here |= bits
                    if place + 1 + len(rest) > begin:
                        fresh |= bits
    return Row(families, stops, strings, here, fresh)


def _follows(tokens: Sequence[Token], place: int, rest: tuple[str, ...]) -> bool:
    if place + len(rest) > len(tokens):
        return False
    return all(tokens[place + step].norm == word for step, word in enumerate(rest))


def _match(phrase: Phrase, row: Row, begin: int) -> Match | None:
    """The leftmost and then shortest place where the phrase stands and ends at or after `begin`."""
    families, strings = row.families, row.strings
    first_bit = phrase.places[0][0]
    for start, bits in enumerate(families):
        if not (bits & first_bit or start in strings):
            continue
        if not phrase.negated and start and families[start - 1] & NEGATION and start - 1 not in row.stops:
            continue
        ends = _step(start, first_bit, row)
        for bit, gap in phrase.places[1:]:
            ends = {after for end in ends for after in _reach(end, bit, gap, phrase.negated, row)}
            if not ends:
                break
        else:
            after = min((end for end in ends if end > begin), default=None)
            if after is not None:
                return Match(phrase.rule, start, after)
    return None


def _step(place: int, bit: int, row: Row) -> set[int]:
    """Where a family that begins at this token may end."""
    ends = {place + 1} if row.families[place] & bit else set()
    if place in row.strings:
        ends.update(place + length for length, bits in row.strings[place] if bits & bit)
    return ends


def _reach(end: int, bit: int, gap: int, negated: bool, row: Row) -> set[int]:
    """Where the next family may end, when at most `gap` tokens, none of them a "not", come between."""
    found: set[int] = set()
    families = row.families
    for place in range(end, min(end + gap + 1, len(families))):
        if place - 1 in row.stops:
            break
        if families[place] & bit or place in row.strings:
            found |= _step(place, bit, row)
        if families[place] & NEGATION and not negated:
            break
    return found


def find_languages(languages: int, tokens: Sequence[Token]) -> tuple[int, ...]:
    """The languages that these tokens may be written in: those with at least half as many of their most
    common words here as the language that has most. Empty when there are none, so that any may be meant.
    """
    counts = [0] * languages
    for token in tokens:
        for language, bits in token.meaning.items():
            if bits & COMMON and token.norm != "#":
                counts[language] += 1
    most = max(counts, default=0)
    return tuple(place for place, count in enumerate(counts) if 2 * count >= most) if most else ()
