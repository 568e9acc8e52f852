"""Words as they are meant: p1cs, p i c s, piiics, pіcs and pcis are all the one word that both know.

A *piece* is what stands between two spaces; it gives one or more *tokens*, each with its place in the
piece. What a piece gives never depends on its neighbours, so it is worked out once and remembered.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import compress, count
from typing import NamedTuple

from lightkeeper.check.anchors import Anchors
from lightkeeper.check.rules import SHORTEST_SLIP, Rules
from lightkeeper.check.spelling import deletions, has_run, is_swap, is_typo, jumble, squeeze, undouble, unstretch
from lightkeeper.check.traces import LONE_TRACES, MOST_REMEMBERED, Traces

LONGEST_PIECE = 64  # characters; a longer piece is a link, a key or noise, and is cut into its plain segments
LONGEST_WORD = 24
SHORTEST_UNKNOWN = 4  # letters in a row that are one word, even one that we do not know
_NUMBER_AND_UNIT = re.compile(r"([0-9]+)([a-z]+)")
_ASCII = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")

NOTHING: dict[int, int] = {}


class Token(NamedTuple):
    """One word: how the rules spell it, where it stands in its piece, and what it means where."""

    norm: str
    start: int
    end: int
    meaning: dict[int, int]  # by language, the bits of the word's families
    strings: tuple[tuple[tuple[str, ...], int, int], ...] = ()  # what follows it in strings of words
    stop: bool = False  # a full stop, question or exclamation mark follows it


_CLOSING = "\"')]}*_~”’»"
_STOPS = (".", "!", "?", "…")


class Tokens(dict[str, tuple[Token, ...]]):
    """Turns pieces into tokens by one set of rules, and remembers those seen before.

    `traces` says of each piece no more than which known words it holds, and `anchors` where these make
    phrases: that is all that most talk is ever asked.
    """

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self.rules = rules
        self.traces = Traces(rules, self._norms, self.undisguise_word)
        self.anchors = Anchors(rules)
        self._letter: dict[str, str | None] = {}

    def __missing__(self, piece: str) -> tuple[Token, ...]:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        tokens = self.read(piece)
        if tokens and piece.rstrip(_CLOSING)[-1:] in _STOPS:
            tokens = (*tokens[:-1], tokens[-1]._replace(stop=True))
        self[piece] = tokens
        return tokens

    def find_lone(self, pieces: Iterable[str]) -> Iterator[int]:
        """Where a letter stands that is hardly a word by itself: perhaps a part of a word written with spaces."""
        return compress(count(), map(LONE_TRACES.__contains__, map(self.traces.__getitem__, pieces)))

    def letter(self, piece: str) -> str | None:
        """The one letter that a piece is or stands for, or None."""
        if len(piece) > 3:
            return None
        if piece not in self._letter:
            if len(self._letter) >= MOST_REMEMBERED:
                self._letter.clear()
            self._letter[piece] = self._find_letter(piece)
        return self._letter[piece]

    def _find_letter(self, piece: str) -> str | None:
        letters = [letter for letter, _ in self._letters(piece) if letter in _ASCII or letter in self.rules.leet]
        letters = [one for one in letters if one not in _MARKS] or letters
        if len(letters) != 1:
            return None
        return self.rules.leet[letters[0]][0] if letters[0] in self.rules.leet else letters[0]

    def read(self, piece: str) -> tuple[Token, ...]:
        """The tokens of one piece, in order."""
        letters = self._letters(piece)
        segments = self._segments(letters)
        cut = "*" in piece or (len(segments) > 2 and all(len(one) == 1 for one in segments))
        if len(piece) <= LONGEST_PIECE and (cut or not self._all_known(segments)):
            disguised = self._undisguise(letters)
            if disguised is not None:
                return (disguised,)
        return tuple(token for segment in segments for token in self._segment(segment))

    def _letters(self, piece: str) -> list[tuple[str, int]]:
        """Each character as it is meant, with its place; one look-alike may mean two letters."""
        rules = self.rules
        found: list[tuple[str, int]] = []
        for place, character in enumerate(piece):
            if character in _ASCII:
                found.append((character, place))
            elif character not in rules.silent:
                found.extend((one, place) for one in rules.fold.get(character, character))
        return found

    def _segments(self, letters: list[tuple[str, int]]) -> list[list[tuple[str, int]]]:
        segments: list[list[tuple[str, int]]] = []
        open_segment = False
        for letter, place in letters:
            if letter in _ASCII:
                if not open_segment:
                    segments.append([])
                segments[-1].append((letter, place))
                open_segment = True
                continue
            open_segment = False
            if letter in self.rules.signs:
                segments.append([(letter, place)])
        return segments

    def _all_known(self, segments: list[list[tuple[str, int]]]) -> bool:
        return all(self.rules.knows("".join(letter for letter, _ in one)) for one in segments)

    def _undisguise(self, letters: list[tuple[str, int]]) -> Token | None:
        """The one word that a piece of letters, digits and marks stands for, or None."""
        leet = self.rules.leet
        places = [place for place, (one, _) in enumerate(letters) if one in _ASCII]
        if not places or not any(letters[place][0].isalpha() for place in places):
            return None
        first, last = places[0], places[-1]
        while first and letters[first - 1][0] in leet:
            first -= 1
        inner = letters[first : last + 1]
        stars = any(one == "*" for one, _ in inner)
        for choice in (0, -1):
            word = "".join(
                one if one.isalpha() and one in _ASCII else leet[one][choice]
                for one, _ in inner
                if one in _ASCII or one in leet
            )
            meant = self._meant(word, stars) if len(word) <= LONGEST_WORD else None
            if meant is not None:
                return self.token(meant, inner[0][1], inner[-1][1] + 1)
        return None

    def _meant(self, word: str, stars: bool) -> str | None:
        rules = self.rules
        if stars and (hidden := self._typo(word, hidden=True)) is not None:
            return hidden
        if word in rules.words:
            return word if len(word) >= 2 else None
        return self._unstretched(word)

    def _norms(self, piece: str) -> tuple[str, ...]:
        return tuple(token.norm for token in self.read(piece))

    def undisguise_word(self, word: str) -> tuple[str, ...]:
        """What an unknown word of letters alone stands for: a known word, two of them, or itself."""
        if len(word) > LONGEST_WORD:
            return (word,)
        meant = self._meant(word, stars=False) or self._whole(word)
        return (meant,) if meant is not None else self._cut(word) or (word,)

    def _segment(self, segment: list[tuple[str, int]]) -> list[Token]:
        word = "".join(letter for letter, _ in segment)
        start, end = segment[0][1], segment[-1][1] + 1
        if self.rules.knows(word) or len(word) > LONGEST_WORD:
            return [self.token(word, start, end)]
        if word.isdigit():
            return [self.token("#", start, end)]
        unit = _NUMBER_AND_UNIT.fullmatch(word)
        if unit and self.rules.knows(unit[2]):
            middle = segment[len(unit[1])][1]
            return [self.token("#", start, middle), self.token(unit[2], middle, end)]
        meant = self._whole(word)
        if meant is not None:
            return [self.token(meant, start, end)]
        return self._glued(word, segment) or [self.token(word, start, end)]

    def _whole(self, word: str) -> str | None:
        if word in self.rules.ordinary:
            return None
        return self._unstretched(word) or self._typo(word) or self._swapped(word) or self._slipped(word)

    def _unstretched(self, word: str) -> str | None:
        """`pleeease` and `alllll` as the word that is said most of those that these may be."""
        if not has_run(word):
            return None
        known = [one for one in unstretch(word) if len(one) > 1 and one in self.rules.words]
        return max(known, key=self.rules.count_uses, default=None) or self.rules.squeezed.get(squeeze(word))

    def _swapped(self, word: str) -> str | None:
        """Any known word that is not short, with two letters swapped that stand together."""
        near = self.rules.jumbled.get(jumble(word), ())
        return next((one for one in near if is_swap(word, one)), None)

    def _slipped(self, word: str) -> str | None:
        """A long known word without one of the letters inside it, or with one of them twice."""
        rules = self.rules
        doubled = [one for one in undouble(word) if len(one) >= SHORTEST_SLIP and one in rules.words]
        near = {*rules.slips.get(word, ()), *doubled}
        return min(near, key=lambda known: (-rules.count_uses(known), known), default=None)

    def _typo(self, word: str, hidden: bool = False) -> str | None:
        """The first key word within one edit: a letter more, less, other, or two swapped."""
        rules = self.rules
        if len(word) < 3 or word in rules.ordinary:
            return None
        forms = [word, *deletions(word)]
        if rules.near.keys().isdisjoint(forms):
            return None
        near = {key for form in forms for key in rules.near.get(form, ())}
        return min((key for key in near if is_typo(word, key, hidden)), default=None)

    def _glued(self, word: str, segment: list[tuple[str, int]]) -> list[Token]:
        parts = self._cut(word)
        if not parts:
            return []
        middle = segment[len(parts[0])][1]
        return [
            self.token(parts[0], segment[0][1], middle),
            self.token(parts[1], middle, segment[-1][1] + 1),
        ]

    def _cut(self, word: str) -> tuple[str, ...]:
        """`sendpics` as `send` and `pics`: two known words, one of them a key word, without a space."""
        if not 6 <= len(word) <= LONGEST_WORD:
            return ()
        known = self.rules.words
        for cut in range(len(word) - 2, 1, -1):
            if word[:cut] in known and word[cut:] in known and self.rules.joins(word[:cut], word[cut:]):
                return word[:cut], word[cut:]
        return ()

    def token(self, norm: str, start: int, end: int) -> Token:
        return Token(
            norm, start, end, self.rules.words.get(norm, NOTHING), tuple(self.rules.strings.get(norm, ()))
        )

    def spelled(self, letters: str) -> list[str] | None:
        """Words that letters written one by one spell out, the fewest that do; one word where we know none.

        None for a few letters that make no word: these are letters.
        """
        best: list[list[str] | None] = [[]]
        for end in range(1, len(letters) + 1):
            ways = (
                [*before, letters[start:end]]
                for start in range(max(0, end - LONGEST_WORD), end)
                if (before := best[start]) is not None and self.rules.is_spellable(letters[start:end])
            )
            best.append(min(ways, key=len, default=None))
        words = best[-1]
        if words and any(len(word) > 3 or (len(word) > 2 and self.rules.is_key(word)) for word in words):
            return words
        return [letters] if SHORTEST_UNKNOWN <= len(letters) <= LONGEST_WORD else None


_MARKS = frozenset("!(+|")  # these stand beside a letter more often than for one
