"""Find words in a report that may raise its band, spelt as frightened people spell them (FACTS E10)."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lightkeeper.desk.rules import read_rules

FUZZY_FROM = 6  # letters; a shorter word must be spelt as it stands in the rules
_LETTERS_FOR = str.maketrans("013457@$", "oieastas")
_APOSTROPHES = "'’‘ʼ`´"


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue and where its words stand: start and end in characters of the text as given."""

    name: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Slot:
    """One place in a phrase: the words that fit, and whether it may stay empty."""

    choices: tuple[str, ...]
    optional: bool


def find_cues(text: str) -> tuple[Cue, ...]:
    """Every cue in the text, each name once, at the first place it stands."""
    words = _split(text)
    found = {}
    for name, phrases in _phrases().items():
        spans = [span for phrase in phrases if (span := _first(phrase, words))]
        if spans:
            found[name] = min(spans)
    return tuple(Cue(name, span) for name, span in sorted(found.items()))


@cache
def _phrases() -> dict[str, tuple[tuple[_Slot, ...], ...]]:
    cues = read_rules("cues")["cue"]
    return {name: tuple(_read_phrase(phrase) for phrase in rows["phrases"]) for name, rows in cues.items()}


def _read_phrase(phrase: str) -> tuple[_Slot, ...]:
    return tuple(_Slot(tuple(word.rstrip("?").split("|")), word.endswith("?")) for word in phrase.split())


def _first(phrase: tuple[_Slot, ...], words: tuple[_Word, ...]) -> tuple[int, int] | None:
    for start in range(len(words)):
        if (end := _match(phrase, words, start)) is not None:
            return (words[start].start, words[end - 1].end)
    return None


def _match(phrase: tuple[_Slot, ...], words: tuple[_Word, ...], place: int) -> int | None:
    """The place behind the last word of the phrase when it stands at `place`, or None."""
    if not phrase:
        return place
    slot, rest = phrase[0], phrase[1:]
    if place < len(words) and any(_fits(choice, words[place].text) for choice in slot.choices):
        end = _match(rest, words, place + 1)
        if end is not None:
            return end
    return _match(rest, words, place) if slot.optional else None


@cache
def _fits(choice: str, word: str) -> bool:
    if choice == "_":
        return True
    if choice.endswith("*"):
        return word.startswith(choice[:-1])
    plain = word.translate(_LETTERS_FOR) if not word.isdigit() else word
    return choice in (word, plain) or (len(choice) >= FUZZY_FROM and _one_slip(choice, plain))


def _one_slip(right: str, typed: str) -> bool:
    """Whether one letter is wrong, missing, added, or two neighbours are swapped."""
    if abs(len(right) - len(typed)) > 1:
        return False
    head = 0
    while head < min(len(right), len(typed)) and right[head] == typed[head]:
        head += 1
    a, b = right[head:], typed[head:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[2:] == b[2:] and a[:2] == b[:2][::-1])


def _split(text: str) -> tuple[_Word, ...]:
    return tuple(_words(text))


def _words(text: str) -> Iterator[_Word]:
    letters: list[str] = []
    start = 0
    for place, letter in enumerate(text):
        plain = _plain(letter)
        if plain and not letters:
            start = place
        if plain:
            letters.append(plain)
        elif letters and letter not in _APOSTROPHES and not unicodedata.combining(letter):
            yield _Word(_squeeze("".join(letters)), start, place)
            letters = []
    if letters:
        yield _Word(_squeeze("".join(letters)), start, len(text))


@cache
def _plain(letter: str) -> str:
    """The letter without accent, case or width; "" for what is no letter, digit or stand-in for one."""
    bare = unicodedata.normalize("NFKD", letter).casefold()
    return "".join(one for one in bare if one.isalnum() or one in "@$")


def _squeeze(word: str) -> str:
    """`pleeeease` becomes `please`: three or more of a letter are one."""
    kept = ""
    run = 0
    for letter in word:
        run = run + 1 if kept.endswith(letter) else 1
        kept += letter
        if run >= 3:
            kept = kept.rstrip(letter) + letter
            run = 3
    return kept
