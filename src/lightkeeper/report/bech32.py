"""Bech32 (BIP 173), the writing of an age key: only what turns 32 bytes into `AGE-SECRET-KEY-1...`."""

LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """Write bytes under a lower-case prefix, with the six check letters of BIP 173."""
    values = five_bits(data)
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = polymod([*spread, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    tail = [(check >> 5 * (5 - place)) & 31 for place in range(6)]
    return prefix + "1" + "".join(LETTERS[value] for value in [*values, *tail])


def five_bits(data: bytes) -> list[int]:
    """Bytes as groups of five bits, the last one filled with zeros."""
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    return [int(bits[start : start + 5], 2) for start in range(0, len(bits), 5)]


def polymod(values: list[int]) -> int:
    """The checksum of BIP 173 over groups of five bits."""
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, part in enumerate(GENERATOR):
            if top >> place & 1:
                check ^= part
    return check
