"""The files of a run, put together as bytes: a year of the world is thirty-six million lines of each."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link import explain, weigh
from lightkeeper.link.arrays.compiled import Ints, Longs, compiled
from lightkeeper.link.arrays.names import Names
from lightkeeper.link.arrays.run import Links
from lightkeeper.link.arrays.signs import Bytes

BUFFER = 32 << 20
_KINDS = len(weigh.KINDS)
_HEX = np.frombuffer(b"0123456789abcdef", np.uint8)
_A, _B, _W, _STRENGTH = range(4)
_S, _REPORTS, _LAST = range(3)
Fill = Callable[[int, Bytes], tuple[int, int]]  # from this row on, as many as fit: the next row, and bytes filled


def write_assignments(path: Path, names: Names, root: Ints) -> None:
    """`report_id,suspect_id`, every report once, in the order of ids."""
    with path.open("wb") as file:
        file.write(b"report_id,suspect_id\n")
        _write(file, len(root), lambda row, out: _assignments(names.data, names.start, root, row, out))


def write_suspects(path: Path, names: Names, root: Ints) -> None:
    """Each suspect with its reports."""
    members, start = _members(root)
    texts = _texts(['{"id":"S-', '","reports":[', "]}\n"])
    with path.open("wb") as file:
        _write(
            file,
            len(start) - 1,
            lambda row, out: _suspects(names.data, names.start, members, start, *texts, row, out),
        )


def write_links(path: Path, names: Names, linked: Links, possible: Links) -> None:
    """The links with their reasons, first those that joined."""
    phrases, first = _texts([phrase for *_, phrase in _first_reasons()]), _first_places()
    rest = _texts(list(_rest_reasons()))
    with path.open("wb") as file:
        for links, strength in ((linked, "linked"), (possible, "possible")):
            texts = _texts(['{"a":"', '","b":"', '","weight":', f',"strength":"{strength}","reasons":['])
            low, high = np.minimum(links.a, links.b), np.maximum(links.a, links.b)
            order = np.argsort((low.astype(np.int64) << 32) | high)
            which = first[links.rests_on, links.kind, links.other_kind]
            columns: list[Any] = [names.data, names.start, order, low, high, which, links.weight]
            columns += [links.rest_row, links.rest, *texts, *phrases, *rest]
            _write(file, len(order), partial(_links, *columns))


def _write(file: IO[bytes], rows: int, fill: Fill) -> None:
    """Fill a buffer and write it, until all rows are written; a row that does not fit gets a larger one."""
    out, row = np.empty(BUFFER, np.uint8), 0
    while row < rows:
        after, filled = fill(row, out)
        if after == row:
            out = np.empty(2 * len(out), np.uint8)
        file.write(out[:filled].data)
        row = after


def _texts(texts: list[str]) -> tuple[Bytes, Longs]:
    raw = [text.encode() for text in texts]
    start = np.cumsum([0, *map(len, raw)]).astype(np.int64)
    return np.frombuffer(b"".join(raw), np.uint8).copy(), start


def _first_reasons() -> Iterator[tuple[int, int, int, str]]:
    for rests_on, one, other, kind, how in explain.all_reasons():
        yield rests_on, one, other, f'{{"kind":"{kind}","how":"{how}","weight":'


def _first_places() -> Ints:
    """The place of a first reason's words by what the link rests on and its one or two kinds (-1 for none)."""
    places = np.zeros((3, _KINDS + 1, _KINDS + 1), np.int32)
    for place, (rests_on, one, other, _) in enumerate(_first_reasons()):
        places[rests_on, one, other] = place
    return places


def _rest_reasons() -> Iterator[str]:
    for kind in weigh.KINDS:
        for how in (explain.FITS, explain.AGAINST):
            yield f',{{"kind":"{kind}","how":"{how}","weight":'


def _members(root: Ints) -> tuple[Ints, Longs]:
    """The reports of each suspect, one suspect after the other, and where each begins."""
    size = np.bincount(root, minlength=len(root))
    start = np.concatenate([[0], np.cumsum(size)])
    return _sorted_in(root, start[:-1].copy()), np.concatenate([[0], np.cumsum(size[size > 0])])


@compiled
def _sorted_in(root: Ints, at: Longs) -> Ints:
    found = np.empty(len(root), np.int32)
    for one in range(len(root)):
        found[at[root[one]]] = one
        at[root[one]] += 1
    return found


@compiled
def _put(out: Bytes, at: int, data: Bytes, start: int, end: int) -> int:
    for place in range(start, end):
        out[at] = data[place]
        at += 1
    return at


@compiled
def _put_json(out: Bytes, at: int, data: Bytes, start: int, end: int) -> int:
    """A text within a JSON string."""
    for place in range(start, end):
        sign = data[place]
        if sign < 32:
            for known in b"\\u00":
                out[at] = known
                at += 1
            out[at], out[at + 1] = _HEX[sign >> 4], _HEX[sign & 15]
            at += 2
        else:
            if sign == 34 or sign == 92:
                out[at] = 92
                at += 1
            out[at] = sign
            at += 1
    return at


