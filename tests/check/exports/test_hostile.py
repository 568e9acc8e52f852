"""Whatever is thrown at the reader, it answers with a conversation or one clear error, in bounded memory."""

import io
import json
import struct
import traceback
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lightkeeper.check.exports import FORMATS, archive, draft, limits, read, read_export, read_exports
from lightkeeper.core.errors import UnreadableExport

SECRET = "wren-harbour-7391"
LINE = f"21/11/2026, 22:07 - {SECRET}: {SECRET}\n"


def refused(data: bytes, format: str | None = None) -> UnreadableExport:
    with pytest.raises(UnreadableExport) as caught:
        read_export(data, filename=f"{SECRET}.txt", format=format)
    return caught.value


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in files.items():
            whole.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xff\xd8\xff\xe0" + b"x" * 100, "picture"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "picture"),
        (b"GIF89a" + b"x" * 100, "picture"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "picture"),
        (b"\x00\x00\x00\x18ftypheic" + b"x" * 100, "picture"),
        (b"\x00\x00\x00\x20ftypisom" + b"x" * 100, "film"),
        (b"ID3\x03\x00" + b"x" * 100, "sound"),
        (b"%PDF-1.7 " + b"x" * 100, "PDF"),
        (bytes(range(256)) * 40, "not a text"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 400, "not a text"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b'{"messages": [', "JSON"),
        (b'{"a": ' * 100_000, "JSON"),
        (b"[" * 1_000_000, "JSON"),
        (b'{"messages": [{"sender": NaN}]}', "JSON"),
        (b'{"messages": ' + b"9" * 10_000 + b"}", "JSON"),
        (b'{"nothing": "of a chat"}', "no chat"),
        (b'{"messages": [], "participants": []}', "no chat"),
        (b"PK\x03\x04" + b"x" * 500, "broken"),
        (b"PK\x05\x06" + b"\x00" * 18, "no text"),
    ],
)
def test_what_is_no_chat_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    assert reason in refused(data).reason


@pytest.mark.parametrize("format", FORMATS)
def test_a_format_that_was_told_but_does_not_fit_is_one_clear_error_or_read(format: str) -> None:
    for data in (b"x", b"{}", b"[]", b"[1, null, []]", b'{"messages": [1, {"a": {}}]}', b"a,b\n1,2\n"):
        error = error_of(data, format)
        assert error is None or "\n" not in str(error)


def test_a_format_that_nobody_knows_is_told_with_those_that_are() -> None:
    assert "whatsapp" in refused(b"x", format="smoke").reason


def test_a_zip_bomb_stops_at_the_limit_and_not_at_its_own_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_TEXT", 1_000_000)
    bomb = zipped(**{"_chat.txt": b"0" * 60_000_000})
    lying = bytearray(bomb)  # the entry now claims to unpack to ten bytes
    place = bytes(lying).rindex(b"PK\x01\x02")
    lying[place + 24 : place + 28] = struct.pack("<I", 10)
    for data in (bomb, bytes(lying)):
        tracemalloc.start()
        assert "unpacks to more" in refused(data).reason or "broken" in refused(data).reason
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 20_000_000


def test_many_small_bombs_share_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_TEXT", 1_000_000)
    files = {f"messages__c{number}__messages.json": b" " * 300_000 for number in range(10)}
    assert "unpacks to more" in refused(zipped(**files)).reason


def test_pictures_in_an_archive_are_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_TEXT", 1000)
    whole = zipped(
        **{"_chat.txt": LINE.encode(), "photo.jpg": b"\xff\xd8\xff" * 100_000, "notes.pdf": b"x" * 5000}
    )
    assert len(read_export(whole).messages) == 1


def test_a_picture_that_calls_itself_a_chat_is_refused_in_an_archive() -> None:
    assert "picture" in refused(zipped(**{"_chat.txt": b"\xff\xd8\xff\xe0" + b"x" * 100})).reason


def test_a_locked_archive_says_so() -> None:
    whole = bytearray(zipped(**{"_chat.txt": LINE.encode()}))
    whole[bytes(whole).rindex(b"PK\x01\x02") + 8] |= 1
    assert "password" in refused(bytes(whole)).reason


def test_a_rare_packing_says_so() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as whole:
        whole.writestr("_chat.txt", LINE)
    assert "unpack it first" in refused(packed.getvalue()).reason


def test_web_pages_in_an_archive_are_told_apart_from_nothing() -> None:
    assert "JSON" in refused(zipped(**{"messages.html": b"<html>"})).reason


