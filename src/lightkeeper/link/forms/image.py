"""Image hashes (PDQ, 256 bits as 64 hexadecimal signs). Lightkeeper never sees the picture itself."""

import re

BITS = 256
NEAR = 31  # bits that may differ; the threshold that PDQ's authors give for "the same picture"
_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
FEWEST_SET, FEWEST_BYTES = 64, 12


def image_form(value: str) -> int | None:
    """The hash as a number, or None when it is no PDQ hash or too plain to tell pictures apart."""
    text = value.strip().lower()
    if not _HEX.fullmatch(text):
        return None
    number = int(text, 16)
    return None if is_degenerate(number) else number


def is_degenerate(number: int) -> bool:
    """A blank or striped picture: PDQ sets about half of the bits; few of them, or few patterns, mean nothing."""
    plain = not FEWEST_SET <= number.bit_count() <= BITS - FEWEST_SET
    return plain or len(set(number.to_bytes(32, "big"))) < FEWEST_BYTES


def distance(a: int, b: int) -> int:
    """How many of the 256 bits differ."""
    return (a ^ b).bit_count()
