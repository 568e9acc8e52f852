"""Writes down everything that SQLite and the spool do to the disk, in order, with the data.

SQLite is asked through its own interface for file systems (a VFS): the usual one does the work, and what it
writes, cuts, syncs and removes is noted. The spool's few calls are noted where it makes them.
"""

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SQLITE = ctypes.CDLL("libsqlite3.so.0")
ON = ctypes.c_void_p  # the address of a structure of SQLite
JOURNALS = 0x00000800 | 0x00004000 | 0x00080000  # rollback journal, super-journal, write-ahead log
METHODS = 18  # of a file, in SQLite 3.x; the ones we do not replace are copied as they are
CLOSE, WRITE, TRUNCATE, SYNC = 0, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Event:
    """One thing done to the disk: `what` to `path`, at `place`, with `data`; or a mark of our own."""

    what: str  # create write cut sync rename link unlink sync_folder mark
    path: str
    place: int = 0
    data: bytes = b""
    to: str = ""
    journal: bool = False  # SQLite syncs the folder of a new journal together with it


class Disk:
    """What happened below one folder, in order."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.events, self.recording = str(folder), list[Event](), False

    def note(self, what: str, path: str, **more: Any) -> None:
        if self.recording and path.startswith(self.folder):
            self.events.append(Event(what, path, **more))

    def mark(self, name: str) -> None:
        self.events.append(Event("mark", name))


class Vfs(ctypes.Structure):
    """`sqlite3_vfs`, as far as we touch it."""


# A name is passed on as the address it came as: SQLite keeps it, and more stands behind it.
Open = ctypes.CFUNCTYPE(ctypes.c_int, ON, ON, ON, ctypes.c_int, ctypes.POINTER(ctypes.c_int))
Delete = ctypes.CFUNCTYPE(ctypes.c_int, ON, ctypes.c_char_p, ctypes.c_int)
Vfs._fields_ = [
    ("version", ctypes.c_int),
    ("size_of_file", ctypes.c_int),
    ("longest_path", ctypes.c_int),
    ("next", ON),
    ("name", ctypes.c_char_p),
    ("data", ON),
    ("open", Open),
    ("delete", Delete),
    ("others", ON * 14),
]


class Methods(ctypes.Structure):
    """`sqlite3_io_methods`: what can be done with an open file."""

    _fields_ = (("version", ctypes.c_int), ("calls", ON * METHODS))


Close = ctypes.CFUNCTYPE(ctypes.c_int, ON)
Write = ctypes.CFUNCTYPE(ctypes.c_int, ON, ON, ctypes.c_int, ctypes.c_int64)
Truncate = ctypes.CFUNCTYPE(ctypes.c_int, ON, ctypes.c_int64)
Sync = ctypes.CFUNCTYPE(ctypes.c_int, ON, ctypes.c_int)


class RecordingSqlite:
    """The usual file system of SQLite with a note of all it does, for as long as the process lives."""

    def __init__(self, disk: Disk) -> None:
        self.disk, self.names, self.journals = disk, dict[int, str](), set[int]()
        self.replaced: dict[int, Methods] = {}  # by the address of the usual methods
        self.usual: dict[int, Methods] = {}  # by the address of the file
        SQLITE.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
        self.base = SQLITE.sqlite3_vfs_find(None)
        self.vfs = Vfs.from_buffer_copy(self.base.contents)
        self.vfs.name, self.vfs.next = b"recording", None
        self.vfs.open, self.vfs.delete = Open(self.open), Delete(self.delete)
        self.calls = (Close(self.close), Write(self.write), Truncate(self.truncate), Sync(self.sync))
        assert SQLITE.sqlite3_vfs_register(ctypes.byref(self.vfs), 1) == 0

    def open(self, _: int, name: int | None, file: int, flags: int, out: Any) -> int:
        path = os.fsdecode(ctypes.string_at(name)) if name else ""
        fresh = bool(path) and not Path(path).exists()
        done = int(self.base.contents.open(ctypes.addressof(self.base.contents), name, file, flags, out))
        if done == 0 and path:
            self.watch(file, path, bool(flags & JOURNALS))
            if fresh:
                self.disk.note("create", path)
        return done

    def watch(self, file: int, path: str, journal: bool) -> None:
        """Exchange the file's methods for ours, which call the usual ones."""
        slot = ON.from_address(file)
        at = slot.value or 0
        self.names[file], self.usual[file] = path, Methods.from_address(at)
        (self.journals.add if journal else self.journals.discard)(file)
        if at not in self.replaced:
            ours = Methods.from_buffer_copy(self.usual[file])
            for place, call in zip((CLOSE, WRITE, TRUNCATE, SYNC), self.calls, strict=True):
                ours.calls[place] = ctypes.cast(call, ON)
            self.replaced[at] = ours
        slot.value = ctypes.addressof(self.replaced[at])

    def _call(self, kind: Any, file: int, place: int) -> Callable[..., int]:
        return kind(self.usual[file].calls[place])  # type: ignore[no-any-return]

    def close(self, file: int) -> int:
        return self._call(Close, file, CLOSE)(file)

    def write(self, file: int, data: int, length: int, place: int) -> int:
        self.disk.note("write", self.names[file], place=place, data=ctypes.string_at(data, length))
        return self._call(Write, file, WRITE)(file, data, length, place)

    def truncate(self, file: int, size: int) -> int:
        self.disk.note("cut", self.names[file], place=size)
        return self._call(Truncate, file, TRUNCATE)(file, size)

    def sync(self, file: int, flags: int) -> int:
        done = self._call(Sync, file, SYNC)(file, flags)
        self.disk.note("sync", self.names[file], journal=file in self.journals)
        return done

    def delete(self, _: int, name: bytes, sync_folder: int) -> int:
        path = os.fsdecode(name)
        done = int(self.base.contents.delete(ctypes.addressof(self.base.contents), name, sync_folder))
        if done == 0:
            self.disk.note("unlink", path)
            if sync_folder:
                self.disk.note("sync_folder", str(Path(path).parent))
        return done


@contextmanager
def recording_spool(disk: Disk, careless: bool = False) -> Iterator[None]:
    """Note what `report/spool.py` does: its writes, its syncs, its renames and removals. Careless: no syncs."""
    from lightkeeper.report import spool

    plain = (spool.write_durably, spool.flush_folder, Path.rename, Path.unlink)

    def write_durably(path: Path, data: bytes) -> None:
        disk.note("create", str(path))
        disk.note("write", str(path), data=data)
        plain[0](path, data)
        if not careless:
            disk.note("sync", str(path))

    def flush_folder(folder: Path) -> None:
        plain[1](folder)
        if not careless:
            disk.note("sync_folder", str(folder))

    def rename(path: Path, target: Path) -> Path:
        done = plain[2](path, target)
        disk.note("rename", str(path), to=str(target))
        return done

    def unlink(path: Path, missing_ok: bool = False) -> None:
        plain[3](path, missing_ok)
        disk.note("unlink", str(path))

    spool.write_durably, spool.flush_folder = write_durably, flush_folder
    Path.rename, Path.unlink = rename, unlink  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        spool.write_durably, spool.flush_folder = plain[:2]
        Path.rename, Path.unlink = plain[2:]  # type: ignore[method-assign]
