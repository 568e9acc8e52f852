"""Which known words a piece of text holds: all that most talk is ever asked, so it is found out cheaply."""

import re
from collections.abc import Callable
from string import ascii_lowercase

from lightkeeper.check.rules import Rules

MOST_REMEMBERED = 100_000
LONGEST_PIECE = 64  # characters of a piece that is worth a quick look
LONE = frozenset("bcdefghjklmnopqstvwxyz")  # letters that are hardly a word by themselves: perhaps a part of one
LONE_TRACES = frozenset((letter,) for letter in LONE)
_LETTERS = {ord("'"): None, ord("’"): None} | {ord(one.upper()): one for one in ascii_lowercase}
_MARKS = ".,;:?-_~/\\\"'’“”«»…)]}[{&%#^<>="  # where the rules give them no meaning, they have none

Norms = Callable[[str], tuple[str, ...]]


class Traces(dict[str, tuple[str, ...]]):
    """The known words of each piece, worked out at its first appearance; "" stands for any other word.

    Most pieces are one plain word with marks around it. `undisguise` says what an unknown word of that
    kind stands for, and `read` takes every other piece apart as carefully as it deserves.
    """

    def __init__(self, rules: Rules, read: Norms, undisguise: Norms) -> None:
        super().__init__()
        self._known = rules.words
        self._read_closely, self._undisguise = read, undisguise
        self._plain = _plain_piece(rules)
        self._words: dict[str, tuple[str, ...]] = {}  # what unknown words stand for
        self._same: dict[tuple[str, ...], tuple[str, ...]] = {}  # one object for equal traces

    def __missing__(self, piece: str) -> tuple[str, ...]:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
            self._words.clear()
            self._same.clear()
        trace = self._read(piece)
        self[piece] = trace = self._same.setdefault(trace, trace)
        return trace

    def _read(self, piece: str) -> tuple[str, ...]:
        known = self._known
        plain = self._plain(piece) if len(piece) <= LONGEST_PIECE else None
        if plain is None:
            return tuple(one if one in known or one in LONE else "" for one in self._read_closely(piece))
        word = plain[1].translate(_LETTERS)
        if not word:
            return ()
        if word in known or word in LONE:
            return (word,)
        if word not in self._words:
            self._words[word] = tuple([one if one in known else "" for one in self._undisguise(word)])
        return self._words[word]


def _plain_piece(rules: Rules) -> Callable[[str], re.Match[str] | None]:
    """Finds the word of a piece that is letters alone between marks without a meaning."""
    told = {*rules.leet, *rules.fold, *rules.signs, "*"}
    marks = "".join(re.escape(mark) for mark in _MARKS if mark not in told)
    return re.compile(f"[{marks}]*([A-Za-z'’]+)[{marks}!]*").fullmatch
