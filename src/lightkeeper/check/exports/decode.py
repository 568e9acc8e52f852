"""Turns the bytes of a file into text, whatever computer they come from, and refuses what is no text."""

import re

from lightkeeper.core.errors import UnreadableExport

_MEDIA = (
    *(b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"\x1aE\xdf\xa3", b"OggS", b"fLaC"),
    *(b"ID3\x02", b"ID3\x03", b"ID3\x04"),
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, format: str = "unknown") -> tuple[str, bool]:
    """The text, with every line end as a line feed, and whether some characters could not be read.

    Raises UnreadableExport for pictures, films, sounds, programs and other bytes that are no text.
    """
    refuse_media(data, format)
    text = _as_text(data)
    damaged = "\ufffd" in text
    if len(_CONTROL.findall(text[:100_000])) * 100 > min(len(text), 100_000):
        raise UnreadableExport("it is not a text", format)
    return text.replace("\r\n", "\n").replace("\r", "\n"), damaged


def refuse_media(data: bytes, format: str = "unknown") -> None:
    """Raises UnreadableExport for a picture, a film or a sound: only the words of a chat are read."""
    head = data[:16]
    if (
        head.startswith(_MEDIA)
        or (head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"AVI ", b"WAVE"))
        or head[4:8] == b"ftyp"
        or (head[:2] == b"BM" and b"\x00" in head)
    ):
        raise UnreadableExport("it is a picture, a film or a sound; only the words of a chat are read", format)
    if head.startswith(b"%PDF"):
        raise UnreadableExport("it is a PDF; copy the words and paste them", format)


def _as_text(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    nulls_even, nulls_odd = data[0:2000:2].count(0), data[1:2000:2].count(0)
    half = len(data[:2000]) // 2
    if half and max(nulls_even, nulls_odd) * 2 > half > 4 * min(nulls_even, nulls_odd):
        return data.decode("utf-16-le" if nulls_odd > nulls_even else "utf-16-be", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        mended = data.decode("utf-8", "replace")
    good = sum(map(str.__len__, re.findall("[\x80-\ufffc\U00010000-\U0010ffff]+", mended)))
    if good > mended.count("\ufffd"):
        return mended  # a damaged file, not another encoding
    return data.decode("cp1252", "replace")
