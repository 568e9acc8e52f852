"""Find words in a report that may raise its band, spelt as frightened people spell them (FACTS E10)."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from lightkeeper.desk.rules import read_rules

LONGEST_GAP = 3  # words
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

    @property
    def gap(self) -> bool:
        """`..` stands for up to three words of any kind."""
        return self.choices == ("..",)


def find_cues(text: str) -> tuple[Cue, ...]:
    """Every cue in the text, each name once, at the first place it stands."""
    words = _split(text)
    found: dict[str, tuple[int, int]] = {}
    for start, word in enumerate(words):
        for name, phrase in _beginning_with(word.text):
            if name not in found and (end := _match(phrase[1:], words, start + 1)) is not None:
                found[name] = (word.start, words[end - 1].end)
    return tuple(Cue(name, span) for name, span in sorted(found.items()))


@lru_cache(maxsize=20_000)
def _beginning_with(word: str) -> tuple[tuple[str, tuple[_Slot, ...]], ...]:
    """The phrases whose first place this word fits."""
    return tuple(
        (name, phrase)
        for name, phrases in _phrases().items()
        for phrase in phrases
        if any(_fits(choice, word) for choice in phrase[0].choices)
    )


@cache
def _phrases() -> dict[str, tuple[tuple[_Slot, ...], ...]]:
    cues = read_rules("cues")["cue"]
    return {name: tuple(_from_firm_start(rows["phrases"])) for name, rows in cues.items()}


def _from_firm_start(phrases: list[str]) -> Iterator[tuple[_Slot, ...]]:
    """Each phrase; one whose first place may stay empty also without it, so that every phrase has a first word."""
    for phrase in map(_read_phrase, phrases):
        yield phrase
        rest = phrase
        while rest[0].optional:
            rest = rest[1:]
            yield rest


def _read_phrase(phrase: str) -> tuple[_Slot, ...]:
    return tuple(_Slot(tuple(word.rstrip("?").split("|")), word.endswith("?")) for word in phrase.split())


def _match(phrase: tuple[_Slot, ...], words: tuple[_Word, ...], place: int) -> int | None:
    """The place behind the last word of the phrase when it stands at `place`, or None."""
    if not phrase:
        return place
    slot, rest = phrase[0], phrase[1:]
    if slot.gap:
        ends = (_match(rest, words, place + skipped) for skipped in range(LONGEST_GAP + 1))
        return next((end for end in ends if end is not None), None)
    if place < len(words) and any(_fits(choice, words[place].text) for choice in slot.choices):
        end = _match(rest, words, place + 1)
        if end is not None:
            return end
    return _match(rest, words, place) if slot.optional else None


@lru_cache(maxsize=200_000)
def _fits(choice: str, word: str) -> bool:
    if choice == "_":
        return True
    if choice.endswith("*"):
        return word.startswith(choice[:-1])
    plain = word.translate(_LETTERS_FOR) if not word.isdigit() else word
    return choice in (word, plain) or (len(choice) >= FUZZY_FROM and _one_slip(choice, plain))


def _one_slip(right: str, typed: str) -> bool:
    """Whether one letter is wrong, missing, added, or two neighbours are swapped."""
    if abs(len(right) - len(typed)) > 1 or right[0] != typed[:1]:
        return False  # people get the first letter right, and `blocked` is not `locked`
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


@lru_cache(maxsize=10_000)
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
