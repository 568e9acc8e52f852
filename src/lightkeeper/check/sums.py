"""Adds up the last words of a row at each of its words, all of them at once.

Each word adds two whole numbers. Written as fields of a few bytes side by side, those of a whole row are one
large integer: added to itself, moved by one word, it holds the sums of any two neighbours; that, moved by two, of
any four; and so on. One more number, added to all fields, lets the highest bit of each say which reach a bar.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import NamedTuple

Pair = tuple[int, int]

WIDTH = 3  # bytes of a field
STRIDE = 2 * WIDTH  # bytes of a word
MOST = 1 << 12  # numbers are nearer to zero than this; it is added to each, so that none is below zero
TOP = 1 << (8 * WIDTH - 1)  # the highest bit of a field
REACHED = 1 << 7  # the same bit, in the last byte of the field
LONGEST = TOP // (4 * MOST)  # numbers that a field has room to add up, and to compare
ROOM = 512  # words; constants are made for rows of whole multiples of this,
LARGE = 1 << 15  # and kept for those that are not larger


class Bar(NamedTuple):
    """What the last so many words have to add up to, in the first number or the second; None: whatever they do."""

    window: int
    first: int | None
    second: int | None = None


def write(pair: Sequence[int]) -> bytes:
    """What a word adds, as `Sums` reads it. ValueError where a number is too large."""
    if not all(-MOST < one < MOST for one in pair):
        raise ValueError(f"A word can add less than {MOST}, and no more.")
    return b"".join((one + MOST).to_bytes(WIDTH, "little") for one in pair)


def read(written: bytes, most: int = MOST) -> Pair:
    """The numbers that were written; `most` is what was added to each."""
    return int.from_bytes(written[:WIDTH], "little") - most, int.from_bytes(written[WIDTH:], "little") - most


NOTHING = write((0, 0))


class Sums:
    """The sums of a row's last words, at every word."""

    __slots__ = ("_doubled", "_longest", "_parts", "_written", "words")

    def __init__(self, parts: Sequence[Iterable[bytes]], longest: int, before: bytes = NOTHING) -> None:
        """`parts` hold what each word adds, and it adds all of them; `longest` is the longest window to come.

        The first words have as many before them as all others, each of which adds `before`.
        ValueError where there would be too many numbers to add up.
        """
        if len(parts) * longest > LONGEST:
            raise ValueError(f"Only {LONGEST} numbers can be added up.")
        fill = chain((before,), repeat(NOTHING))
        rows = [b"".join(chain((one * longest,), part)) for one, part in zip(fill, parts, strict=False)]
        self._parts, self._longest = len(rows), longest
        self.words = len(rows[0]) // STRIDE - longest
        doubled = sum(int.from_bytes(row, "little") for row in rows)
        self._doubled = [doubled]  # the sums of 1, 2, 4, 8, ... words
        for power in range(longest.bit_length() - 1):
            doubled += doubled << (8 * STRIDE << power)
            self._doubled.append(doubled)
        self._written: dict[int, bytes] = {}  # by window: its sums, as they were asked for

    def reach(self, *bars: Bar) -> bytes:
        """A byte for each word: REACHED where any of the bars is, and 0 elsewhere."""
        words = self.words + self._longest
        room = -(-words // ROOM) * ROOM
        over = 0
        for bar in bars:
            over |= self._over(bar.window) + _lift(bar, self._parts, room)
        over &= _fields((TOP, TOP), room)
        over |= over >> 8 * WIDTH
        begin = self._longest * STRIDE
        return over.to_bytes(room * STRIDE, "little")[begin + WIDTH - 1 : words * STRIDE : STRIDE]

    def at(self, word: int, window: int) -> Pair:
        """What the last so many words up to this one add up to, in both numbers."""
        written = self._written.get(window)
        if written is None:
            over = self._over(window)
            written = self._written[window] = over.to_bytes(-(-over.bit_length() // 8) + STRIDE, "little")
        begin = (self._longest + word) * STRIDE
        return read(written[begin : begin + STRIDE], window * self._parts * MOST)

    def _over(self, window: int) -> int:
        """The sums of so many words, MOST too large for each number in them."""
        over = far = 0
        for power, doubled in enumerate(self._doubled):
            if window >> power & 1:
                over += doubled << (8 * STRIDE * far)
                far += 1 << power
        return over


def _lift(bar: Bar, parts: int, room: int) -> int:
    """What lifts sums to the highest bit of their field from the bar on."""
    added = bar.window * parts * MOST
    first, second = (0 if least is None else TOP - added - least for least in bar[1:])
    return _fields((first, second), room)


def _fields(pair: Pair, room: int) -> int:
    """The same two numbers for every word."""
    return _kept_fields(pair, room) if room <= LARGE else _kept_fields.__wrapped__(pair, room)


@lru_cache(64)
def _kept_fields(pair: Pair, room: int) -> int:
    return int.from_bytes(b"".join(one.to_bytes(WIDTH, "little") for one in pair) * room, "little")
