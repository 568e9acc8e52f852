"""The report's questions, read from data, and the reading of one screen's answers.

Answers are a mapping from a field's name to the values given, as text. Nothing here knows a browser.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lightkeeper.core.errors import ImageRefused
from lightkeeper.core.place import places
from lightkeeper.report.redact import clean, words_left

Answers = Mapping[str, tuple[str, ...]]

CURRENCIES = ("GBP", "EUR", "USD")
MANY = frozenset({"some"})
LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked. `kind`: one, some, text, lines, line, number, money or area.

    `under` is the line of the fold that it waits under; without one it stands open on its screen.
    """

    name: str
    kind: str
    label: str
    hint: str = ""
    under: str = ""
    choices: tuple[Choice, ...] = ()
    longest: int = LONGEST_LINE
    rows: int = 0
    required: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    name: str
    title: str
    fields: tuple[Field, ...]

    @property
    def asks_one_thing(self) -> bool:
        """Whether the title is the question itself; then it is said once."""
        return self.fields[0].label == self.title


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way, at which field; `reason` is one of `missing`, `picture`, `number`, `choice`."""

    field: str
    reason: str


@cache
def screens() -> tuple[Screen, ...]:
    """The screens in their order."""
    text = files("lightkeeper.report").joinpath("questions.toml").read_text(encoding="utf-8")
    return tuple(
        Screen(screen["name"], screen["title"], tuple(_field(row) for row in screen["field"]))
        for screen in tomllib.loads(text)["screen"]
    )


@cache
def all_fields() -> Mapping[str, Field]:
    return {field.name: field for screen in screens() for field in screen.fields}


def screen_named(name: str) -> Screen | None:
    return next((screen for screen in screens() if screen.name == name), None)


def read_screen(screen: Screen, given: Mapping[str, Sequence[str]]) -> tuple[Answers, tuple[Problem, ...]]:
    """Read the fields of one screen from what a form sent; unknown fields are passed over.

    Answers that cannot be used are left out and named in the problems. Of a text with a picture in it the words
    stay.
    """
    answers: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for field in screen.fields:
        try:
            values, reason = _read(field, given)
        except ImageRefused:
            values, reason = _words_left(field, given), "picture"
        if reason:
            problems.append(Problem(field.name, reason))
        if values:
            answers[field.name] = values
    return answers, tuple(problems)


def merge(answers: Answers, screen: Screen, newer: Answers) -> Answers:
    """All answers, with those of one screen replaced: what was emptied there is gone."""
    names = {field.name for field in screen.fields}
    return {**{name: values for name, values in answers.items() if name not in names}, **newer}


def missing(answers: Answers) -> Screen | None:
    """The first screen with a required answer that is not there yet."""
    for screen in screens():
        if any(field.required and not answers.get(field.name) for field in screen.fields):
            return screen
    return None


def choices_of(field: Field) -> tuple[Choice, ...]:
    """The choices of a field; the police areas come from the house's places."""
    if field.kind == "area":
        return tuple(Choice(slug, one.name) for slug, one in places().items())
    return field.choices


def _field(row: dict[str, object]) -> Field:
    choices = row.pop("choices", ())
    return Field(**row, choices=tuple(Choice(*pair) for pair in choices))  # type: ignore[arg-type, attr-defined]


def _read(field: Field, given: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], str]:
    values = [value for value in given.get(field.name, ()) if value.strip()]
    if field.kind == "money":
        return _read_money(field, given, values)
    if field.kind in {"one", "some", "area"}:
        known = {choice.value for choice in choices_of(field)}
        chosen = tuple(dict.fromkeys(value for value in values if value in known))
        return (chosen if field.kind in MANY else chosen[:1]), ("choice" if set(values) - known else "")
    text = clean("\n".join(values), field.longest)
    if field.kind == "line":
        text = " ".join(text.split())
    if field.kind == "number" and text and not (text.isascii() and text.isdigit() and int(text) < 120):
        return (), "number"
    return ((text,) if text else ()), ("missing" if field.required and not text else "")


def _words_left(field: Field, given: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    left = words_left("\n".join(given.get(field.name, ())), field.longest) if field.rows else ""
    return (left,) if left else ()


def _read_money(
    field: Field, given: Mapping[str, Sequence[str]], values: Sequence[str]
) -> tuple[tuple[str, ...], str]:
    if not values:
        return (), ""
    amount = values[0].strip().lstrip("£€$").replace(",", "").strip()
    whole, _, rest = amount.partition(".")
    if not (
        amount.isascii() and whole.isdigit() and len(whole) < 9 and (rest.isdigit() or not rest) and len(rest) < 3
    ):
        return (), "number"
    currency = next(iter(given.get(f"{field.name}_currency", ())), CURRENCIES[0])
    return (amount, currency if currency in CURRENCIES else CURRENCIES[0]), ""
