"""Bech32 against keys that the age library itself wrote, and against a vector of BIP 173."""

import pytest
from pyrage import x25519

from lightkeeper.report.bech32 import LETTERS, encode


def decode(text: str) -> bytes:
    """The other direction, only needed here."""
    values = [LETTERS.index(letter) for letter in text.rpartition("1")[2][:-6]]
    bits = "".join(f"{value:05b}" for value in values)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) // 8 * 8, 8))


@pytest.mark.parametrize("_", range(20))
def test_writes_a_key_just_as_the_library_does(_: int) -> None:
    written = str(x25519.Identity.generate())
    assert encode("age-secret-key-", decode(written.lower())).upper() == written


def test_the_checksum_of_a_known_string_holds() -> None:
    known = "a12uel5l"  # BIP 173: prefix "a", no data
    assert encode("a", b"") == known
