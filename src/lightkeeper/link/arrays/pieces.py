"""Cutting big files at line ends, so that a machine of modest memory reads them one piece at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PIECE = 512 << 20  # bytes that are read at once
_COPIED = 1 << 24


def pieces(path: Path) -> Iterator[tuple[int, int]]:
    """Where the pieces of a file begin and end, in bytes."""
    size, start = path.stat().st_size, 0
    if not size:
        yield 0, 0
    with path.open("rb") as file:
        while start < size:
            file.seek(min(size, start + PIECE))
            file.readline()
            end = min(size, file.tell())
            yield start, end
            start = end


@contextmanager
def one_piece(path: Path, start: int, end: int, folder: Path) -> Iterator[Path]:
    """A file that holds this piece alone: the file itself if it is all of it."""
    if (start, end) == (0, path.stat().st_size):
        yield path
        return
    cut = folder / "piece.jsonl"
    with path.open("rb") as whole, cut.open("wb") as part:
        whole.seek(start)
        while start < end:
            start += part.write(whole.read(min(_COPIED, end - start)))
    yield cut
    cut.unlink()
