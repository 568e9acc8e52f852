"""The normal forms of plain ASCII values, hashed in one sweep: the compiled twins of `link/forms`.

Each gives its hash and whether it could be said here; what could not is ODD and is made by `link/keys`.
"""

import re

import numpy as np

from lightkeeper.link.arrays.compiled import Bools, compiled
from lightkeeper.link.arrays.signs import (
    BASIS,
    LOWER,
    PLAIN,
    PRIME,
    SMALL,
    Bytes,
    Hashes,
    hash_texts,
    names_in_a_row,
    place_among,
    stirred,
)
from lightkeeper.link.forms.handle import SHORTEST_STEM, public_handles
from lightkeeper.link.forms.phone import COUNTRY
from lightkeeper.link.keys import SHORTEST_HANDLE

NOTHING, FOUND, ODD = range(3)
LONGEST = 200  # bytes of a value that is read here
_AT, _DOT, _PLUS, _SPACE, _SLASH, _COLON, _ZERO, _NINE = b"@.+ /:09"
_PUBLIC = np.sort(hash_texts(sorted(public_handles())))
_IN_BOX = np.array([bool(re.fullmatch("[a-z0-9._%+-]", chr(b).lower())) and b < 128 for b in range(256)])
_IN_HOST = np.array([bool(re.fullmatch("[a-z0-9-]", chr(b).lower())) and b < 128 for b in range(256)])
_SPACING = np.array([chr(b) in " -./()" for b in range(256)])


def _countries(digits: int) -> Bools:
    """Which beginnings of so many digits are those of a country, by the pattern of `forms.phone`."""
    return np.array([bool(re.fullmatch(COUNTRY, f"{n:0{digits}}")) for n in range(10**digits)])


_TWO, _THREE, _FOUR = _countries(2), _countries(3), _countries(4)
_FEWEST_MORE, _MOST_MORE = 5, 12  # digits behind the country's
_PAYPAL, _CASHTAG, _IBAN, _BTC = range(4)
_SCHEMES, _SCHEME_START = names_in_a_row("paypal", "cashtag", "iban", "btc")
_SEGWIT = np.frombuffer(b"bc1", np.uint8)
_HEX = np.array([int(chr(b), 16) if chr(b) in "0123456789abcdefABCDEF" else -1 for b in range(256)], np.int8)
_GOOGLE = np.frombuffer(b"googlemail.com", np.uint8)


@compiled
def is_public(hashed: np.uint64) -> bool:
    place = np.searchsorted(_PUBLIC, hashed)
    return bool(place < len(_PUBLIC) and _PUBLIC[place] == hashed)


@compiled
def handle_hashes(data: Bytes, start: int, end: int) -> tuple[int, np.uint64, int, np.uint64]:
    """A handle's skeleton and its stem."""
    hashed = stem = BASIS
    length = letters = 0
    for place in range(start, end):
        sign = data[place]
        if sign == _SLASH:
            return ODD, hashed, ODD, stem
        if PLAIN[sign]:
            hashed = (hashed ^ np.uint64(PLAIN[sign])) * PRIME
            length += 1
            if not _ZERO <= sign <= _NINE:
                stem, letters = hashed, length
    hashed, stem = stirred(hashed), stirred(stem)
    if length < SHORTEST_HANDLE or is_public(hashed):
        return NOTHING, hashed, NOTHING, stem
    return FOUND, hashed, FOUND if letters >= SHORTEST_STEM and not is_public(stem) else NOTHING, stem


@compiled
def name_hash(data: Bytes, start: int, end: int) -> tuple[int, np.uint64]:
    """The words of a name in lower case, one space between them."""
    hashed, length, gap = BASIS, 0, False
    for place in range(start, end):
        sign = LOWER[data[place]]
        if sign:
            if gap and length:
                hashed = (hashed ^ np.uint64(_SPACE)) * PRIME
            hashed = (hashed ^ np.uint64(sign)) * PRIME
            length, gap = length + 1, False
        else:
            gap = True
    return FOUND if length else NOTHING, stirred(hashed)


