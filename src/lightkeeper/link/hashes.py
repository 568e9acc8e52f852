"""Picture hashes as partners send them: 256-bit PDQ, never a picture.

Two hashes within 31 bits are taken to be the same picture (the setting that PDQ's authors recommend). A hash with
too little in it (a plain wall, a black screen, a gradient) is degenerate: it is near to many, so it never links.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from lightkeeper.core.errors import InvalidIdentifier

BITS = 256
SAME_PICTURE = 31  # bits that may differ
# PDQ sets a bit where a coefficient is above the median: half of them, unless the picture is nearly flat.
FEWEST_SET, MOST_SET = 96, 160
FEWEST_DIFFERENT_ROWS = 6  # of the 16 rows of 16 bits; stripes and gradients have fewer

Words = NDArray[np.uint64]  # shape (n, 4): one row a hash


def parse_hash(text: str) -> bytes:
    """The 32 bytes of a hash written as 64 hexadecimal digits. Raises InvalidIdentifier."""
    try:
        found = bytes.fromhex(text.strip())
    except ValueError:
        found = b""
    if len(found) != BITS // 8:
        raise InvalidIdentifier("a PDQ hash has 64 hexadecimal digits")
    return found


def is_degenerate(found: bytes) -> bool:
    """Whether a hash says too little about its picture to link anything."""
    rows = {found[at : at + 2] for at in range(0, 32, 2)}
    return not FEWEST_SET <= int.from_bytes(found).bit_count() <= MOST_SET or len(rows) < FEWEST_DIFFERENT_ROWS


def distance(one: bytes, other: bytes) -> int:
    """How many of the 256 bits differ."""
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def as_words(hashes: Iterable[bytes]) -> Words:
    """Hashes as rows of four 64-bit words, the form in which the index keeps them."""
    return np.frombuffer(b"".join(hashes), dtype="<u8").reshape(-1, 4)
