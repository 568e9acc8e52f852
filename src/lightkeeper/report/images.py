"""Recognises picture, video and file bytes that come as text, in whatever disguise, so that they can be refused.

It errs on the side of refusing: nobody needs to send us a long block of machine letters, and words, names,
numbers, links and account numbers are never affected. It looks for beginnings of files and for blocks that no
person writes; it never decodes a picture and keeps nothing. What it cannot see is said in
docs/explanation/no-image-comes-in.md.
"""

import base64
import binascii
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator

from lightkeeper.core.errors import ImageRefused

# How files of pictures, films, sound, archives and documents begin, or what stands close to their beginning.
BEGINNINGS = (
    *(b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"WEBPVP8", b"II*\x00", b"MM\x00*", b"8BPS"),
    *(b"ftyp", b"\x1aE\xdf\xa3", b"OggS", b"FLV\x01", b"JXL \r\n", b"qoif", b"\x00\x00\x01\x00\x01\x00"),
    *(b"PK\x03\x04", b"Rar!\x1a", b"7z\xbc\xaf", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ", b"%PDF-", b"ID3\x03"),
)
LONG_RUN = 200  # letters of base64 without a break
LONG_BLOCK = 600  # the same with breaks between
LONG_WORD = 400  # any letters without a break, outside a link
LONG_LIST = 300  # bytes written as numbers
LONG_LINK = 2_000

_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|\ufffd{4}")
_DATA_ADDRESS = re.compile(
    r"data\s*:\s*[\w.+-]{0,40}\s*/?[^,\n]{0,120}(;\s*base64|,%|,\s*<)|data\s*:\s*(image|video)/", re.I
)
_DRAWING = re.compile(r"<\s*(svg|image|canvas|picture|video)\b[^>]{0,200}>", re.I)
_DOTS = re.compile("[\u2580-\u259f\u2800-\u28ff]")
_BASE64_RUN = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_BREAKS = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff\"'>,;|*.:·()\\[\\]{}]+")
_ESCAPES: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"(?:%[0-9A-Fa-f]{2}){4,}"), 3),
    (re.compile(r"(?:=[0-9A-F]{2}\s*){4,}"), 3),
    (re.compile(r"(?:\\x[0-9A-Fa-f]{2}[\s,]*){4,}"), 4),
    (re.compile(r"(?:\\u00[0-9A-Fa-f]{2}[\s,]*){4,}"), 6),
    (re.compile(r"(?:&#x0*[0-9A-Fa-f]{2};[\s,]*){4,}"), 6),
    (re.compile(r"(?:0x[0-9A-Fa-f]{1,2}[\s,]*){4,}"), 4),
    (re.compile(r"(?:\b[0-9A-Fa-f]{2}[\s,:-]+){8,}"), 3),
)
_HEX_BYTE = re.compile(r"[0-9A-Fa-f]{1,2}(?=[;\s,:%=\\&-]|$)")
_HEX_RUN = re.compile(r"[0-9A-Fa-f]{24,}")
_NUMBERS = re.compile(r"(?:(?:&#)?\b\d{1,3}\b[;,\s]+){12,}")
_BITS = re.compile(r"(?:[01][\s,]*){800,}")
_UUENCODED = re.compile(r"^begin(-base64)? [0-7]{3,4} |(^M[!-`]{60}\s*$\n?){3,}|<~[!-uz\s]{40,}~>", re.M)
_LINK = re.compile(rf"(?:https?://|www\.)\S{{1,{LONG_LINK}}}")
_WORD = re.compile(rf"[!-~]{{{LONG_WORD},}}")


def refuse_pictures(text: str) -> None:
    """Raise ImageRefused when the text carries file bytes. The error repeats nothing of it."""
    if looks_like_picture(text):
        raise ImageRefused("this looks like a picture or a file, and we never take one")


