"""Opens a zip archive as far as a chat needs it: texts only, never a picture, never more than the limits.

Raises UnreadableExport for a broken, locked or over-large archive. What an entry says of its size is not
believed: unpacking stops at the limit.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lightkeeper.check.exports.limits import LARGEST_TEXT, MOST_ENTRIES
from lightkeeper.core.errors import UnreadableExport

_READABLE = (".txt", ".json", ".jsonl", ".csv")
# The name of a file in an archive is somebody else's: each of these looks at it once, however long it is.
_CHAT_FILE = re.compile(
    r"_chat\.txt|(?:chat|snap)_history.*\.json|result\.json|user_data.*\.json|message_\d+\.json",
    re.IGNORECASE | re.DOTALL,
)
_CHAT_PLACE = re.compile(r"(?:\A|/)(?:messages?[^/]*/|account/user\.json\Z)", re.IGNORECASE)
_CHAT_WORDS = ("direct message", "whatsapp")
_OPEN_TO_US = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SYSTEM_FOLDER = "__MACOSX/"


def is_archive(data: bytes) -> bool:
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def open_archive(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each text in the archive that can belong to a chat, in the order of their paths."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            left = LARGEST_TEXT
            for entry in _choose(archive.infolist()):
                content = _unpack(archive, entry, left)
                left -= len(content)
                yield entry.filename, content
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise UnreadableExport("the zip archive is broken or locked", "zip") from None


def _choose(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The texts with the path of a chat; when none has one, every text."""
    if len(entries) > MOST_ENTRIES:
        raise UnreadableExport(f"the archive has more than {MOST_ENTRIES:,} entries", "zip")
    texts = [
        entry
        for entry in entries
        if entry.filename.lower().endswith(_READABLE) and not entry.filename.startswith(_SYSTEM_FOLDER)
    ]
    if not texts and any(entry.filename.lower().endswith((".html", ".htm")) for entry in entries):
        raise UnreadableExport("it holds web pages; ask the app for JSON instead of HTML", "zip")
    chats = [entry for entry in texts if _is_chat(entry.filename)]
    return sorted(chats or texts, key=lambda entry: _by_number(entry.filename))


def _is_chat(path: str) -> bool:
    name = path.rpartition("/")[2]
    words = name.lower().endswith(".txt") and any(word in name.lower() for word in _CHAT_WORDS)
    return words or bool(_CHAT_FILE.fullmatch(name) or _CHAT_PLACE.search(path))


def _by_number(path: str) -> list[tuple[int, str]]:
    """`message_2` before `message_10`."""
    return [(int(piece), "") if piece.isdigit() else (-1, piece) for piece in re.split(r"([0-9]{1,15})", path)]


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    if entry.flag_bits & 1:
        raise UnreadableExport("the zip archive is locked with a password", "zip")
    if entry.compress_type not in _OPEN_TO_US:
        raise UnreadableExport("the zip archive is packed in a rare way; unpack it first", "zip")
    with archive.open(entry) as packed:
        content = packed.read(left + 1)
    if len(content) > left:
        raise UnreadableExport(f"it unpacks to more than {LARGEST_TEXT // 1_000_000} MB of text", "zip")
    return content
