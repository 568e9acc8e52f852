"""What is read from the files, piece by piece, kept on disk so that a killed run goes on where it was."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link.arrays.compiled import Bools, Ints, Longs, compiled
from lightkeeper.link.arrays.families import Hashes, WordHashes, image_groups, script_groups
from lightkeeper.link.arrays.tokens import Tiny, Tokens, number_tokens
from lightkeeper.link.forms.image import BITS, FEWEST_BYTES, FEWEST_SET
from lightkeeper.link.weigh import IMAGE, SCRIPT


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a file: its keys as hashes, its pictures and the words of its scripts. Reports count from 0."""

    reports: Ints  # one number: how many
    report: Ints
    source: Tiny
    kind: Tiny
    value: NDArray[np.uint64]
    image_report: Ints
    image_source: Tiny
    image: Hashes
    script_report: Ints
    script_source: Tiny
    word: WordHashes
    word_start: Longs


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder of the pieces that are read, and of what they were read from."""

    folder: Path

    def begin(self, inputs: Sequence[tuple[str, int, int]]) -> None:
        """Keep what an earlier run of the same input left (names, sizes, times of change); drop anything else."""
        self.folder.mkdir(parents=True, exist_ok=True)
        known, mine = self.folder / "input.json", json.dumps(list(inputs))
        if not known.exists() or known.read_text("utf-8") != mine:
            self.clear()
            self.folder.mkdir(parents=True, exist_ok=True)
            known.write_text(mine, "utf-8")

    def clear(self) -> None:
        for path in self.folder.iterdir():
            path.unlink()
        self.folder.rmdir()

    def path(self, number: int, what: str) -> Path:
        return self.folder / f"{number:05}.{what}"

    def has(self, number: int) -> bool:
        return self.path(number, "done").exists()

    def keep(self, number: int, part: Part) -> None:
        """One file a column, and at last one that says that all are there."""
        for field in fields(part):
            np.save(self.path(number, f"{field.name}.npy"), getattr(part, field.name))
        self.path(number, "done").touch()

    def column(self, count: int, name: str) -> Iterator[NDArray[Any]]:
        """The column of each piece, still on disk."""
        for number in range(count):
            yield np.load(self.path(number, f"{name}.npy"), mmap_mode="r")

    def whole(self, count: int, name: str) -> NDArray[Any]:
        """The column of all pieces, without holding anything twice."""
        columns = list(self.column(count, name))
        joined = np.empty((sum(map(len, columns)), *columns[0].shape[1:]), columns[0].dtype)
        place = 0
        for column in columns:
            joined[place : place + len(column)] = column
            place += len(column)
        return joined

    def remembered(self, name: str, make: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """What an earlier run has worked out already, or else what `make` gives, kept for a later one."""
        path = self.folder / f"{name}.npy"
        if not path.exists():
            unfinished = self.folder / f"{name}.unfinished.npy"
            np.save(unfinished, make())
            unfinished.rename(path)
        found: NDArray[Any] = np.load(path)
        return found

    def placed(self, count: int, name: str, number: Ints) -> Ints:
        """A column of report numbers as numbers in the order of ids; -1 for a report that came before."""
        found, base = [], 0
        for reports, column in zip(self.column(count, "reports"), self.column(count, name), strict=True):
            found.append(number[base : base + int(reports[0])][column])
            base += int(reports[0])
        return np.concatenate(found)


def gather(parts: Parts, count: int, number: Ints, reports: int) -> Tokens:
    """All tokens of a run; `number` gives each report's place in the order of ids by its place in the input."""
    images, scripts = _images(parts, count, number), _scripts(parts, count, number)
    columns = [
        [parts.placed(count, "report", number), images[0], scripts[0]],
        [parts.whole(count, "source"), images[1], scripts[1]],
        [parts.whole(count, "kind"), images[2], scripts[2]],
        [parts.whole(count, "value"), images[3], scripts[3]],
    ]
    report, source, kind, value = (np.concatenate(columns.pop(0)) for _ in range(4))
    value ^= kind.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)  # the same letters as a name and as a handle
    if (report < 0).any():
        kept = report >= 0
        report, source, kind, value = report[kept], source[kept], kind[kept], value[kept]
    return number_tokens(report, source, kind, value, reports)


_Sightings = tuple[Ints, Tiny, Tiny, NDArray[np.uint64]]


def _images(parts: Parts, count: int, number: Ints) -> _Sightings:
    report, source = parts.placed(count, "image_report", number), parts.whole(count, "image_source")
    hashes = parts.whole(count, "image")
    good = ~degenerate(hashes)
    report, source, hashes = report[good], source[good], hashes[good]
    family = parts.remembered("image_families", lambda: image_groups(hashes)).astype(np.uint64)
    return report, source, np.full(len(family), IMAGE, np.int8), family


def _scripts(parts: Parts, count: int, number: Ints) -> _Sightings:
    report, source = parts.placed(count, "script_report", number), parts.whole(count, "script_source")
    starts, base = [np.zeros(1, np.int64)], 0
    for start in parts.column(count, "word_start"):
        starts.append(start[1:] + base)
        base += int(start[-1])
    start = np.concatenate(starts)
    words = partial(parts.whole, count, "word")
    family = parts.remembered("script_families", lambda: script_groups(words(), start)).astype(np.uint64)
    good = start[1:] > start[:-1]
    return report[good], source[good], np.full(int(good.sum()), SCRIPT, np.int8), family[good]


@compiled
def degenerate(hashes: Hashes) -> Bools:
    """Which hashes are too plain to tell pictures apart: the compiled twin of `forms.image.is_degenerate`."""
    found = np.zeros(len(hashes), np.bool_)
    for one in range(len(hashes)):
        ones, bytes_seen = 0, np.zeros(256, np.bool_)
        for part in range(4):
            rest = hashes[one, part]
            for _ in range(8):
                byte = rest & np.uint64(255)
                bytes_seen[byte] = True
                rest >>= np.uint64(8)
                while byte:
                    ones += 1
                    byte &= byte - np.uint64(1)
        found[one] = not FEWEST_SET <= ones <= BITS - FEWEST_SET or bytes_seen.sum() < FEWEST_BYTES
    return found
