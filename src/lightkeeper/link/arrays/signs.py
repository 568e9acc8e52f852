"""Bytes and how they are hashed: the tables that the compiled readers share."""

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link.arrays.compiled import Longs, compiled
from lightkeeper.link.forms.text import LEET

Bytes = NDArray[np.uint8]
Hashes = NDArray[np.uint64]

ORDINARY, QUOTE, ESCAPE, HIGH, CONTROL = range(5)  # what a byte is within a JSON string
IN_STRING = np.array(
    [
        CONTROL if b < 32 else QUOTE if b == 34 else ESCAPE if b == 92 else HIGH if b > 126 else ORDINARY
        for b in range(256)
    ],
    np.uint8,
)
# A letter or digit in lower case, 0 for anything else; and the same with leetspeak undone.
LOWER = np.array([ord(chr(b).lower()) if b < 128 and chr(b).isalnum() else 0 for b in range(256)], np.uint8)
PLAIN = np.array([ord(chr(b).translate(LEET)) if b else 0 for b in LOWER.tolist()], np.uint8)

SMALL = np.array([ord(chr(b).lower()) if b < 128 else b for b in range(256)], np.uint8)  # letters in lower case
AS_WRITTEN = np.arange(256, dtype=np.uint8)

BASIS, PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)


@compiled
def stirred(x: np.uint64) -> np.uint64:
    """Spread what differs anywhere in a number over all of it."""
    x ^= x >> np.uint64(33)
    x *= np.uint64(0xFF51AFD7ED558CCD)
    x ^= x >> np.uint64(33)
    x *= np.uint64(0xC4CEB9FE1A85EC53)
    return x ^ (x >> np.uint64(33))


@compiled
def hash_each(data: Bytes, start: Longs) -> Hashes:
    """The hash of each text, which stands at data[start[i]:start[i + 1]]."""
    found = np.empty(len(start) - 1, np.uint64)
    for one in range(len(found)):
        hashed = BASIS
        for place in range(start[one], start[one + 1]):
            hashed = (hashed ^ np.uint64(data[place])) * PRIME
        found[one] = stirred(hashed)
    return found


def hash_texts(texts: list[str]) -> Hashes:
    """The same for texts at hand."""
    raw = [text.encode() for text in texts]
    start = np.concatenate([[0], np.cumsum([len(one) for one in raw], dtype=np.int64)]).astype(np.int64)
    return hash_each(np.frombuffer(b"".join(raw), np.uint8), start)


def names_in_a_row(*names: str) -> tuple[Bytes, Longs]:
    """Names one after the other, and where each begins."""
    joined = np.frombuffer("".join(names).encode(), np.uint8).copy()
    return joined, np.cumsum([0, *map(len, names)]).astype(np.int64)


@compiled
def place_among(data: Bytes, start: int, end: int, names: Bytes, starts: Longs, read: Bytes) -> int:
    """The place of a word among names, each of its signs read by a table; -1 for none of them."""
    for one in range(len(starts) - 1):
        first = starts[one]
        if starts[one + 1] - first == end - start:
            place = 0
            while place < end - start and read[data[start + place]] == names[first + place]:
                place += 1
            if place == end - start:
                return one
    return -1
