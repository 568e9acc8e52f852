"""Slows down whoever tries many things from one network, without keeping an address.

A small file of counters is shared by the processes of one machine. A network (the first 24 bits of an IPv4
address, 56 of an IPv6) is counted in four places of the file, chosen by a keyed hash; the smallest of the
four is its count (a count-min sketch: it may count too much, never too little). Every ten minutes the key is
thrown away and the counters go back to nought, so that nothing in the file can be traced to anybody, then or
later, and nobody can be followed from one window to the next.
"""

import fcntl
import hashlib
import hmac
import ipaddress
import os
import secrets
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

WINDOW = 600  # seconds
PLACES = 8192
ROWS = 4
_HEAD = struct.Struct("<Q32s")
_COUNT = struct.Struct("<H")
SIZE = _HEAD.size + PLACES * _COUNT.size
MOST = 0xFFFF


class Throttle:
    """Counts in one file. `now` gives seconds; tests turn it."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self.path, self.now = path, now

    def count(self, what: str, address: str) -> int:
        """Count one more of `what` from the network of this address; returns how many it has been.

        When the file cannot be written (a full disk) nothing is counted: a throttle never stands between
        a child and help.
        """
        try:
            return self._count(what, address)
        except OSError:
            return 1

    def so_far(self, what: str, address: str) -> int:
        """How many of `what` there were from this network in this window."""
        try:
            with self._open() as file:
                return min(self._at(file, place) for place in self._places(file, what, address))
        except OSError:
            return 0

    def _count(self, what: str, address: str) -> int:
        with self._open() as file:
            places = self._places(file, what, address)
            counts = [self._at(file, place) for place in places]
            for place, count in zip(places, counts, strict=True):
                if count == min(counts) and count < MOST:
                    os.pwrite(file, _COUNT.pack(count + 1), place)
            return min(counts) + 1

    @contextmanager
    def _open(self) -> Iterator[int]:
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            window = int(self.now() // WINDOW)
            head = os.pread(file, _HEAD.size, 0)
            if len(head) < _HEAD.size or _HEAD.unpack(head)[0] != window:
                os.pwrite(file, _HEAD.pack(window, secrets.token_bytes(32)) + bytes(SIZE - _HEAD.size), 0)
            yield file
        finally:
            os.close(file)

    def _places(self, file: int, what: str, address: str) -> list[int]:
        key = _HEAD.unpack(os.pread(file, _HEAD.size, 0))[1]
        digest = hmac.new(key, f"{what} {network_of(address)}".encode(), hashlib.sha256).digest()
        numbers = struct.unpack_from(f"<{ROWS}H", digest)
        return [_HEAD.size + number % PLACES * _COUNT.size for number in dict.fromkeys(numbers)]

    @staticmethod
    def _at(file: int, place: int) -> int:
        return int(_COUNT.unpack(os.pread(file, _COUNT.size, place))[0])


def network_of(address: str) -> str:
    """The network that an address belongs to; what is no address is a network of its own."""
    try:
        one = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((one, 24 if one.version == 4 else 56), strict=False))
