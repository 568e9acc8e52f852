"""Reading the lines that read plainly: JSON as it is nearly always written, in one sweep over the bytes.

What is not plain (an escape in a key, a field twice, a number of JSON's rarer forms) is not guessed at: the whole
line goes to `core.report`, which says what is wrong with it, if anything is.
"""

import numpy as np

from lightkeeper.link.arrays.compiled import Longs, compiled
from lightkeeper.link.arrays.signs import (
    AS_WRITTEN,
    ESCAPE,
    HIGH,
    IN_STRING,
    ORDINARY,
    QUOTE,
    Bytes,
    names_in_a_row,
    place_among,
)

ODD = -1
DEEPEST = 60
KIND, VALUE, VALUE_END, SCHEME, SCHEME_END, PLAINLY = range(6)  # columns of what is found of an identifier
LONGEST_ID, LONGEST_VALUE = 64, 20_000
_OTHER, _ID, _SUSPECT, _KIND, _VALUE, _PLATFORM, _SCHEME = range(7)
_FIELDS, _FIELD_START = names_in_a_row("id", "suspect", "kind", "value", "platform", "scheme")
_KINDS, _KIND_START = names_in_a_row(
    "handle", "display_name", "phone", "email", "payment", "url", "image_pdq", "script"
)


@compiled
def _past_space(data: Bytes, place: int, end: int) -> int:
    while place < end and (data[place] == 32 or data[place] == 9 or data[place] == 13):
        place += 1
    return place


@compiled
def _past_string(data: Bytes, place: int, end: int) -> tuple[int, bool]:
    """From the opening quote to behind the closing one; and whether every sign stands for itself."""
    plainly = True
    if place >= end or data[place] != 34:
        return ODD, False
    place += 1
    while place < end:
        what = IN_STRING[data[place]]
        if what == ORDINARY:
            place += 1
        elif what == QUOTE:
            return place + 1, plainly
        elif what == HIGH:
            plainly = False
            place += 1
        elif what == ESCAPE:
            plainly = False
            place = _past_escape(data, place + 1, end)
            if place < 0:
                return ODD, False
        else:
            return ODD, False
    return ODD, False


@compiled
def _past_escape(data: Bytes, place: int, end: int) -> int:
    if place >= end:
        return ODD
    sign = data[place]
    if sign == 117:  # u and four hexadecimal digits
        for each in range(place + 1, place + 5):
            if each >= end or not (48 <= data[each] <= 57 or 97 <= (data[each] | 32) <= 102):
                return ODD
        return place + 5
    for known in b'"\\/bfnrt':
        if sign == known:
            return place + 1
    return ODD


@compiled
def _past_key(data: Bytes, place: int, end: int) -> int:
    """Past a key and its colon."""
    place, _ = _past_string(data, _past_space(data, place, end), end)
    if place < 0:
        return ODD
    place = _past_space(data, place, end)
    return place + 1 if place < end and data[place] == 58 else ODD


@compiled
def _past_plain(data: Bytes, place: int, end: int) -> int:
    """Past true, false, null or a number."""
    for word in (b"true", b"false", b"null"):
        if end - place >= len(word):
            same = True
            for each in range(len(word)):
                same &= data[place + each] == word[each]
            if same:
                return place + len(word)
    if place < end and data[place] == 45:
        place += 1
    first = place
    while place < end and 48 <= data[place] <= 57:
        place += 1
    if place == first or (data[first] == 48 and place > first + 1):
        return ODD
    if place + 1 < end and data[place] == 46 and 48 <= data[place + 1] <= 57:
        place += 1
        while place < end and 48 <= data[place] <= 57:
            place += 1
    # What goes on in another way (an exponent) is met as something else than a comma, and the line is odd.
    return place


@compiled
def _past_value(data: Bytes, place: int, end: int) -> int:
    """Past one JSON value of any kind."""
    depth, objects = 0, np.uint64(0)  # a bit a level: whether it is an object
    while True:
        place = _past_space(data, place, end)
        if place >= end or depth > DEEPEST:
            return ODD
        sign, opened = data[place], False
        if sign == 34:
            place, _ = _past_string(data, place, end)
        elif sign == 123 or sign == 91:
            depth += 1
            objects = (objects << np.uint64(1)) | np.uint64(sign == 123)
            place = _past_space(data, place + 1, end)
            opened = place < end and data[place] != (125 if sign == 123 else 93)
            if opened and sign == 123:
                place = _past_key(data, place, end)
        else:
            place = _past_plain(data, place, end)
        if place >= 0 and not opened:
            place, depth, objects = _past_ends(data, place, end, depth, objects)
        if place < 0 or depth == 0:
            return place