@pytest.mark.parametrize(
    ("limit", "value", "place", "data"),
    [
        ("LARGEST_TEXT", 10, read, LINE.encode()),
        ("LARGEST_FILE", 10, read, LINE.encode()),
        ("MOST_LINES", 1, read, LINE.encode() * 3),
        ("MOST_OBJECTS", 2, read, b'{"messages": [{"sender": "a", "text": "b"}]}'),
        ("MOST_MESSAGES", 2, draft, LINE.encode() * 3),
        ("LONGEST_MESSAGE", 10, draft, LINE.encode() + b"x" * 20),
    ],
)
def test_each_limit_is_kept(
    limit: str, value: int, place: object, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_export(data).messages
    monkeypatch.setattr(place, limit, value)
    assert SECRET not in str(refused(data))


def test_a_line_of_ten_million_letters_is_refused() -> None:
    assert "longer than" in refused(b"21/11/2026, 22:07 - Sam: " + b"a" * 10_000_000).reason
    assert "longer than" in refused(b"a: " * 1_000_000).reason


def test_a_cell_that_never_ends_is_refused() -> None:
    assert "cell" in refused(b'sender,text\nSam,"' + b"x" * (limits.LONGEST_CELL + 1)).reason


@pytest.mark.parametrize("format", [None, *FORMATS])
def test_no_error_holds_a_word_of_the_chat(format: str | None) -> None:
    data = json.dumps({"messages": [SECRET, {"sender_name": SECRET}], SECRET: SECRET})[:-1].encode()
    for broken in (data, data + b"\xff", zlib.compress(data), b"PK\x03\x04" + data, data * 2, b"[" + data):
        error = error_of(broken, format)
        if error is not None:
            assert SECRET not in "".join(traceback.format_exception_only(error))
            assert error.__cause__ is None


def test_no_repr_holds_a_word_of_the_chat() -> None:
    chat = read_export(LINE.encode() * 2)
    shown = [
        repr(chat),
        *map(repr, chat.messages),
        repr(draft.Draft(SECRET, SECRET)),
        repr(draft.Part(SECRET, SECRET)),
    ]
    assert SECRET not in " ".join(shown)


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=400), format=st.sampled_from([None, *FORMATS]))
def test_any_bytes_are_read_or_refused(data: bytes, format: str | None) -> None:
    read_or_refuse(data, format)


@settings(max_examples=400, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(
            ["[", "]", "21/11/26", "1.2.2026", " ", ", ", "22:07", " PM", " - ", "Sam", ": ", "\n", "\u200e", "٣"]
        )
        | st.text(max_size=6)
    ).map("".join),
    format=st.sampled_from([None, "whatsapp", "pasted", "imessage", "csv"]),
)
def test_any_text_is_read_or_refused(text: str, format: str | None) -> None:
    read_or_refuse(text.encode("utf-8", "replace"), format)


WORDS = ("hi", "pay", "see", "x", "Deadline")
lines_of_words = st.lists(st.sampled_from([*WORDS, "22:07", "Sam:", "Deadline:", "Today", "x: y"]), min_size=1)


@settings(max_examples=300, deadline=None)
@given(lines=st.lists(lines_of_words.map(" ".join), min_size=1, max_size=12), named=st.booleans())
def test_no_pasted_word_is_ever_lost(lines: list[str], named: bool) -> None:
    given = "\n".join(f"Noor: {line}" if named else line for line in lines)
    chat = read_export(given.encode(), format="pasted")
    kept = " ".join(word for one in chat.messages for word in (one.sender, one.text))
    assert [kept.count(word) for word in ("hi", "pay", "see")] == [
        given.count(word) for word in ("hi", "pay", "see")
    ]


NAMES = (
    *("messages", "sender_name", "timestamp_ms", "content", "participants", "name", "senderName", "threadName"),
    *("text", "From", "To", "Created", "IsSender", "Content", "chats", "list", "type", "from", "from_id", "date"),
    *("body", "sent_at", "chatItem", "channel", "author", "Contents", "personal_information", "user_id", "photos"),
    *(
        "media",
        "share",
        "attachments",
        "sender",
        "recipient",
        "id",
        "Media Type",
        "Direct Messages",
        "Chat History",
    ),
    *("ChatHistory", "standardMessage", "updateMessage", "poll", "answers", "question", "embeds", "Attachments"),
)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["Sam", "TEXT"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), inner, max_size=6)
    ),
    max_leaves=30,
)


@settings(max_examples=500, deadline=None)
@given(value=json_values, format=st.sampled_from([None, *FORMATS]))
def test_any_json_is_read_or_refused(value: object, format: str | None) -> None:
    read_or_refuse(json.dumps(value).encode(), format)


def error_of(data: bytes, format: str | None) -> UnreadableExport | None:
    """What the reader says against it, or None when it can be read. Any other error fails the test."""
    try:
        chats = read_exports(data, filename=f"{SECRET}.txt", format=format)
    except UnreadableExport as error:
        return error
    assert chats
    return None


def read_or_refuse(data: bytes, format: str | None) -> None:
    """What was read can be written down anywhere."""
    if error_of(data, format) is None:
        for message in read_export(data, format=format).messages:
            f"{message.sender}{message.text}{message.sent_at}".encode()
