"""What a thief of the public server finds: every file is searched for what was told, plain, encoded or packed."""

import base64
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.sites import Site
from tests.trust.reporting import ask, fill_in, kept_of, send


def canary(number: int) -> str:
    """A word that stands nowhere else."""
    return f"zqcanary{number:06d}xkv"


MARK = b"zqcanary"
# The same mark as it would look in UTF-16, in hexadecimal, and in base64 at each of its three offsets.
DISGUISES = (
    MARK,
    "zqcanary".encode("utf-16-le"),
    MARK.hex().encode(),
    *(base64.b64encode(b"\0" * shift + MARK)[4:12] for shift in range(3)),
)


def plant(site: Site, count: int) -> int:
    """Tell `count` reports with a canary in every answer, an answer to each receipt, and a word of feedback."""
    planted = 0
    for number in range(count):
        word = canary(number)
        kept = fill_in(site.address, f"{word} threatens to show a photo.")
        form = {
            "kept": kept,
            "screen": "them",
            "names": word,
            "links": f"https://example.com/{word}",
            "go": "next",
        }
        kept = kept_of(ask(f"{site.address}/report", form).page)
        form = {"kept": kept, "screen": "reach", "name": word, "how": f"{word}@example.com", "go": "next"}
        thanks = send(site.address, kept_of(ask(f"{site.address}/report", form).page))
        assert thanks.acknowledged
        shown = ask(f"{site.address}/replies", {"words": thanks.words})
        if "f-answer" in shown.page:  # while the database is away, nobody can come back to add anything
            ask(f"{site.address}/replies", {"kept": kept_of(shown.page), "answer": f"And {word}.", "go": "send"})
        form = {"kept": kept_of(ask(f"{site.address}/feedback").page), "text": f"{word} was good", "found": "yes"}
        ask(f"{site.address}/feedback", form)
        ask(f"{site.address}/report?{word}=1")
        ask(f"{site.address}/{word}")
        planted += 1
    return planted


def traces(folder: Path) -> list[str]:
    """The files below the folder in which a mark can be read without a key."""
    return sorted({str(path.relative_to(folder)) for path in files_of(folder) if shows_mark(path.read_bytes())})


def files_of(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def shows_mark(data: bytes) -> bool:
    return any(disguise in data for disguise in DISGUISES) or any(MARK in opened for opened in unpacked(data))


def unpacked(data: bytes) -> Iterator[bytes]:
    """Whatever lies compressed in the data: zlib and gzip begin with bytes that can be looked for."""
    for found in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]", data):
        try:
            yield zlib.decompressobj(wbits=47).decompress(data[found.start() :], 1 << 20)
        except zlib.error:
            continue
