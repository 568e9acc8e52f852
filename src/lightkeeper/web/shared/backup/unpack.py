"""Open a backup, check it to the last byte, and bring it back into an empty place."""

import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pyrage
from pyrage import x25519

from lightkeeper.core.errors import CannotOpen, UnreadableInput
from lightkeeper.web.shared.backup.manifest import MANIFEST, Packed, is_sqlite, read_manifest, sum_of
from lightkeeper.web.shared.backup.postgres import load_postgres


def verify_backup(backup: Path, identities: Sequence[str]) -> Packed:
    """Open a backup and check every file against the manifest, and every SQLite database's own integrity.

    Raises CannotOpen for a wrong key or a damaged file.
    """
    with tempfile.TemporaryDirectory(prefix="lightkeeper-verify-") as work:
        return _unpack(backup, Path(work), identities)


def restore(backup: Path, data: Path, identities: Sequence[str], databases: Mapping[str, str]) -> Packed:
    """Bring a backup back into an empty folder and, for PostgreSQL, into empty databases.

    Raises UnreadableInput when the place is not empty: nothing is ever written over.
    """
    if data.exists() and any(data.iterdir()):
        raise UnreadableInput("the data folder is not empty; restore into an empty one")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", suffix=".tmp", dir=data.parent) as work:
        packed = _unpack(backup, Path(work), identities)
        opened = Path(work) / "data"
        for dump in sorted(
            opened.glob("*.pgdump")
        ):  # first: a database that is not empty refuses, and nothing is done
            load_postgres(dump, databases)
        for name in packed.files:
            if not name.endswith(".pgdump"):
                there = data / name
                there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                shutil.move(opened / name, there)
    return packed


def _unpack(backup: Path, work: Path, identities: Sequence[str]) -> Packed:
    """Open the envelope into `work` and check everything; the files then lie in its folder `data`."""
    if not backup.is_file():
        raise UnreadableInput("there is no such backup")
    packed_tar = work / "opened"
    try:
        keys = [x25519.Identity.from_str(one) for one in identities]
        with backup.open("rb") as sealed, packed_tar.open("wb") as plain:
            pyrage.decrypt_io(sealed, plain, keys)
    except (pyrage.DecryptError, pyrage.IdentityError, OSError):  # the last for a block that is not sound
        raise CannotOpen("none of the keys at hand opens this backup, or it is damaged") from None
    try:
        with tarfile.open(packed_tar, mode="r:gz") as archive:
            archive.extractall(work, filter="data")
        packed = read_manifest(work / MANIFEST)
    except (tarfile.TarError, zlib.error, OSError, EOFError, KeyError, ValueError):
        raise CannotOpen("the backup is damaged") from None
    packed_tar.unlink()
    for name, (size, digest) in packed.files.items():
        _check_file(work / "data" / name, name, size, digest)
    return packed


def _check_file(path: Path, name: str, size: int, digest: str) -> None:
    if not path.is_file() or path.stat().st_size != size or sum_of(path) != digest:
        raise CannotOpen(f"the backup is damaged: {name} is not what its manifest says")
    if is_sqlite(path):
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise CannotOpen(f"the backup is damaged: {name} is not a sound database")
