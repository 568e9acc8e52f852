"""Finds the same picture among millions of hashes, exactly, in a fraction of a millisecond.

Two hashes within 31 bits are taken to be the same picture (the setting that PDQ's authors recommend).

An index is a folder of four files, opened by memory map: the hashes, their chains, the heads of the chains
(see `hash_kernels`), and how many there are. About 123 bytes a hash at ten million; an empty one takes no more
room than it needs, because the files have holes. Appending moves nothing.
"""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.link import hash_kernels as kernels
from lightkeeper.link.forms.image import NEAR, is_degenerate

_COUNT, _APPENDING = 0, 1  # places in the state
_FIRST_ROOM = 1024  # hashes; the room doubles when it is full
_HASH, _CHAIN, _HEAD = 32, 4 * kernels.CHUNKS, 4  # bytes


class HashIndex:
    """Hashes in a folder, numbered from 0 in the order in which they came.

    One process may write at a time; any number may read. `with HashIndex(folder) as index:` or `close()` writes
    all to disk. After a crash in the middle of an append the next opening finds the mark and builds the chains
    anew. `of` names the list that the folder follows: a folder that followed another one starts empty.
    """

    def __init__(self, folder: Path, of: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self.of = folder, of
        self._follow(of)
        self._masks, self._bounds = kernels.flip_masks()
        self._waiting = np.empty(len(self._masks), dtype=np.int32)
        self._found = np.empty(4096, dtype=np.int64)
        self._distances = np.empty(4096, dtype=np.int64)
        # How many there are, and whether an append was begun and not ended. Two numbers in memory that is a file:
        # opening a small file for each append would cost more than the append.
        self._state: Any = self._open_state()
        self._map(max(_FIRST_ROOM, self._room_on_disk()))
        self.catch_up()

    def __len__(self) -> int:
        return int(self._state[_COUNT])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def append(self, hashes: Iterable[bytes]) -> range:
        """Add hashes of 32 bytes and return their numbers. A degenerate one has a number but is never found."""
        given = list(hashes)
        if any(len(one) != _HASH for one in given):
            raise UnreadableInput("a picture hash has 32 bytes")
        first, last = len(self), len(self) + len(given)
        self._make_room(last)
        self._state[_APPENDING] = 1
        self._hashes[first:last] = np.frombuffer(b"".join(given), dtype="<u8").reshape(-1, 4)
        for number, one in enumerate(given, start=first):
            if _says_something(one):
                self._chain(number, number + 1)
        self._finish(last)
        return range(first, last)

    def catch_up(self) -> None:
        """Take in what another process wrote since, or left unfinished when it was killed; none may be writing."""
        if len(self) > len(self._hashes):
            self._map(self._room_on_disk())
        if self._state[_APPENDING]:
            self._rebuild()

    def cut(self, count: int) -> None:
        """Forget all hashes from number `count` on, the newest first: each is at the head of its chains."""
        if count < len(self):
            self._state[_APPENDING] = 1
            heads = (kernels.STARTS, kernels.WIDTHS, kernels.OFFSETS)
            kernels.take_from_chains(self._hashes, count, len(self), self._heads, self._nexts, *heads)
            self._finish(count)

    def append_words(self, words: NDArray[np.uint64]) -> range:
        """Add many hashes at once, as rows of four words, none of them degenerate (the caller has looked)."""
        first, last = len(self), len(self) + len(words)
        self._make_room(last)
        self._state[_APPENDING] = 1
        self._hashes[first:last] = words
        self._chain(first, last)
        self._finish(last)
        return range(first, last)

    def search(self, one: bytes, radius: int = NEAR) -> tuple[tuple[int, int], ...]:
        """The numbers of all hashes within `radius` bits (at most 31), each with its distance, nearest first."""
        if not 0 <= radius <= NEAR:
            raise UnreadableInput(f"pictures can be searched within 0 to {NEAR} bits")
        query = np.frombuffer(one, dtype="<u8")
        count = self._find(query, radius)
        if count > len(self._found):
            self._found, self._distances = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
            count = self._find(query, radius)
        near = set(zip(self._found[:count].tolist(), self._distances[:count].tolist(), strict=True))
        return tuple(sorted(near, key=lambda pair: (pair[1], pair[0])))

    def bytes_a_hash(self) -> float:
        """Memory and disk that one hash takes, with its share of the heads."""
        return _HASH + _CHAIN + kernels.HEADS * _HEAD / max(len(self), 1)

    def close(self) -> None:
        for part in (self._hashes, self._nexts, self._heads, self._state):
            part.flush()

    def _find(self, query: NDArray[np.uint64], radius: int) -> int:
        return int(
            kernels.find_near(
                query, radius, self._hashes, self._heads, self._nexts, kernels.STARTS, kernels.WIDTHS,
                kernels.OFFSETS, self._masks, self._bounds, self._waiting, self._found, self._distances,
            )
        )  # fmt: skip

    def _chain(self, first: int, last: int) -> None:
        kernels.put_in_chains(
            self._hashes, first, last, self._heads, self._nexts, kernels.STARTS, kernels.WIDTHS, kernels.OFFSETS
        )

    def _finish(self, count: int) -> None:
        self._state[_COUNT] = count
        self._state[_APPENDING] = 0

    def _follow(self, of: str) -> None:
        mark = self._folder / "of"
        if of and (not mark.exists() or mark.read_text("ascii", "replace") != of):
            for name in ("state", "hashes", "chains", "heads"):
                (self._folder / name).unlink(missing_ok=True)
            mark.write_text(of, "ascii")

    def _open_state(self) -> Any:
        path = self._folder / "state"
        if path.exists() and path.stat().st_size != 16:
            raise UnreadableInput("this folder is not an index of picture hashes")
        return self._open("state", "<u8", (2,))

    def _room_on_disk(self) -> int:
        hashes = self._folder / "hashes"
        return hashes.stat().st_size // _HASH if hashes.exists() else 0

    def _make_room(self, wanted: int) -> None:
        room = len(self._hashes)
        if wanted > room:
            self.close()
            self._map(max(wanted, room + room // 4 if room > 1_000_000 else room * 2))

    def _map(self, room: int) -> None:
        self._hashes: Any = self._open("hashes", "<u8", (room, 4))
        self._nexts: Any = self._open("chains", "<i4", (room, kernels.CHUNKS))
        self._heads: Any = self._open("heads", "<i4", (kernels.HEADS,))

    def _open(self, name: str, kind: str, shape: tuple[int, ...]) -> Any:
        path = self._folder / name
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        with path.open("ab") as file:
            if file.tell() < size:
                file.truncate(size)
        return np.memmap(path, dtype=kind, mode="r+", shape=shape)

    def _rebuild(self) -> None:
        self._heads[:] = 0
        for number in range(len(self)):
            if _says_something(self._hashes[number].tobytes()):
                self._chain(number, number + 1)
        self._state[_APPENDING] = 0


def _says_something(one: bytes) -> bool:
    return not is_degenerate(int.from_bytes(one, "little"))
