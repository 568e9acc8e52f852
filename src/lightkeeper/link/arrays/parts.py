"""What is read from the files, piece by piece, kept on disk so that a killed run goes on where it was."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link.arrays.compiled import Ints, Longs
from lightkeeper.link.arrays.families import WordHashes
from lightkeeper.link.arrays.signs import Bytes, Hashes
from lightkeeper.link.arrays.tokens import Tiny

METHOD = 2  # of reading; a folder that an earlier one left is read anew


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a file: its keys as hashes, its pictures and the words of its scripts. Reports count from 0."""

    name: Bytes  # the ids of its reports, one after the other
    name_start: Longs
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
    word: WordHashes
    word_start: Longs

    @classmethod
    def joined(cls, parts: Sequence["Part"]) -> "Part":
        """Parts that follow each other, as one."""
        return cls(*(_joined(name, parts) for name in cls.__slots__))


def _joined(name: str, parts: Sequence[Part]) -> NDArray[Any]:
    columns = [getattr(part, name) for part in parts]
    if name.endswith("_start"):  # each begins with 0 and ends where the next one begins
        ends = np.cumsum([0, *(int(column[-1]) for column in columns)])
        return np.concatenate(
            [[0], *(column[1:] + end for column, end in zip(columns, ends, strict=False))]
        ).astype(np.int64)
    if name.endswith("report"):
        before = np.cumsum([0, *(len(part.name_start) - 1 for part in parts)]).astype(np.int32)
        columns = [column + base for column, base in zip(columns, before, strict=False)]
    return np.concatenate(columns)


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder of the pieces that are read, and of what they were read from."""

    folder: Path

    def begin(self, inputs: Sequence[tuple[str, int, int]]) -> None:
        """Keep what an earlier run of the same input left (names, sizes, times of change); drop anything else."""
        self.folder.mkdir(parents=True, exist_ok=True)
        known, mine = self.folder / "input.json", json.dumps([METHOD, *inputs])
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
        """The column of each piece, one after the other."""
        for number in range(count):
            yield np.load(self.path(number, f"{name}.npy"))

    def whole(self, count: int, name: str) -> NDArray[Any]:
        """The column of all pieces, holding one piece twice at most."""
        shapes = [np.load(self.path(number, f"{name}.npy"), mmap_mode="r") for number in range(count)]
        joined = np.empty((sum(map(len, shapes)), *shapes[0].shape[1:]), shapes[0].dtype)
        place = 0
        for column in self.column(count, name):
            joined[place : place + len(column)] = column
            place += len(column)
        return joined

    def starts(self, count: int, name: str) -> Longs:
        """Where things begin, over all pieces: each piece counts from 0."""
        found, base = [np.zeros(1, np.int64)], 0
        for start in self.column(count, name):
            found.append(start[1:] + base)
            base += int(start[-1])
        return np.concatenate(found)

    def remembered(self, name: str, make: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """What an earlier run has worked out already, or else what `make` gives, kept for a later one."""
        path = self.folder / f"{name}.npy"
        if not path.exists():
            unfinished = self.folder / f"{name}.unfinished.npy"
            np.save(unfinished, make())
            unfinished.rename(path)
        found: NDArray[Any] = np.load(path)
        return found

    def bases(self, count: int) -> list[int]:
        """How many reports stand before each piece."""
        shapes = (np.load(self.path(number, "name_start.npy"), mmap_mode="r") for number in range(count))
        return [0, *accumulate(len(start) - 1 for start in shapes)]

    def placed(self, count: int, name: str, number: Ints) -> Ints:
        """A column of report numbers as numbers in the order of ids; -1 for a report that came before."""
        found = zip(self.column(count, name), self.bases(count), strict=False)
        return np.concatenate([number[column + np.int32(base)] for column, base in found])
