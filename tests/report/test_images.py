"""Promise 3, the looking: file bytes are recognised in every disguise we know, and people's words never are."""

import base64
import random
import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lightkeeper.core.errors import ImageRefused
from lightkeeper.report.images import looks_like_picture, refuse_pictures
from lightkeeper.report.redact import clean

NOISE = random.Random(7).randbytes(900)


def png() -> bytes:
    """A valid PNG of grey noise, made here."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + NOISE[at : at + 30] for at in range(0, 900, 30))
    head = struct.pack(">IIBBBBB", 30, 30, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PNG = png()
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + NOISE
EXIF_THUMBNAIL = b"\xff\xd8\xff\xe1\x01\x00Exif\x00\x00MM\x00*" + NOISE[:400] + JPEG
FILES = {
    "png": PNG,
    "jpeg": JPEG,
    "exif thumbnail": EXIF_THUMBNAIL,
    "gif": b"GIF89a\x01\x00\x01\x00" + NOISE,
    "webp": b"RIFF\x00\x01\x00\x00WEBPVP8 " + NOISE,
    "heic": b"\x00\x00\x00\x18ftypheic" + NOISE,
    "mp4": b"\x00\x00\x00\x18ftypmp42" + NOISE,
    "webm": b"\x1aE\xdf\xa3" + NOISE,
    "zip": b"PK\x03\x04" + NOISE,
    "pdf and jpeg": b"%PDF-1.7\n" + JPEG,
    "html and png": b"<html><!--" + PNG + b"--></html>",
    "gzip": b"\x1f\x8b\x08\x00" + NOISE,
}
Disguise = Callable[[bytes], str]
DISGUISES: dict[str, Disguise] = {
    "as bytes": lambda data: data.decode("latin-1"),
    "as broken text": lambda data: data.decode("utf-8", "replace"),
    "data address": lambda data: "data:image/png;base64," + base64.b64encode(data).decode(),
    "base64": lambda data: base64.b64encode(data).decode(),
    "base64 for addresses": lambda data: base64.urlsafe_b64encode(data).decode(),
    "base64 in lines": lambda data: base64.encodebytes(data).decode(),
    "base64 in fours": lambda data: in_groups(base64.b64encode(data).decode(), 4, " "),
    "base64 with hidden blanks": lambda data: in_groups(base64.b64encode(data).decode(), 9, "\u200b"),
    "base64 in quotes": lambda data: in_groups(base64.b64encode(data).decode(), 40, '",\n"'),
    "base64 after a story": lambda data: "He said this: " + base64.b64encode(data).decode() + " and then he left.",
    "base64 in a link": lambda data: "https://example.com/" + base64.urlsafe_b64encode(data).decode(),
    "hex": lambda data: data.hex(),
    "hex with blanks": lambda data: data.hex(" "),
    "hex with colons": lambda data: data.hex(":"),
    "escaped": lambda data: "".join(f"\\x{byte:02x}" for byte in data),
    "escaped letters": lambda data: "".join(f"\\u00{byte:02x}" for byte in data),
    "per cent": lambda data: "".join(f"%{byte:02X}" for byte in data),
    "quoted printable": lambda data: "".join(f"={byte:02X}" for byte in data),
    "numbers": lambda data: str(list(data)),
    "entities": lambda data: "".join(f"&#{byte};" for byte in data),
    "hex entities": lambda data: "".join(f"&#x{byte:02x};" for byte in data),
    "base32": lambda data: base64.b32encode(data).decode(),
    "base85": lambda data: base64.b85encode(data).decode(),
    "ascii85": lambda data: base64.a85encode(data, adobe=True).decode(),
    "bits": lambda data: "".join(f"{byte:08b}" for byte in data),
}
HARMLESS = [
    "He said he will send it to my mum if I do not pay £50 by 9pm.",
    "instagram.com/some_name_12 and snap: some.name__99",
    "PayPal some.one@example.com, cashapp $someone77, GB29 NWBK 6016 1331 9268 19",
    "07700 900123, +44 7700 900456, 07700900789",
    "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
    "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "https://www.example.com/photo/?id=YWJjZGVmZ2hpamtsbW5vcA&x=1#part",
    "The hash is d41d8cd98f00b204e9800998ecf8427ee3b0c44298fc1c149afbf4c8996fb924",
    "Mae rhywun wedi bygwth rhannu llun ohonof i. Beth ddylwn i ei wneud?",
    "HAHAHAHA " + "ha" * 300,
    "he keeps writing " + "A" * 500,
    "他威胁我说要把照片发给我妈妈。" * 20,
    "Grozi mi, że wyśle zdjęcie wszystkim. Nie wiem, co robić! 😭😭😭",
    "at 10:15, 10:16, 10:17, 10:18, 10:19, 10:20, 10:21, 10:22, 10:23, 10:24, 10:25 he wrote again",
    "codes were 1234 5678 9012 3456 and 9876 5432 1098 7654",
    "my data: name, age, school. He has all of it",
]


def in_groups(text: str, size: int, between: str) -> str:
    return between.join(text[at : at + size] for at in range(0, len(text), size))


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_recognised_in_every_disguise(kind: str, disguise: str) -> None:
    assert looks_like_picture(DISGUISES[disguise](FILES[kind]))


@pytest.mark.parametrize(
    "text",
    [
        "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
        "DATA:image/svg+xml,<circle/>",
        "<svg viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>",
        "<img src='data:image/png;base64,AAAA'>",
        "R0lGODlhAQABAAAAACwAAAAAAQABAAA=",
        "begin 644 pic.jpg\nM" + "A" * 60 + "\n",
        "⠿⣿⡟" * 60,
        "█▓▒" * 60,
        "a\x00b",
    ],
)
def test_small_and_odd_ones_as_well(text: str) -> None:
    assert looks_like_picture(text)


@pytest.mark.parametrize("length", [500, 5_000])
def test_a_block_of_machine_letters_is_refused_even_when_it_says_nothing(length: int) -> None:
    block = base64.b64encode(random.Random(length).randbytes(length)).decode()
    assert looks_like_picture(block)
    assert looks_like_picture(in_groups(block, 76, "\n"))


@pytest.mark.parametrize("text", HARMLESS)
def test_words_names_numbers_and_links_are_never_refused(text: str) -> None:
    assert not looks_like_picture(text)


@given(st.lists(st.sampled_from(HARMLESS), min_size=1, max_size=12).map("\n".join))
def test_nor_are_many_of_them_together(text: str) -> None:
    assert not looks_like_picture(text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=400))
def test_it_never_fails_on_any_text(text: str) -> None:
    assert looks_like_picture(text) in (True, False)


def test_the_error_repeats_nothing() -> None:
    with pytest.raises(ImageRefused) as caught:
        refuse_pictures(JPEG.hex())
    assert JPEG.hex()[:12] not in str(caught.value)


def test_cleaning_keeps_odd_letters_and_takes_hidden_marks_away() -> None:
    assert clean("  ｊaѕоn\u202e_99\u200b\r\nnext  ", 100) == "ｊaѕоn_99\nnext"
