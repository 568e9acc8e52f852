"""One sweep over a chunk of lines: what each report is called, its keys, pictures and words, and what is odd."""

from typing import NamedTuple

import numpy as np

from lightkeeper.link import weigh
from lightkeeper.link.arrays import plain, scan
from lightkeeper.link.arrays.compiled import Ints, Longs, compiled
from lightkeeper.link.arrays.families import HASHES, WordHashes, is_degenerate, sketch
from lightkeeper.link.arrays.signs import Bytes, Hashes
from lightkeeper.link.arrays.tokens import Tiny
from lightkeeper.link.arrays.words import cut_words
from lightkeeper.link.keys import MOST_IDENTIFIERS

_HANDLE, _NAME, _PHONE, _EMAIL, _PAYMENT, _URL, _IMAGE, _SCRIPT = range(8)  # identifiers, as `scan` numbers them
REPORTS, KEYS, IMAGES, SCRIPTS, WORDS, ODD_LINES, ODD = range(7)  # what is counted
_SPACE = np.array([b in b" \t\r\n\x0b\x0c" for b in range(256)])


class Room(NamedTuple):
    """Where a sweep puts what it finds; the first `counts[KEYS]` rows of `report`, `source`, … are filled."""

    counts: Longs
    name: Longs  # report: where its id begins and ends
    report: Ints
    source: Tiny
    kind: Tiny
    value: Hashes
    image_report: Ints
    image_source: Tiny
    image: Hashes
    script_report: Ints
    script_source: Tiny
    sketch: WordHashes
    word_end: Longs
    word: WordHashes
    odd_line: Longs  # report, where the line begins and ends
    odd: Longs  # report, source, kind, where value and scheme begin and end


def make_room(size: int) -> Room:
    """Enough for a chunk of so many bytes, whatever is in it: memory that is not written to costs nothing."""
    reports, identifiers = size // 9 + 2, size // 24 + 2
    keys, scripts, images = 2 * identifiers, size // 28 + 2, size // 90 + 2
    return Room(
        np.zeros(7, np.int64),
        np.empty((reports, 2), np.int64),
        np.empty(keys, np.int32),
        np.empty(keys, np.int8),
        np.empty(keys, np.int8),
        np.empty(keys, np.uint64),
        np.empty(images, np.int32),
        np.empty(images, np.int8),
        np.empty((images, 4), np.uint64),
        np.empty(scripts, np.int32),
        np.empty(scripts, np.int8),
        np.empty((scripts, HASHES), np.uint32),
        np.empty(scripts, np.int64),
        np.empty(size // 2 + 2, np.uint32),
        np.empty((size // 2 + 2, 3), np.int64),
        np.empty((identifiers, 7), np.int64),
    )


@compiled
def sweep(data: Bytes, room: Room) -> None:
    """Read every line of `data`, which ends at the end of a line."""
    room.counts[:] = 0
    found, name, start = np.empty((MOST_IDENTIFIERS, 6), np.int64), np.empty(2, np.int64), 0
    while start < len(data):
        end, blank = start, True
        while end < len(data) and data[end] != 10:
            blank = blank and _SPACE[data[end]]
            end += 1
        if not blank:
            report = room.counts[REPORTS]
            identifiers = scan.scan_line(data, start, end, name, found)
            if identifiers < 0:
                place = room.counts[ODD_LINES]
                room.odd_line[place] = (report, start, end)
                room.counts[ODD_LINES] += 1
                name[:] = 0
            for source in range(identifiers):
                _keep(data, report, source, found[source], room)
            room.name[report] = name
            room.counts[REPORTS] += 1
        start = end + 1


@compiled
def _keep(data: Bytes, report: int, source: int, found: Longs, room: Room) -> None:
    """The keys of one identifier, or the identifier itself when it is odd."""
    what, start, end = found[scan.KIND], found[scan.VALUE], found[scan.VALUE_END]
    said = plain.ODD
    if not found[scan.PLAINLY]:
        pass
    elif what == _IMAGE:
        said = _keep_image(data, report, source, start, end, room)
    elif what == _SCRIPT:
        said = _keep_script(data, report, source, start, end, room)
    elif end - start <= plain.LONGEST:
        said = _keep_form(data, report, source, found, room)
    if said == plain.ODD:
        row = room.odd[room.counts[ODD]]
        row[0], row[1], row[2] = report, source, what
        row[3:] = found[scan.VALUE : scan.SCHEME_END + 1]
        room.counts[ODD] += 1


@compiled
def _keep_form(data: Bytes, report: int, source: int, found: Longs, room: Room) -> int:
    what, start, end = found[scan.KIND], found[scan.VALUE], found[scan.VALUE_END]
    said, hashed, kind = plain.ODD, np.uint64(0), weigh.NAME
    stem_said, stem = plain.NOTHING, np.uint64(0)
    if what == _HANDLE:
        said, hashed, stem_said, stem = plain.handle_hashes(data, start, end)
        kind = weigh.HANDLE
    elif what == _NAME:
        said, hashed = plain.name_hash(data, start, end)
    elif what == _PHONE:
        said, hashed = plain.phone_hash(data, start, end)
        kind = weigh.PHONE
    elif what == _EMAIL:
        said, hashed, stem_said, stem = plain.mail_hashes(data, start, end)
        kind = weigh.EMAIL
    elif what == _PAYMENT:
        said, hashed = plain.payment_hash(data, start, end, found[scan.SCHEME], found[scan.SCHEME_END])
        kind = weigh.PAYMENT
    if said == plain.FOUND:
        _add(report, source, kind, hashed, room)
    if stem_said == plain.FOUND:
        _add(report, source, weigh.STEM, stem, room)
    return said


@compiled
def _add(report: int, source: int, kind: int, hashed: np.uint64, room: Room) -> None:
    place = room.counts[KEYS]
    room.report[place], room.source[place], room.kind[place] = report, source, kind
    room.value[place] = hashed
    room.counts[KEYS] += 1


@compiled
def _keep_image(data: Bytes, report: int, source: int, start: int, end: int, room: Room) -> int:
    place = room.counts[IMAGES]
    if end - start != 64 or not plain.read_picture(data, start, room.image[place]):
        return plain.ODD
    if is_degenerate(room.image[place]):
        return plain.NOTHING
    room.image_report[place], room.image_source[place] = report, source
    room.counts[IMAGES] += 1
    return plain.FOUND


@compiled
def _keep_script(data: Bytes, report: int, source: int, start: int, end: int, room: Room) -> int:
    place, first = room.counts[SCRIPTS], room.counts[WORDS]
    filled = cut_words(data, start, end, room.word, first)
    if filled == first:
        return plain.NOTHING
    sketch(room.word, first, filled, room.sketch[place])
    room.script_report[place], room.script_source[place], room.word_end[place] = report, source, filled
    room.counts[SCRIPTS] += 1
    room.counts[WORDS] = filled
    return plain.FOUND
