"""Payment handles by scheme: wallets, bank accounts, names on payment services."""

import hashlib
import re

from lightkeeper.link.forms.text import LONGEST_READ, plain_text, skeleton

_NAMED = {"paypal", "cashtag", "cashapp", "venmo", "revolut", "monzo", "wise", "zelle", "payid", "upi"}
_SAME_SCHEME = {"cashapp": "cashtag", "bitcoin": "btc", "ethereum": "eth", "bank": "iban"}
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def payment_form(value: str, scheme: str | None) -> str:
    """Scheme and account: "btc:bc1q…", "iban:DE89…", "cashtag:skeleton". Empty when nothing is left."""
    kind = scheme_name(scheme)
    bare = plain_text(value[:LONGEST_READ]).replace(" ", "")
    if kind in _NAMED:
        account = skeleton(bare.partition("@")[0] if kind == "paypal" else bare)
    elif kind == "btc" and not bare.startswith("bc1"):
        account = "".join(value[:LONGEST_READ].split())  # base 58 tells capitals from small letters
    else:
        account = "".join(sign for sign in bare if sign.isalnum())
    return f"{kind}:{account}" if account else ""


def scheme_name(scheme: str | None) -> str:
    plain = plain_text(scheme or "")
    return _SAME_SCHEME.get(plain, plain)


def is_named(scheme: str | None) -> bool:
    """Whether accounts of this scheme are names that people choose, and so are often handles as well."""
    return scheme_name(scheme) in _NAMED


def checks_out(form: str) -> bool | None:
    """Whether the checksum holds; None where the scheme has none. A slip of the pen fails it."""
    kind, _, account = form.partition(":")
    match kind:
        case "iban":
            return _iban_checks(account)
        case "btc":
            return _bech32_checks(account) if account.startswith("bc1") else _base58_checks(account)
        case "card":
            return _luhn_checks(account)
        case _:
            return None


def _iban_checks(account: str) -> bool:
    """ISO 13616: the first four signs to the end, letters as numbers, and the rest by 97 must be 1."""
    if not re.fullmatch(r"[a-z]{2}\d\d[a-z0-9]{10,30}", account):
        return False
    return int("".join(str(int(sign, 36)) for sign in account[4:] + account[:4])) % 97 == 1


def _luhn_checks(account: str) -> bool:
    if not (account.isascii() and account.isdigit()):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(account))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _base58_checks(account: str) -> bool:
    """Four bytes of a double SHA-256 stand at the end of an old-style bitcoin address."""
    if not 26 <= len(account) <= 35 or any(sign not in _BASE58 for sign in account):
        return False
    number = 0
    for sign in account:
        number = number * 58 + _BASE58.index(sign)
    raw = number.to_bytes(25, "big") if number < 256**25 else b""
    return bool(raw) and hashlib.sha256(hashlib.sha256(raw[:-4]).digest()).digest()[:4] == raw[-4:]


def _bech32_checks(account: str) -> bool:
    """BIP 173 and BIP 350: the checksum's remainder is 1 (bech32) or 0x2bc830a3 (bech32m)."""
    data = account[3:]
    if not 8 <= len(account) <= 90 or any(sign not in _BECH32 for sign in data):
        return False
    values = [3, 3, 0, 2, 3] + [_BECH32.index(sign) for sign in data]
    remainder = 1
    for value in values:
        top = remainder >> 25
        remainder = (remainder & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            remainder ^= generator if (top >> place) & 1 else 0
    return remainder in (1, 0x2BC830A3)