def looks_like_picture(text: str) -> bool:
    """Whether a text is, or hides, the bytes of a picture, a film or a file."""
    if _NOT_TEXT.search(text) or _has_beginning(text.encode("latin-1", "ignore")):
        return True
    if len(text) < 16:
        return False
    return any(looks(text) for looks in _LOOKS)


def _says_so(text: str) -> bool:
    """A data: address, a drawing written as markup, a block of dots and bars, or an old mail attachment."""
    dots = _DOTS.findall(text)
    return bool(_DATA_ADDRESS.search(text) or _DRAWING.search(text) or len(dots) >= 150 or _UUENCODED.search(text))


def _in_base64(text: str) -> bool:
    squeezed = _BREAKS.sub("", text)
    runs = {*_BASE64_RUN.findall(text), *_BASE64_RUN.findall(squeezed)}
    if any(_has_beginning(decoded) for run in runs for decoded in _decode(run)):
        return True
    without_links = _LINK.sub(" ", text)
    if any(_is_machine_made(run) for run in _BASE64_RUN.findall(without_links) if len(run) >= LONG_RUN):
        return True
    blocks = _BASE64_RUN.findall(_BREAKS.sub("", without_links))
    return any(_is_machine_made(block) for block in blocks if len(block) >= LONG_BLOCK)


def _in_hex(text: str) -> bool:
    runs = [run.group() for run in _HEX_RUN.finditer(text)]
    if any(_has_beginning(_unhex(run[at:])) for run in runs for at in (0, 1)):
        return True
    if any(len(run) >= 2 * LONG_LIST and re.search("[A-Fa-f]", run) for run in runs):
        return True
    for pattern, _ in _ESCAPES:
        for run in pattern.finditer(text):
            written = bytes(int(part, 16) for part in _HEX_BYTE.findall(run.group()))
            if _has_beginning(written) or (len(written) >= LONG_LIST and not _is_text(written)):
                return True
    return False


def _in_numbers(text: str) -> bool:
    """Bytes as a list of numbers from 0 to 255, or as zeros and ones."""
    for run in _NUMBERS.finditer(text):
        numbers = [int(number) for number in re.findall(r"\d{1,3}", run.group())]
        if max(numbers) > 255:
            continue
        if _has_beginning(bytes(numbers)) or len(numbers) >= LONG_LIST:
            return True
    return bool(_BITS.search(text))


def _in_one_long_word(text: str) -> bool:
    """Any other way to write bytes in letters: base32, base85, base91. Laughter is long too, but not varied."""
    return any(_variety(word) >= 4.3 for word in _WORD.findall(_LINK.sub(" ", text)))


_LOOKS: tuple[Callable[[str], bool], ...] = (_says_so, _in_base64, _in_hex, _in_numbers, _in_one_long_word)


def _has_beginning(data: bytes) -> bool:
    return any(beginning in data for beginning in BEGINNINGS)


def _decode(run: str) -> Iterator[bytes]:
    """A run of base64 letters as bytes, at each of the four places where it may have been cut."""
    letters = run.rstrip("=").replace("-", "+").replace("_", "/")
    for start in range(4):
        part = letters[start:]
        part = part[: len(part) - len(part) % 4]
        try:
            yield base64.b64decode(part)
        except (binascii.Error, ValueError):
            continue


def _unhex(run: str) -> bytes:
    return bytes.fromhex(run[: len(run) - len(run) % 2])


def _is_machine_made(run: str) -> bool:
    """Small letters, capitals and figures all mixed, as base64 mixes them and no person does."""
    small = sum(letter.islower() for letter in run)
    capital = sum(letter.isupper() for letter in run)
    figures = sum(letter.isdigit() for letter in run)
    share = len(run)
    return small > share * 0.2 and capital > share * 0.2 and figures > share * 0.05 and _variety(run) > 4.5


def _variety(run: str) -> float:
    """Entropy in bits a letter."""
    return -sum(count / len(run) * math.log2(count / len(run)) for count in Counter(run).values())


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
