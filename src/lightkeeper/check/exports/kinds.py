"""Recognises what an app wrote in the place of a message: a photo left out, a deleted message, a call."""

import re
from functools import cache

from lightkeeper.check.exports.facts import FACTS, words
from lightkeeper.core.message import MessageKind

MARKS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
EDGE = MARKS + " \t\u00a0\u202f"  # what may stand around a name or a text without being part of it
_MEDIA = ("photo", "video", "audio", "sticker", "file", "contact", "media")
_LONGEST_PHRASE = 120
_LONGEST_END = 24  # "Tippen, um zurückzurufen"
_EXTENSIONS = {ending: MessageKind(kind) for kind, endings in FACTS["extensions"].items() for ending in endings}
_ATTACHED_TAG = re.compile(r"[\u200e\u200f]?<[^<>:\n]{2,40}: ?([^<>\n/]{1,200}\.([A-Za-z0-9]{2,5}))>")
_ATTACHED_LINE = re.compile(r"([^\n/]{1,200}\.([A-Za-z0-9]{2,5})) \(([^()\n]{2,40})\)(?:\n|$)")
_LOCATION = re.compile(r"[^\n]{0,40}https://(?:maps\.google\.com/|maps\.apple\.com/|foursquare\.com/v/)[!-~]+")


def what_it_is(text: str) -> tuple[MessageKind, str]:
    """The kind of a message and the words that a person wrote in it, without the app's own placeholder."""
    bare = text.strip(EDGE)
    marked = text.lstrip(" ").startswith("\u200e")  # an iPhone sets this before the app's own words
    kind = _by_phrase(bare, marked) if len(bare) <= _LONGEST_PHRASE else None
    if kind is not None:
        return kind, bare if kind in (MessageKind.CALL, MessageKind.SYSTEM) else ""
    tag = _ATTACHED_TAG.search(text) if "<" in text else None
    if tag:
        return _by_file(tag[1], tag[2]), (text[: tag.start()] + text[tag.end() :]).strip(EDGE + "\n")
    line = _ATTACHED_LINE.match(bare) if "(" in bare else None
    if line and line[3].strip(EDGE).lower() in words_of("attached"):
        return _by_file(line[1], line[2]), bare[line.end() :].strip(EDGE + "\n")
    if "https://" in bare and _LOCATION.fullmatch(bare):
        return MessageKind.LOCATION, bare
    return MessageKind.TEXT, _without_edited(bare)


def is_notice(line: str) -> bool:
    """Whether a line that looks like `Name: text` is the app's own: "Ann changed the subject to …"."""
    lowered = line.lower()
    return any(phrase in lowered for phrase in words_of("system"))


def is_call(line: str) -> bool:
    bare = line.strip(EDGE).lower()
    return any(bare.startswith(phrase) for phrase in words_of("call"))


def deleted_by_me(text: str) -> bool:
    """Whether the app says that the owner of the phone deleted this: it tells who `me` is."""
    return len(text) <= _LONGEST_PHRASE and text.strip(EDGE).lower() in words_of("deleted_by_me")


@cache
def words_of(name: str) -> frozenset[str]:
    return words(name)


def kind_of_file(path: str) -> MessageKind:
    """What a file is by the ending of its name, which may be an address."""
    name = path.partition("?")[0]
    return _by_file(name, name.rpartition(".")[2])


def _by_phrase(bare: str, marked: bool) -> MessageKind | None:
    lowered = bare.lower()
    left_out = _placeholders().get(lowered.strip("<>"))
    if left_out is not None:
        return left_out
    if lowered in words_of("deleted") or lowered in words_of("deleted_by_me"):
        return MessageKind.DELETED
    if lowered in words_of("call") or (marked and _is_call_with_end(lowered)):
        return MessageKind.CALL
    return MessageKind.SYSTEM if marked and is_notice(lowered) else None


def _is_call_with_end(lowered: str) -> bool:
    """`Voice call, ‎2 min`: the app's second mark stands before how it ended, and that is short."""
    call, gap, end = lowered.partition(", \u200e")
    return bool(gap) and call in words_of("call") and len(end) <= _LONGEST_END


def _by_file(name: str, ending: str) -> MessageKind:
    for piece, kind in (("-PHOTO-", MessageKind.PHOTO), ("-STICKER-", MessageKind.STICKER)):
        if piece in name:
            return kind
    return _EXTENSIONS.get(ending.lower(), MessageKind.FILE)


def _without_edited(bare: str) -> str:
    if bare.endswith(">"):
        start = bare.rfind("<")
        if start >= 0 and bare[start + 1 : -1].strip(EDGE).lower() in words_of("edited"):
            return bare[:start].rstrip(EDGE)
    return bare


@cache
def _placeholders() -> dict[str, MessageKind]:
    """ "image omitted", "Bild weggelassen", "省略图片" …: every noun with every word for left out, both ways."""
    found: dict[str, MessageKind] = {}
    for locale in FACTS["locales"].values():
        for kind in _MEDIA:
            for noun in locale[kind]:
                for left_out in locale["omitted"]:
                    for gap in (" ", ""):
                        found.setdefault(f"{noun}{gap}{left_out}", MessageKind(kind))
                        found.setdefault(f"{left_out}{gap}{noun}", MessageKind(kind))
    return found
