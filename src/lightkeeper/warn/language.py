"""Finds words that blame a child, take hope away, hide who acted or are out of date.

The words are data (`terms.toml`); each brings its reason, what to write instead, and its own proof. An
answer points at the place and never copies the text. A word inside a quotation is marked as quoted: a
published quotation may keep it if a note stands beside it, and that is for the caller to decide.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_QUOTATION = re.compile(r"“[^“”]{0,4000}”|\"[^\"\n]{0,4000}\"|‘[^‘’\n]{0,4000}’(?!\w)")
_EXPLAINS_WITHIN = 160  # characters: the sentence itself, or the one after it


@dataclass(frozen=True, slots=True)
class LoadedWord:
    """One place in a text that needs other words, and why."""

    term: str  # the name in terms.toml
    span: tuple[int, int]  # where, in characters of the text as given
    quoted: bool  # it stands inside quotation marks
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of terms.toml, made ready to search with."""

    name: str
    language: str
    pattern: re.Pattern[str]
    explained_by: re.Pattern[str] | None  # allowed when explained at its first use
    not_after: re.Pattern[str] | None  # allowed right after these words
    not_before: re.Pattern[str] | None
    why: str
    instead: str
    caught: tuple[str, ...]
    fine: tuple[str, ...]


def find_loaded_words(text: str, language: str = "en") -> tuple[LoadedWord, ...]:
    """Every place in a text that blames, takes hope away or is out of date, in the order of the text."""
    quotations = [match.span() for match in _QUOTATION.finditer(text)]
    found = {
        match.span(): LoadedWord(
            term.name, match.span(), _inside(match.span(), quotations), term.why, term.instead
        )
        for term in read_terms()
        if term.language == language
        for match in _uses(term, text.replace("'", "’"))  # one sign for both, so that spans stay true
    }
    return tuple(found[span] for span in sorted(found))


@cache
def read_terms() -> tuple[Term, ...]:
    """All terms of all languages, from the data file."""
    table = tomllib.loads(files("lightkeeper.warn").joinpath("terms.toml").read_text("utf-8"))
    return tuple(
        Term(
            name=entry["name"],
            language=entry.get("language", "en"),
            pattern=_words("|".join(entry["patterns"])),
            explained_by=_optional(entry.get("explained_by")),
            not_after=_optional(rf"\b{entry['not_after']}\s+$" if "not_after" in entry else None),
            not_before=_optional(entry.get("not_before")),
            why=entry["why"],
            instead=entry["instead"],
            caught=tuple(entry["caught"]),
            fine=tuple(entry["fine"]),
        )
        for entry in table["term"]
    )


def _uses(term: Term, text: str) -> Iterator[re.Match[str]]:
    for number, match in enumerate(term.pattern.finditer(text)):
        before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() :]
        if term.not_after and term.not_after.search(before):
            continue
        if term.not_before and term.not_before.match(after):
            continue
        if term.explained_by:
            near = text[max(0, match.start() - _EXPLAINS_WITHIN) : match.end() + _EXPLAINS_WITHIN]
            if number > 0 or term.explained_by.search(near):
                continue
        yield match


def _inside(span: tuple[int, int], quotations: list[tuple[int, int]]) -> bool:
    return any(begin <= span[0] and span[1] <= end for begin, end in quotations)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern.replace(' ', chr(92) + 's+')})(?!\w)", re.IGNORECASE)


def _optional(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern, re.IGNORECASE) if pattern else None
