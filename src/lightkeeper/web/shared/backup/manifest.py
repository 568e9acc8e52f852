"""What a backup says of itself: every file with its size and sum, when it was made and by which version."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Packed:
    """What a backup holds: its files with sizes and sums, when and by which version it was made."""

    made: str
    version: str
    files: Mapping[str, tuple[int, str]]

    def as_json(self) -> dict[str, object]:
        files = {name: {"bytes": size, "sha256": digest} for name, (size, digest) in self.files.items()}
        return {"format": 1, "made": self.made, "version": self.version, "files": files}


def read_manifest(path: Path) -> Packed:
    """Raises ValueError for what is no manifest."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        files = {name: (int(one["bytes"]), str(one["sha256"])) for name, one in told["files"].items()}
        made, version = str(told["made"]), str(told["version"])
    except (KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise ValueError("this is no manifest") from None
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in files):
        raise ValueError("a backup's files lie inside its folder")  # anybody can seal a file for a public key
    return Packed(made, version, files)


def sum_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\x00"
