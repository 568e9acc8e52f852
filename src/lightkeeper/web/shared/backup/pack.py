"""Make a backup: copy, write the manifest, seal, and only then let the file appear under its name."""

import gzip
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pyrage
from pyrage import x25519

from lightkeeper import __version__
from lightkeeper.core.errors import UnreadableInput
from lightkeeper.report.seal import read_recipient
from lightkeeper.web.shared.backup.manifest import MANIFEST, Packed, is_sqlite, sum_of
from lightkeeper.web.shared.backup.postgres import dump_postgres

# Made anew at every start, or worthless a minute later; a database's log is inside the copy that its engine makes.
_WORK, _A_DAY = ".backup-", 86_400
_LEFT_OUT_FOLDERS = {"static", "locale", "cache"}
_LEFT_OUT_ENDINGS = ("-wal", "-shm", "-journal", ".sock", ".pid", ".tmp", ".part")
# A report moves one way: from the spool to the inbox, from the inbox to the casebook, and is removed only after it
# was kept further on. Copied in this order, one that moves while we copy is in the backup twice, never not at all.
_WAY = ("spool", "inbox", "casebook")


def back_up(data: Path, target: Path, recipients: Sequence[str], databases: Mapping[str, str]) -> Packed:
    """Write a sealed backup of the folder `data` and of PostgreSQL `databases` (name to address).

    The target appears whole or not at all. Raises UnreadableInput when it is there already, when the folder is
    none, and when a database cannot be read.
    """
    if not data.is_dir():
        raise UnreadableInput("there is no such data folder to back up")
    if target.exists():
        raise UnreadableInput("a file of that name is there already; a backup is never written over")
    keys = [read_recipient(one) for one in recipients]
    if not keys:
        raise UnreadableInput("name at least one public key (age1...) that the backup is sealed for")
    _clear_left_overs(data)
    with tempfile.TemporaryDirectory(prefix=_WORK, suffix=".tmp", dir=data) as work, _half(target) as half:
        copies = Path(work)  # beside what it copies: only what is sealed ever lies where the backups are
        packed = _copy_all(data, copies, databases)
        with half.open("wb") as sealed, _sealing(sealed, keys) as plain:
            _write_tar(plain, copies, packed)
        _sync(half)
        half.replace(target)
        _sync(target.parent)
    return packed


def _clear_left_overs(data: Path) -> None:
    """Remove the copies of a backup that was killed."""
    for left in data.glob(f"{_WORK}*.tmp"):
        if time.time() - left.stat().st_mtime > _A_DAY:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _half(target: Path) -> Iterator[Path]:
    """The name under which the sealed file grows; nothing stays of it when it does not come to its end."""
    handle, name = tempfile.mkstemp(prefix=_WORK, suffix=".tmp", dir=target.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _copy_all(data: Path, copies: Path, databases: Mapping[str, str]) -> Packed:
    files: dict[str, tuple[int, str]] = {}
    for path in in_the_order_of_the_way(data.rglob("*"), data):
        name = path.relative_to(data)
        if not _is_kept(path, name):
            continue
        copy = copies / "data" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            _copy_sqlite(path, copy) if is_sqlite(path) else shutil.copyfile(path, copy)
        except FileNotFoundError:
            continue  # a spooled envelope was delivered while we copied: it is in the inbox, which comes after
        files[str(name)] = (copy.stat().st_size, sum_of(copy))
    for name, address in sorted(databases.items(), key=lambda one: _place(one[0])):
        copy = copies / "data" / f"{name}.pgdump"
        copy.parent.mkdir(parents=True, exist_ok=True)
        dump_postgres(address, copy)
        files[copy.name] = (copy.stat().st_size, sum_of(copy))
    return Packed(datetime.now(UTC).isoformat(timespec="seconds"), __version__, files)


def in_the_order_of_the_way(paths: Iterable[Path], data: Path) -> list[Path]:
    """Files in the order in which they must be copied: what a report leaves before what it comes to."""
    return sorted(paths, key=lambda path: (_place(path.relative_to(data).parts[0]), path))


def _place(name: str) -> int:
    return next((place for place, stop in enumerate(_WAY) if name.startswith(stop)), -1)


def _is_kept(path: Path, name: Path) -> bool:
    hidden = any(part.startswith((".backup-", ".restore-")) for part in name.parts)
    left_out = name.parts[0] in _LEFT_OUT_FOLDERS or name.name.endswith(_LEFT_OUT_ENDINGS)
    return path.is_file() and not path.is_symlink() and not hidden and not left_out


def _copy_sqlite(path: Path, copy: Path) -> None:
    try:
        live = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)
        with closing(live), closing(sqlite3.connect(copy)) as target:
            live.backup(target)  # one read transaction: a moment, however long it takes
            target.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error:
        raise UnreadableInput(f"the database {path.name} cannot be read") from None


@contextmanager
def _sealing(target: IO[bytes], keys: list[x25519.Recipient]) -> Iterator[IO[bytes]]:
    """A file to write plain bytes into, while another thread seals what comes out at the other end."""
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def seal_all() -> None:
        with os.fdopen(reading, "rb") as plain:
            try:
                pyrage.encrypt_io(plain, target, keys)
            except BaseException as error:  # handed over to the writing thread
                failed.append(error)

    thread = threading.Thread(target=seal_all)
    thread.start()
    try:
        with os.fdopen(writing, "wb") as plain:
            yield plain
    finally:
        thread.join()
    if failed:
        raise failed[0]


def _write_tar(plain: IO[bytes], copies: Path, packed: Packed) -> None:
    # Level 3: a casebook shrinks about as well as at 9, in a third of the time.
    with (
        gzip.GzipFile(fileobj=plain, mode="wb", compresslevel=3) as smaller,
        tarfile.open(fileobj=smaller, mode="w|") as archive,
    ):
        told = json.dumps(packed.as_json(), indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(told)
        archive.addfile(entry, io.BytesIO(told))
        for name in packed.files:
            archive.add(copies / "data" / name, arcname=f"data/{name}", filter=_plain_entry)


def _plain_entry(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.mode, entry.uid, entry.gid, entry.uname, entry.gname = 0o600, 0, 0, "", ""
    return entry


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
