"""The spool: where sealed envelopes wait on disk while the inbox is away.

A file is the age envelope and nothing else (`age --decrypt` opens it with the team's key); its name carries
the kind, the reference, the idempotency key and the minute. It is complete under its name or not there.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from lightkeeper.core.errors import SlotClosed
from lightkeeper.report.slot import EnvelopeKind, SealedEnvelope, Slot

MINUTE = "%Y%m%dT%H%MZ"
SUFFIX = ".age"
REFUSALS = 3  # in a row: the inbox is away, and it is not one envelope that it cannot take
LEFT_OVER = 3600  # seconds; a half-written file of that age belongs to a process that is gone


class Spool:
    """A `Slot` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, envelope: SealedEnvelope) -> None:
        """Write, flush to disk, then rename, then flush the folder. Raises SlotClosed, leaving nothing behind."""
        path = self.folder / file_name(envelope)
        part = path.with_name(f".{os.getpid()}-{path.name}.part")
        try:
            write_durably(part, envelope.sealed)
            part.rename(path)
            flush_folder(self.folder)
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise SlotClosed("the spool has no room or cannot be written") from None

    def waiting(self) -> list[Path]:
        """The files that wait, oldest first."""
        return sorted(self.folder.glob(f"*{SUFFIX}"), key=lambda path: path.name.split("_")[0])

    def drain(self, slot: Slot) -> int:
        """Hand everything that waits to the inbox; a file goes only once the inbox has it on disk.

        Returns how many went over. One process at a time drains; another one returns 0 at once. Stops
        quietly when the inbox takes nothing. A file that is not an envelope, or that cannot be read, stays where
        it is and holds up nothing behind it.
        """
        if not self.waiting():
            return 0
        gone = refused = 0
        with self._alone() as mine:
            for path in self.waiting() if mine else ():
                try:
                    slot.add(read_file(path))
                    path.unlink(missing_ok=True)
                except (ValueError, OSError):
                    continue
                except SlotClosed:
                    refused += 1
                    if refused == REFUSALS:
                        break
                else:
                    gone, refused = gone + 1, 0
            if mine:
                self._clear_left_overs()
        return gone

    def _clear_left_overs(self) -> None:
        """Remove what a process began to write and did not live to finish: it was never acknowledged."""
        for part in self.folder.glob(".*.part"):
            with suppress(OSError):
                if time.time() - part.stat().st_mtime > LEFT_OVER:
                    part.unlink()

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Whether this process is the one that drains; no one is while the disk cannot be written."""
        with suppress(OSError), (self.folder / ".draining").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield True
            return
        yield False


def file_name(envelope: SealedEnvelope) -> str:
    minute = envelope.arrived.astimezone(UTC).strftime(MINUTE)
    return f"{minute}_{envelope.kind}_{envelope.reference}_{envelope.key}{SUFFIX}"


def read_file(path: Path) -> SealedEnvelope:
    minute, kind, reference, key = path.name.removesuffix(SUFFIX).split("_")
    arrived = datetime.strptime(minute, MINUTE).replace(tzinfo=UTC)
    return SealedEnvelope(EnvelopeKind(kind), UUID(reference), key, path.read_bytes(), arrived)


def write_durably(path: Path, data: bytes) -> None:
    """Write a new private file and wait until the disk has it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb", closefd=False) as file:
            file.write(data)
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