@compiled
def _past_ends(data: Bytes, place: int, end: int, depth: int, objects: np.uint64) -> tuple[int, int, np.uint64]:
    """Past the closing signs behind a value and a comma; no depth is left when the outermost value has ended."""
    while depth:
        place, within = _past_space(data, place, end), objects & np.uint64(1)
        if place >= end:
            return ODD, depth, objects
        if data[place] == 44:
            return (_past_key(data, place + 1, end) if within else place + 1), depth, objects
        if data[place] != (125 if within else 93):
            return ODD, depth, objects
        depth, objects, place = depth - 1, objects >> np.uint64(1), place + 1
    return place, 0, objects


@compiled
def _field(data: Bytes, place: int, end: int) -> tuple[int, int]:
    """Which field comes, and the place of its value; the place is ODD when it cannot be said."""
    start = _past_space(data, place, end)
    after, plainly = _past_string(data, start, end)
    if after < 0 or not plainly:
        return 0, ODD
    place = _past_space(data, after, end)
    if place >= end or data[place] != 58:
        return 0, ODD
    return place_among(data, start + 1, after - 1, _FIELDS, _FIELD_START, AS_WRITTEN) + 1, _past_space(
        data, place + 1, end
    )


@compiled
def _next(data: Bytes, place: int, end: int, closing: int) -> tuple[int, bool]:
    """Past a comma or the closing sign; and whether it was the closing sign."""
    place = _past_space(data, place, end)
    if place >= end or (data[place] != 44 and data[place] != closing):
        return ODD, True
    return place + 1, data[place] == closing


@compiled
def _scan_identifier(data: Bytes, place: int, end: int, found: Longs) -> int:
    """Read {"kind", "value", "platform", "scheme"} into the columns of `found`; gives the place behind."""
    if place >= end or data[place] != 123:
        return ODD
    place, closed, seen = place + 1, False, 0
    found[SCHEME], found[SCHEME_END], found[PLAINLY] = 0, 0, 1
    while not closed:
        field, start = _field(data, place, end)
        if start < 0 or field < _KIND or seen & (1 << field):
            return ODD
        seen |= 1 << field
        place, plainly = _past_string(data, start, end)
        if place < 0:
            return ODD
        if field == _KIND:
            found[KIND] = place_among(data, start + 1, place - 1, _KINDS, _KIND_START, AS_WRITTEN)
        elif field == _VALUE:
            found[VALUE], found[VALUE_END] = start + 1, place - 1
            found[PLAINLY] &= plainly
        elif field == _SCHEME:
            found[SCHEME], found[SCHEME_END] = start + 1, place - 1
            found[PLAINLY] &= plainly
        place, closed = _next(data, place, end, 125)
        if place < 0:
            return ODD
    both = (1 << _KIND) | (1 << _VALUE)
    length = found[VALUE_END] - found[VALUE]
    good = seen & both == both and found[KIND] >= 0 and length > 0
    return place if good and (length <= LONGEST_VALUE or not found[PLAINLY]) else ODD


@compiled
def _scan_suspect(data: Bytes, place: int, end: int, found: Longs) -> tuple[int, int]:
    """Read the list of identifiers, the first ones into the rows of `found`; the place behind and how many."""
    if place >= end or data[place] != 91:
        return ODD, 0
    place = _past_space(data, place + 1, end)
    if place < end and data[place] == 93:
        return place + 1, 0
    count, closed = 0, False
    rest = np.empty(found.shape[1], np.int64)
    while not closed:
        row = found[count] if count < len(found) else rest
        place = _scan_identifier(data, _past_space(data, place, end), end, row)
        if place < 0:
            return ODD, 0
        count = min(count + 1, len(found))
        place, closed = _next(data, place, end, 93)
        if place < 0:
            return ODD, 0
    return place, count


@compiled
def scan_line(data: Bytes, place: int, end: int, name: Longs, found: Longs) -> int:
    """Read one report: where its id stands into `name`, its identifiers into `found`; how many, or ODD."""
    place = _past_space(data, place, end)
    if place >= end or data[place] != 123:
        return ODD
    place, closed, seen, count = place + 1, False, 0, 0
    while not closed:
        field, start = _field(data, place, end)
        if start < 0 or (field in (_ID, _SUSPECT) and seen & (1 << field)):
            return ODD
        seen |= 1 << field
        if field == _ID:
            place, plainly = _past_string(data, start, end)
            name[0], name[1] = start + 1, place - 1
            if not plainly or not 0 < name[1] - name[0] <= LONGEST_ID:
                return ODD
        elif field == _SUSPECT:
            place, count = _scan_suspect(data, start, end, found)
        else:
            place = _past_value(data, start, end)
        if place < 0:
            return ODD
        place, closed = _next(data, place, end, 125)
        if place < 0:
            return ODD
    return count if seen & (1 << _ID) and _past_space(data, place, end) == end else ODD
