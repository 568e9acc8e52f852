"""Write a BagIt 1.0 bag (RFC 8493) in memory: payload, tag files, and manifests in SHA-256 and SHA-512.

The known library writes 0.97 (FACTS F7); it and `sha256sum -c` check what is written here.
"""

import hashlib
import io
import tarfile
from collections.abc import Mapping
from datetime import UTC, datetime

ALGORITHMS = ("sha256", "sha512")
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def make_bag(payload: Mapping[str, bytes], tags: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """Every file of the bag by its path. `payload` paths are below data/, `tags` paths below the bag itself.

    Raises ValueError for a path that leaves the bag.
    """
    for path in (*payload, *tags):
        if path.startswith("/") or ".." in path.split("/") or not path:
            raise ValueError("a path in a bag stays inside it")
    data = {f"data/{path}": content for path, content in sorted(payload.items())}
    sized = {**info, "Payload-Oxum": f"{sum(map(len, data.values()))}.{len(data)}"}
    tagged = {
        "bagit.txt": _DECLARATION,
        "bag-info.txt": _write_info(sized),
        **dict(sorted(tags.items())),
        **{f"manifest-{name}.txt": _manifest(name, data) for name in ALGORITHMS},
    }
    seals = {f"tagmanifest-{name}.txt": _manifest(name, tagged) for name in ALGORITHMS}
    return {**data, **tagged, **seals}


def _write_info(info: Mapping[str, str]) -> bytes:
    """One label a line; a line break inside a value would be a label of its own, so it becomes a blank."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in info.items()).encode()


def _manifest(algorithm: str, files: Mapping[str, bytes]) -> bytes:
    lines = (
        f"{hashlib.new(algorithm, content).hexdigest()}  {_escape(path)}\n" for path, content in files.items()
    )
    return "".join(lines).encode()


def _escape(path: str) -> str:
    """RFC 8493, 2.1.3: line feed, carriage return and per cent are written in per cent form."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def write_tar(files: Mapping[str, bytes], folder: str, now: datetime) -> bytes:
    """The bag as an uncompressed tar with one folder. The same bag at the same time gives the same bytes."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path, content in files.items():
            entry = tarfile.TarInfo(f"{folder}/{path}")
            entry.size, entry.mtime, entry.mode = len(content), int(now.astimezone(UTC).timestamp()), 0o600
            tar.addfile(entry, io.BytesIO(content))
    return out.getvalue()
