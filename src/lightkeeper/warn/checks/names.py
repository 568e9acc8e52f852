"""No person, account, number or address that could be someone's; only those who sign a letter are named."""

import re
from collections.abc import Iterator
from functools import cache

from lightkeeper.core.place import places
from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import PublicWarning, texts
from lightkeeper.warn.wording import read_table

_LONGEST_NAME = 8  # words, as in "Police Service of Northern Ireland"
_SIGNED = ("school.", "contacts", "links")
_CAPITALS = re.compile(r"\b[A-ZÂÊÎÔÛŴŶÀ-Þ][\w’'-]*+(?:\s+[A-ZÂÊÎÔÛŴŶÀ-Þ][\w’'-]*+)*+")
_TOKEN = re.compile(r"(?<![\w@.])@?\w[\w.]*")
# Letters with two digits at the end, or an underscore somewhere: nobody writes words like that.
_HANDLE = re.compile(r"@\w[\w.]+|[A-Za-z][A-Za-z._]*\d{2,}|\w{0,64}[A-Za-z]\w{0,64}_\w+|_\w{0,64}[A-Za-z]\w*")
_SAID_HANDLE = re.compile(
    r"\b(?:user ?name|handle|screen ?name|profile|account)s?\s(?:(?:is|was|called|named)\s){1,3}[“\"‘']?\w{1,64}"
)
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}")
_NUMBER = re.compile(r"(?<![\d/-])(?:\+\d|0)[\d ()-]{7,20}\d\b|\b\d{2}-\d{2}-\d{2}\b")
_ACCOUNT = re.compile(r"\b(?:bc1|0x)[0-9a-zA-Z]{16,64}\b|\b[A-Z]{2}\d{2}(?: ?\w{4}){3,7}\b")
_LONGEST_WORD = 64  # what is longer is no word of any language


def check_names(warning: PublicWarning, _: Circumstances) -> Iterator[Refusal]:
    known, phones = _known(warning), {contact.phone for contact in warning.contacts}
    for field, text in texts(warning):
        if field.startswith(_SIGNED):
            continue
        for span in _people(text, known):
            yield Refusal(
                "name",
                field,
                "This looks like somebody's name.",
                "Say who it was in general words: a child, a parent, an officer of the team.",
                span,
            )
        for match in _traces(text):
            if match[0].strip() not in phones:
                yield Refusal(
                    "handle",
                    field,
                    "This looks like somebody's account, number or address.",
                    "Leave it out: it can be an innocent person's, and an offender is told that he is known.",
                    match.span(),
                )


def _traces(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_ADDRESS, _SAID_HANDLE, _NUMBER, _ACCOUNT):
        yield from pattern.finditer(text)
    for match in _TOKEN.finditer(text):
        token = match[0].rstrip(".")
        if len(token) > _LONGEST_WORD or _HANDLE.fullmatch(token):
            yield match


def _people(text: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Spans of words in capitals that are neither a known name, nor an office, nor a sentence's first word."""
    for match in _CAPITALS.finditer(text):
        words = [(word[0], word.start() + match.start()) for word in re.finditer(r"\S+", match[0])]
        left = _without_known(words, known)
        named = any(_bare(word) in _given() for word, _ in left)
        if left and not named and _begins_sentence(text, left[0][1]):
            left = left[1:]
        left = [(word, at) for word, at in left if named or _bare(word) not in _office()]
        if named or len(left) > 1:
            yield left[0][1], left[-1][1] + len(left[-1][0])


def _without_known(words: list[tuple[str, int]], known: frozenset[str]) -> list[tuple[str, int]]:
    left, at = [], 0
    while at < len(words):
        for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            if " ".join(_bare(word) for word, _ in words[at : at + length]) in known:
                at += length
                break
        else:
            left.append(words[at])
            at += 1
    return left


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \n“‘\"'(")
    return not before or before[-1] in ".!?:;…"


def _bare(word: str) -> str:
    return re.sub(r"[’']s?$|[,;:.!?]+$", "", word)


def _known(warning: PublicWarning) -> frozenset[str]:
    own = {warning.place, warning.force, *warning.platforms, *(link.label for link in warning.links)}
    own |= {contact.name for contact in warning.contacts}
    if warning.school:
        own |= {warning.school.name, warning.school.signed_by, *warning.school.leads}
    return frozenset(own | _public_names())


@cache
def _public_names() -> frozenset[str]:
    """Places, forces, platforms, helping bodies, days and months: they are nobody."""
    names = {name for place in places().values() for name in (place.name, place.force)}
    names |= {str(name) for forces in read_table("wording/forces.toml").values() for name in forces.values()}
    names |= set(read_table("names.toml")["known"]) | set(read_table("platforms.toml")["name"].values())
    for language in ("en", "cy"):
        names |= set(read_table(f"wording/{language}.toml")["months"])
    return frozenset(names)


@cache
def _given() -> frozenset[str]:
    return frozenset(read_table("names.toml")["given"].split())


@cache
def _office() -> frozenset[str]:
    return frozenset(read_table("names.toml")["office"].split())
