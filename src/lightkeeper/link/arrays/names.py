"""The ids of reports, one after the other in memory: kept, put in order, looked up and written."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lightkeeper.link.arrays.compiled import Ints, Longs, compiled
from lightkeeper.link.arrays.signs import Bytes


@dataclass(frozen=True, slots=True)
class Names:
    """Name i stands in UTF-8 at data[start[i]:start[i + 1]]."""

    data: Bytes
    start: Longs

    def __len__(self) -> int:
        return len(self.start) - 1

    def __getitem__(self, place: int) -> bytes:
        return self.data[self.start[place] : self.start[place + 1]].tobytes()

    def in_order(self) -> bool:
        """Whether each comes after the one before, so that none comes twice."""
        return bool(_ascending(self.data, self.start))

    def find(self, name: str) -> int:
        """The place of a name among names in order, or -1."""
        wanted = name.encode()
        place = bisect_left(self, wanted)
        return place if place < len(self) and self[place] == wanted else -1

    def texts(self, first: int, end: int) -> list[str]:
        data, start = self.data.tobytes(), self.start.tolist()
        return [data[start[one] : start[one + 1]].decode() for one in range(first, end)]

    def at(self, places: Ints) -> "Names":
        """The names of some places, in their order."""
        spans = np.stack([self.start[places], self.start[places.astype(np.int64) + 1]], axis=1)
        return Names(*_copied(self.data, spans))


def cut_names(data: Bytes, spans: Longs, others: Sequence[tuple[int, bytes]]) -> Names:
    """Names by where they stand in `data`; those of `others` (place, name) are given."""
    base = len(data)
    for place, name in others:
        spans[place] = base, base + len(name)
        base += len(name)
    if others:
        data = np.concatenate([data, np.frombuffer(b"".join(name for _, name in others), np.uint8)])
    return Names(*_copied(data, spans))


@compiled
def _copied(data: Bytes, spans: Longs) -> tuple[Bytes, Longs]:
    start = np.zeros(len(spans) + 1, np.int64)
    for one in range(len(spans)):
        start[one + 1] = start[one] + spans[one, 1] - spans[one, 0]
    found = np.empty(start[-1], np.uint8)
    for one in range(len(spans)):
        begin = spans[one, 0]
        for place in range(start[one], start[one + 1]):
            found[place] = data[begin + place - start[one]]
    return found, start


@compiled
def _ascending(data: Bytes, start: Longs) -> bool:
    for one in range(1, len(start) - 1):
        a, b = start[one - 1], start[one]
        end_a, end_b = b, start[one + 1]
        while a < end_a and b < end_b and data[a] == data[b]:
            a, b = a + 1, b + 1
        if b == end_b or (a < end_a and data[a] > data[b]):
            return False
    return True
