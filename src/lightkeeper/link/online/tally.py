"""What a suspect is known by, in numbers: by kind how many sightings, and of them how many keys seen once.

A key that only one report has says nothing and is not counted; it counts from the day when a second one has it.
"""

from struct import Struct

from lightkeeper.link import weigh

_KINDS = len(weigh.KINDS)
_PACKED = Struct(f"<{2 * _KINDS}I")


class Tally:
    """`seen` and `once` by kind, as `weigh.unseen` and `weigh.agreement` ask for them."""

    __slots__ = ("once", "seen")

    def __init__(self, packed: bytes = b"") -> None:
        numbers = list(_PACKED.unpack(packed)) if packed else [0] * (2 * _KINDS)
        self.seen, self.once = numbers[:_KINDS], numbers[_KINDS:]

    def packed(self) -> bytes:
        return _PACKED.pack(*self.seen, *self.once) if any(self.seen) else b""

    def add(self, kind: int, before: int, now: int) -> None:
        """A key of which the suspect showed `before` sightings is now seen `now` times."""
        self.seen[kind] += now - before
        self.once[kind] += (now == 1) - (before == 1)
