"""A text that is too hard is not read by those who need it; the worst sentences come first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.grade import reading_grade, words_of, worst_sentences
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import PublicWarning, texts
from lightkeeper.warn.wording import read_table

_SHOWN = 3
_LISTS = ("child_steps", "parent_steps", "tonight")
_NO_PROSE = ("place", "force", "platforms", "ages", "school", "links", "quote.role", "quote.unit", "contacts")


def check_reading(warning: PublicWarning, _: Circumstances) -> Iterator[Refusal]:
    targets = read_table("targets.toml")
    prose = [(field, text) for field, text in texts(warning) if not field.startswith(_NO_PROSE)]
    for name in _LISTS:
        yield from _check(name, [one for one in prose if one[0].startswith(f"{name}[")], targets[name], warning)
    yield from _check("the whole text", prose, targets[warning.kind], warning)
    for hard in _hardest(prose, warning.language):
        long_enough = len(words_of(hard.sentence)) >= targets["worst_sentence_least_words"]
        if hard.grade > targets["worst_sentence"] and long_enough:
            why = f"This sentence asks for grade {hard.grade:.0f}; few readers in fear can follow it."
            yield Refusal(
                "hard_sentence", hard.field, why, "Make two sentences of it, with short words.", hard.span
            )


@dataclass(frozen=True, slots=True)
class _Hard:
    grade: float
    field: str
    span: tuple[int, int] | None
    sentence: str


def _check(name: str, parts: list[tuple[str, str]], target: float, warning: PublicWarning) -> Iterator[Refusal]:
    """The grade of these parts together, and where it is too high, the places to begin with."""
    grade = reading_grade("\n\n".join(text for _, text in parts), warning.language)
    if grade <= target:
        return
    said = f"It asks for grade {grade:.1f}; the target is {target}."
    yield Refusal("reading_grade", name, said, "Begin with its hardest sentences, which come next.")
    for hard in _hardest(parts, warning.language)[:_SHOWN]:
        why = f"One of the hardest sentences here: grade {hard.grade:.0f}."
        yield Refusal("reading_grade", hard.field, why, "Shorter words, or two sentences.", hard.span)


def _hardest(parts: list[tuple[str, str]], language: str) -> list[_Hard]:
    found = [
        _Hard(worst.grade, field, _find(worst.sentence, text), worst.sentence)
        for field, text in parts
        for worst in worst_sentences(text, _SHOWN, language)
    ]
    return sorted(found, key=lambda hard: -hard.grade)


def _find(sentence: str, text: str) -> tuple[int, int] | None:
    """Where a sentence stands in the text it was split from, whatever the spaces between its words."""
    match = re.search(r"[^\w]+".join(map(re.escape, words_of(sentence))), text)
    return match.span() if match else None