@compiled
def _put_csv(out: Bytes, at: int, data: Bytes, start: int, end: int, named: bool) -> int:
    """A name as a field of CSV, quoted where it must be; `named` puts S- before it."""
    odd = False
    for place in range(start, end):
        sign = data[place]
        odd = odd or sign == 34 or sign == 44 or sign == 10 or sign == 13
    if odd:
        out[at] = 34
        at += 1
    if named:
        out[at], out[at + 1] = 83, 45
        at += 2
    for place in range(start, end):
        if data[place] == 34:
            out[at] = 34
            at += 1
        out[at] = data[place]
        at += 1
    if odd:
        out[at] = 34
        at += 1
    return at


@compiled
def _put_thousandths(out: Bytes, at: int, number: int) -> int:
    """A number of thousandths as a decimal, as short as it goes."""
    if number < 0:
        out[at] = 45
        at, number = at + 1, -number
    whole, rest, digits = number // 1000, number % 1000, 1
    while whole // 10**digits:
        digits += 1
    for digit in range(digits - 1, -1, -1):
        out[at] = 48 + whole // 10**digit % 10
        at += 1
    out[at], out[at + 1], out[at + 2], out[at + 3] = 46, 48 + rest // 100, 48 + rest // 10 % 10, 48 + rest % 10
    return at + (4 if rest % 10 else 3 if rest % 100 else 2)


@compiled
def _assignments(data: Bytes, start: Longs, root: Ints, row: int, out: Bytes) -> tuple[int, int]:
    at = 0
    while row < len(root):
        first = root[row]
        most = 2 * (start[row + 1] - start[row] + start[first + 1] - start[first]) + 16
        if at + most > len(out):
            break
        at = _put_csv(out, at, data, start[row], start[row + 1], False)
        out[at] = 44
        at = _put_csv(out, at + 1, data, start[first], start[first + 1], True)
        out[at] = 10
        at, row = at + 1, row + 1
    return row, at


@compiled
def _suspects(
    data: Bytes, start: Longs, members: Ints, begins: Longs, text: Bytes, texts: Longs, row: int, out: Bytes
) -> tuple[int, int]:
    at = 0
    while row < len(begins) - 1:
        first, most = members[begins[row]], texts[-1] + 6 * 256
        for place in range(begins[row], begins[row + 1]):
            most += 6 * (start[members[place] + 1] - start[members[place]]) + 3
        if at + most > len(out):
            break
        at = _put(out, at, text, texts[_S], texts[_REPORTS])
        at = _put_json(out, at, data, start[first], start[first + 1])
        at = _put(out, at, text, texts[_REPORTS], texts[_LAST])
        for place in range(begins[row], begins[row + 1]):
            one = members[place]
            if place > begins[row]:
                out[at] = 44
                at += 1
            out[at] = 34
            at = _put_json(out, at + 1, data, start[one], start[one + 1])
            out[at] = 34
            at += 1
        at = _put(out, at, text, texts[_LAST], texts[_LAST + 1])
        row += 1
    return row, at


@compiled
def _links(
    data: Bytes,
    start: Longs,
    order: Longs,
    low: Ints,
    high: Ints,
    which: Ints,
    weight: NDArray[np.float32],
    rest_row: Ints,
    rest: NDArray[np.float32],
    text: Bytes,
    texts: Longs,
    phrase: Bytes,
    phrases: Longs,
    other: Bytes,
    others: Longs,
    row: int,
    out: Bytes,
) -> tuple[int, int]:
    at, parts = 0, np.zeros(rest.shape[1] + 1, np.int64)
    most = texts[-1] + others[-1] + phrases[-1] // (len(phrases) - 1) * 4 + 24 * len(parts)
    while row < len(order):
        one = order[row]
        a, b = low[one], high[one]
        if at + most + 6 * (start[a + 1] - start[a] + start[b + 1] - start[b]) > len(out):
            break
        parts[:] = 0
        parts[-1] = np.int64(np.round(weight[one] * 1000))
        if rest_row[one] >= 0:
            for kind in range(rest.shape[1]):
                parts[kind] = np.int64(np.round(rest[rest_row[one], kind] * 1000))
        at = _put(out, at, text, texts[_A], texts[_B])
        at = _put_json(out, at, data, start[a], start[a + 1])
        at = _put(out, at, text, texts[_B], texts[_W])
        at = _put_json(out, at, data, start[b], start[b + 1])
        at = _put(out, at, text, texts[_W], texts[_STRENGTH])
        at = _put_thousandths(out, at, parts.sum())
        at = _put(out, at, text, texts[_STRENGTH], texts[_STRENGTH + 1])
        at = _put(out, at, phrase, phrases[which[one]], phrases[which[one] + 1])
        at = _put_thousandths(out, at, parts[-1])
        out[at] = 125
        at += 1
        for kind in range(rest.shape[1]):
            if parts[kind]:
                said = 2 * kind + (parts[kind] < 0)
                at = _put(out, at, other, others[said], others[said + 1])
                at = _put_thousandths(out, at, parts[kind])
                out[at] = 125
                at += 1
        out[at], out[at + 1], out[at + 2] = 93, 125, 10
        at, row = at + 3, row + 1
    return row, at