@compiled
def phone_hash(data: Bytes, start: int, end: int) -> tuple[int, np.uint64]:
    """A number with its country's code, however it is spaced; any other is for the library to read."""
    hashed, digits, began, zeros = BASIS, 0, False, 0
    number = np.int64(0)
    two = three = four = False
    for place in range(start, end):
        sign = data[place]
        if _SPACING[sign]:
            continue
        if not began and sign == _PLUS and not zeros:
            began = True
        elif not began and sign == _ZERO and zeros < 2:
            zeros += 1
            began = zeros == 2
        elif began and _ZERO <= sign <= _NINE:
            if digits == 0:
                hashed = (hashed ^ np.uint64(_PLUS)) * PRIME
            hashed = (hashed ^ np.uint64(sign)) * PRIME
            digits += 1
            if digits <= 4:
                number = number * 10 + np.int64(sign - _ZERO)
                two |= digits == 2 and _TWO[number]
                three |= digits == 3 and _THREE[number]
                four |= digits == 4 and _FOUR[number]
        else:
            return ODD, hashed
    known = two and _FEWEST_MORE <= digits - 2 <= _MOST_MORE
    known |= three and _FEWEST_MORE <= digits - 3 <= _MOST_MORE
    known |= four and _FEWEST_MORE <= digits - 4 <= _MOST_MORE
    return FOUND if known else ODD, stirred(hashed)


@compiled
def mail_hashes(data: Bytes, start: int, end: int) -> tuple[int, np.uint64, int, np.uint64]:
    """A mailbox without dots and a plus-part, and the stem of what stands before the @."""
    hashed = skeleton = stem = BASIS
    length = letters = signs = 0
    place, more = start, True
    while place < end and _IN_BOX[data[place]]:
        sign = data[place]
        more = more and sign != _PLUS
        if more and sign != _DOT:
            hashed = (hashed ^ np.uint64(SMALL[sign])) * PRIME
            length += 1
            if PLAIN[sign]:
                skeleton = (skeleton ^ np.uint64(PLAIN[sign])) * PRIME
                signs += 1
                if not _ZERO <= sign <= _NINE:
                    stem, letters = skeleton, signs
        place += 1
    if place == start or place >= end or data[place] != _AT or not _is_host(data, place + 1, end):
        return ODD, hashed, ODD, stem
    while place < end:
        hashed = (hashed ^ np.uint64(SMALL[data[place]])) * PRIME
        place += 1
    if not length or is_public(stirred(skeleton)):
        return NOTHING, hashed, NOTHING, stem
    stem = stirred(stem)
    return FOUND, stirred(hashed), FOUND if letters >= SHORTEST_STEM and not is_public(stem) else NOTHING, stem


@compiled
def _is_host(data: Bytes, start: int, end: int) -> bool:
    """Labels with dots between them, two at least, and not a host that has another name."""
    label, dots = 0, 0
    google = end - start == len(_GOOGLE)
    for place in range(start, end):
        sign = data[place]
        google = google and SMALL[sign] == _GOOGLE[place - start]
        if _IN_HOST[sign]:
            label += 1
        elif sign == _DOT and label:
            label, dots = 0, dots + 1
        else:
            return False
    return label > 0 and dots > 0 and not google


@compiled
def payment_hash(data: Bytes, start: int, end: int, scheme: int, scheme_end: int) -> tuple[int, np.uint64]:
    """Scheme and account, for the four schemes that are met most."""
    which = place_among(data, scheme, scheme_end, _SCHEMES, _SCHEME_START, SMALL)
    if which < 0 or (which == _BTC and not _is_segwit(data, start, end)):
        return ODD, BASIS
    hashed, length = BASIS, 0
    for place in range(_SCHEME_START[which], _SCHEME_START[which + 1]):
        hashed = (hashed ^ np.uint64(_SCHEMES[place])) * PRIME
    hashed = (hashed ^ np.uint64(_COLON)) * PRIME
    for place in range(start, end):
        sign = data[place]
        if which == _PAYPAL and sign == _AT:
            return ODD, hashed
        kept = PLAIN[sign] if which <= _CASHTAG else LOWER[sign]
        if kept:
            hashed = (hashed ^ np.uint64(kept)) * PRIME
            length += 1
    return FOUND if length else NOTHING, stirred(hashed)


@compiled
def _is_segwit(data: Bytes, start: int, end: int) -> bool:
    """Whether a bitcoin address begins with bc1, in which case it does not matter."""
    met = 0
    for place in range(start, end):
        if data[place] != _SPACE:
            if SMALL[data[place]] != _SEGWIT[met]:
                return False
            met += 1
            if met == len(_SEGWIT):
                return True
    return False


@compiled
def read_picture(data: Bytes, start: int, picture: Hashes) -> bool:
    """Sixty-four hexadecimal signs as four numbers; False when others are among them."""
    for place in range(64):
        sign = data[start + place]
        digit = _HEX[sign]
        if digit < 0:
            return False
        picture[place >> 4] = (picture[place >> 4] << np.uint64(4)) | np.uint64(digit)
    return True
