"""No small number goes out, no exact one without a name behind it, and none without period and definition."""

import re
from collections.abc import Iterator

from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import Count, PublicWarning, texts
from lightkeeper.warn.wording import read_table

_PERCENT = re.compile(r"\b\d[\d.,]{0,20}\s?(?:%|per ?cent|y cant)", re.IGNORECASE)
_NUMBER_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_PEOPLE = (
    r"(?:child(?:ren)?|pupils?|students?|boys?|girls?|victims?|reports?|cases?|incidents?|families|teenagers?)"
)
_FREE_COUNT = re.compile(
    rf"\b(\d[\d,]{{0,20}}|{'|'.join(_NUMBER_WORDS)})\s{{1,40}}(?:(?:local|other|more|young|new|similar|separate)\s{{1,40}})?{_PEOPLE}\b",
    re.IGNORECASE,
)


def check_numbers(warning: PublicWarning, _: Circumstances) -> Iterator[Refusal]:
    for field, count in _counts(warning):
        yield from _check_truth(field, count)
        yield from _check_size(field, count)
    yield from _check_percent(warning)
    yield from _check_free_counts(warning)


def _counts(warning: PublicWarning) -> Iterator[tuple[str, Count]]:
    if warning.count:
        yield "count", warning.count
    if warning.change:
        yield "change.before", warning.change.before


def _check_truth(field: str, count: Count) -> Iterator[Refusal]:
    if count.first is None or count.last is None:
        yield Refusal(
            "count_without_period",
            field,
            "A number without its dates says nothing.",
            "Give the first and last day.",
        )
    elif count.days < read_table("numbers.toml")["least_days"]:
        yield Refusal(
            "period_too_short",
            field,
            f"A period of {count.days} days can point at single cases.",
            f"Count at least {read_table('numbers.toml')['least_days']} days.",
        )
    if not count.definition.strip() or not count.version.strip():
        yield Refusal(
            "count_without_definition",
            field,
            "Readers cannot know what was counted; the same events were once printed under two names.",
            "Give the definition in words and its version.",
        )


def _check_size(field: str, count: Count) -> Iterator[Refusal]:
    rules, approval = read_table("numbers.toml"), count.approval
    named = bool(
        approval and approval.name.strip() and approval.reason.strip() and approval.rank in rules["ranks"]
    )
    if count.number < rules["least"]:
        if not (named and approval and approval.rank in rules["may_say_few"]):
            yield Refusal(
                "small_number",
                field,
                f"A number below {rules['least']} can point at a child.",
                "Leave the number out, count a longer period or a larger area, or have an inspector or above "
                "approve it with name and reason.",
            )
    elif count.number % rules["round_to"] and not named:
        yield Refusal(
            "exact_number",
            field,
            "An exact number can give away a small one when it is set beside another.",
            f"Round it to {rules['round_to']}, or record who approved the exact number, with rank and reason.",
        )


def _check_percent(warning: PublicWarning) -> Iterator[Refusal]:
    base = warning.change.before.number if warning.change else 0
    least = read_table("numbers.toml")["least_base_for_percent"]
    if base >= least:
        return
    for field, text in texts(warning):
        for match in _PERCENT.finditer(text):
            yield Refusal(
                "percent",
                field,
                f"A percentage needs at least {least} reports to start from.",
                "Say both numbers with their dates and leave the percentage out.",
                match.span(),
            )


def _check_free_counts(warning: PublicWarning) -> Iterator[Refusal]:
    """A number of children or reports that stands in a sentence must be one of the checked ones."""
    checked = {count.number for _, count in _counts(warning)}
    for field, text in texts(warning):
        for match in _FREE_COUNT.finditer(text):
            if _value(match[1]) not in checked and match[1].lower() != "one":
                yield Refusal(
                    "unchecked_number",
                    field,
                    "This number stands in a sentence without period, definition or approval.",
                    "Leave it out, or make it the warning's count, so that it is checked.",
                    match.span(),
                )


def _value(number: str) -> int:
    word = number.lower()
    return _NUMBER_WORDS.index(word) + 1 if word in _NUMBER_WORDS else int(word.replace(",", ""))
