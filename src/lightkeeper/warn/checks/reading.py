"""A text that is too hard is not read by those who need it; the worst sentences come first."""

from collections.abc import Iterator

from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.grade import reading_grade, words_of, worst_sentences
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import PublicWarning, texts
from lightkeeper.warn.wording import read_table

_LISTS = ("child_steps", "parent_steps", "tonight")
_NO_PROSE = ("place", "force", "platforms", "ages", "school", "links", "quote.role", "quote.unit", "contacts")


def check_reading(warning: PublicWarning, _: Circumstances) -> Iterator[Refusal]:
    targets = read_table("targets.toml")
    for field in _LISTS:
        yield from _check(field, "\n\n".join(getattr(warning, field)), targets[field], warning)
    whole = "\n\n".join(text for _, text in _prose(warning))
    yield from _check("the whole text", whole, targets[warning.kind], warning)
    for field, text in _prose(warning):
        for worst in worst_sentences(text, 1, warning.language):
            long_enough = len(words_of(worst.sentence)) >= targets["worst_sentence_least_words"]
            if worst.grade > targets["worst_sentence"] and long_enough:
                yield Refusal(
                    "hard_sentence",
                    field,
                    f"This sentence asks for grade {worst.grade:.0f}; few readers in fear can follow it.",
                    "Make two sentences of it, with short words.",
                )


def _check(field: str, text: str, target: float, warning: PublicWarning) -> Iterator[Refusal]:
    grade = reading_grade(text, warning.language)
    if grade > target:
        worst = " / ".join(
            f"{one.sentence} ({one.grade:.0f})" for one in worst_sentences(text, 3, warning.language)
        )
        yield Refusal(
            "reading_grade",
            field,
            f"It asks for grade {grade:.1f}; the target is {target}.",
            f"Begin with: {worst}",
        )


def _prose(warning: PublicWarning) -> Iterator[tuple[str, str]]:
    return ((field, text) for field, text in texts(warning) if not field.startswith(_NO_PROSE))
