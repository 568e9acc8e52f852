"""From bytes to keys: plain lines in one compiled sweep, odd ones by the same functions as the judge's."""

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

import numpy as np

from lightkeeper.core.errors import InvalidIdentifier, InvalidReport, UnreadableInput
from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.core.report import parse_report, read_reports
from lightkeeper.link import weigh
from lightkeeper.link.arrays import sweep
from lightkeeper.link.arrays.compiled import Longs
from lightkeeper.link.arrays.families import WordHashes, sketch_each
from lightkeeper.link.arrays.names import cut_names
from lightkeeper.link.arrays.parts import Part
from lightkeeper.link.arrays.signs import Bytes, hash_texts
from lightkeeper.link.arrays.words import word_hashes
from lightkeeper.link.keys import MOST_IDENTIFIERS, forms_of

CHUNK = 8 << 20  # bytes that one worker reads at once
LONGEST_LINE = 64 << 20
MOST_WORKERS = 8
REMEMBERED = 100_000  # odd values whose forms are kept at hand
_KINDS = tuple(IdentifierKind)
Span = tuple[int, int]


def read_piece(path: Path, start: int, end: int) -> Part:
    """The reports that stand between two line ends of a file, read by as many workers as there are cores.

    Raises InvalidReport with the line and the field, UnreadableInput when the file cannot be read.
    """
    spans = list(cut_lines(path, start, end, CHUNK)) or [(start, end)]
    with ThreadPoolExecutor(min(workers(), len(spans))) as pool:
        try:
            return Part.joined(list(pool.map(lambda span: read_chunk(path, *span), spans)))
        except (InvalidIdentifier, InvalidReport, UnicodeDecodeError):
            find_fault(path)


def workers() -> int:
    able = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(able, MOST_WORKERS)


def cut_lines(path: Path, start: int, end: int, size: int) -> Iterator[Span]:
    """Cut a stretch of a file at line ends into stretches of about `size` bytes."""
    with path.open("rb") as file:
        while start < end:
            file.seek(min(end, start + size))
            line = file.readline(LONGEST_LINE) if start + size < end else b""
            if len(line) == LONGEST_LINE:
                raise UnreadableInput(f"{path.name} has a line longer than 64 MB")
            stop = min(end, start + size) + len(line)
            yield start, stop
            start = stop


def read_chunk(path: Path, start: int, end: int) -> Part:
    """The reports of one stretch. Raises InvalidReport when a line is none."""
    with path.open("rb") as file:
        file.seek(start)
        data = np.frombuffer(file.read(end - start), np.uint8)
    if len(data) and data.max() > 127:
        data.tobytes().decode()  # raises when this is not UTF-8 throughout
    room = sweep.make_room(len(data))
    sweep.sweep(data, room)
    return _part(data, room, _Odd().read(data, room))


@dataclass(slots=True)
class _Odd:
    """What the sweep left, read the slow and exact way: rows of report, source, kind, and what it says."""

    names: list[tuple[int, bytes]] = field(default_factory=list)
    forms: list[tuple[int, int, int, str]] = field(default_factory=list)

    def read(self, data: Bytes, room: sweep.Room) -> "_Odd":
        for report, start, end in room.odd_line[: room.counts[sweep.ODD_LINES]].tolist():
            whole = parse_report(data[start:end].tobytes())
            self.names.append((report, whole.id.encode()))
            for source, one in enumerate(whole.suspect[:MOST_IDENTIFIERS]):
                self.add(report, source, str(one.kind), one.value, one.scheme or "")
        for report, source, kind, *spans in room.odd[: room.counts[sweep.ODD]].tolist():
            value, scheme = (_text(data[spans[at] : spans[at + 1]]) for at in (0, 2))
            self.add(report, source, _KINDS[kind], value, scheme)
        return self

    def add(self, report: int, source: int, kind: str, value: str, scheme: str) -> None:
        if kind == IdentifierKind.SCRIPT:
            self.forms.append((report, source, weigh.SCRIPT, value))
        else:
            self.forms.extend((report, source, code, form) for code, form in _forms(kind, value, scheme))

    def of(self, *codes: int) -> tuple[Longs, list[str]]:
        """Report, source and kind of those of some kinds, and their texts."""
        rows = [row for row in self.forms if row[2] in codes]
        return np.array([row[:3] for row in rows], np.int64).reshape(-1, 3), [row[3] for row in rows]


def _text(raw: Bytes) -> str:
    """What stands between the quotes of a JSON string."""
    text = str(json.loads(b'"' + raw.tobytes() + b'"'))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidReport("suspect", "holds half a character, which is not valid text") from None
    return text


@lru_cache(REMEMBERED)
def _forms(kind: str, value: str, scheme: str) -> tuple[tuple[int, str], ...]:
    """The normal forms of one identifier, by the place of their kind. Raises InvalidIdentifier."""
    one = Identifier(IdentifierKind(kind), value, None, scheme or None)
    return tuple((weigh.KINDS.index(key), form) for key, form in forms_of(one) if form)


def _part(data: Bytes, room: sweep.Room, odd: _Odd) -> Part:
    count = room.counts.tolist()
    rows, forms = odd.of(*range(weigh.IMAGE))
    image_rows, images = odd.of(weigh.IMAGE)
    script_rows, words, start = _odd_scripts(odd)
    keys, found, scripts = count[sweep.KEYS], count[sweep.IMAGES], count[sweep.SCRIPTS]
    names = cut_names(data, room.name[: count[sweep.REPORTS]], odd.names)
    pictures = np.frombuffer(bytes.fromhex("".join(images)), ">u8").astype(np.uint64).reshape(-1, 4)
    ends = np.concatenate([[0], room.word_end[:scripts], start[1:] + count[sweep.WORDS]])
    return Part(
        names.data,
        names.start,
        np.concatenate([room.report[:keys], rows[:, 0].astype(np.int32)]),
        np.concatenate([room.source[:keys], rows[:, 1].astype(np.int8)]),
        np.concatenate([room.kind[:keys], rows[:, 2].astype(np.int8)]),
        np.concatenate([room.value[:keys], hash_texts(forms)]),
        np.concatenate([room.image_report[:found], image_rows[:, 0].astype(np.int32)]),
        np.concatenate([room.image_source[:found], image_rows[:, 1].astype(np.int8)]),
        np.concatenate([room.image[:found], pictures]),
        np.concatenate([room.script_report[:scripts], script_rows[:, 0].astype(np.int32)]),
        np.concatenate([room.script_source[:scripts], script_rows[:, 1].astype(np.int8)]),
        np.concatenate([room.sketch[:scripts], sketch_each(words, start)]),
        np.concatenate([room.word[: count[sweep.WORDS]], words]),
        ends.astype(np.int64),
    )


def _odd_scripts(odd: _Odd) -> tuple[Longs, WordHashes, Longs]:
    """The odd scripts that have words enough."""
    rows, texts = odd.of(weigh.SCRIPT)
    words, start = word_hashes(texts)
    told = start[1:] > start[:-1]
    return rows[told], words, np.concatenate([[0], start[1:][told]])


def find_fault(path: Path) -> NoReturn:
    """Read the file the slow and exact way, for the error that says the line and the field."""
    try:
        with path.open("rb") as file:
            for _ in read_reports(file):
                pass
    except OSError as error:
        raise UnreadableInput(f"cannot read {path.name}: {error.strerror}") from None
    raise UnreadableInput(f"{path.name} could not be read as text")
