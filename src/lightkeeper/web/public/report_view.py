"""What the report's templates show: fields with their values and problems, and the answers to check."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from lightkeeper.report.form import CURRENCIES, Answers, Choice, Field, Problem, Screen, choices_of, screens


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field as the page draws it."""

    field: Field
    values: tuple[str, ...]
    problem: str
    choices: tuple[Choice, ...]
    currencies: tuple[str, ...] = CURRENCIES

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def currency(self) -> str:
        return self.values[1] if len(self.values) > 1 else CURRENCIES[0]

    @property
    def described_by(self) -> str:
        """The ids that a screen reader reads after the label."""
        parts = [("hint", self.field.hint), ("problem", self.problem)]
        return " ".join(f"{name}-{self.field.name}" for name, there in parts if there)


@dataclass(frozen=True, slots=True)
class Fold:
    """Fields that wait under one line. It stands open where something in it was answered or has to be mended."""

    line: str
    fields: tuple[ShownField, ...]

    @property
    def open(self) -> bool:
        return any(shown.values or shown.problem for shown in self.fields)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of "check your answers"."""

    label: str
    values: tuple[str, ...]


def show_fields(
    screen: Screen, answers: Answers, typed: QueryDict | None, problems: tuple[Problem, ...]
) -> list[ShownField]:
    """The fields of a screen, with what was typed where that could not be used, else with the answers."""
    wrong = {problem.field: problem.reason for problem in problems}
    shown = []
    for field in screen.fields:
        values = answers.get(field.name, ())
        if typed is not None and wrong.get(field.name) == "number":
            values = tuple(typed.getlist(field.name))
        shown.append(ShownField(field, values, wrong.get(field.name, ""), choices_of(field)))
    return shown


def fold(fields: list[ShownField]) -> list[Fold]:
    """The fields in their order, those of one fold together; the open ones come first, under no line."""
    lines = dict.fromkeys(shown.field.under for shown in fields)
    return [Fold(line, tuple(one for one in fields if one.field.under == line)) for line in lines]


def show_summary(answers: Answers) -> list[tuple[Screen, list[Told]]]:
    """Every screen with what was answered on it, in words."""
    return [(screen, list(_told(screen, answers))) for screen in screens()]


def _told(screen: Screen, answers: Answers) -> Iterator[Told]:
    for field in screen.fields:
        values = answers.get(field.name, ())
        if field.kind == "money" and len(values) == 2:
            yield Told(field.label, (" ".join(values),))
        elif values and choices_of(field):
            words = {choice.value: choice.label for choice in choices_of(field)}
            names = tuple(words[value] if field.kind == "area" else gettext(words[value]) for value in values)
            yield Told(field.label, names)
        elif values:
            yield Told(field.label, values)
