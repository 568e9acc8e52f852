"""The gate: every reason why a warning may not go out, each with what must change."""

from collections.abc import Callable, Iterator

from lightkeeper.core.errors import Held, TooFewToShow, WarningRefused
from lightkeeper.warn.checks.help_lines import check_help_lines
from lightkeeper.warn.checks.hold import check_hold
from lightkeeper.warn.checks.how_to import check_how_to
from lightkeeper.warn.checks.jigsaw import check_jigsaw
from lightkeeper.warn.checks.leftovers import check_leftovers
from lightkeeper.warn.checks.links import check_links
from lightkeeper.warn.checks.names import check_names
from lightkeeper.warn.checks.numbers import check_numbers
from lightkeeper.warn.checks.quotation import check_quotation
from lightkeeper.warn.checks.reading import check_reading
from lightkeeper.warn.checks.services import check_services
from lightkeeper.warn.checks.subtraction import check_subtraction
from lightkeeper.warn.checks.times import check_times
from lightkeeper.warn.checks.translation import check_translation
from lightkeeper.warn.checks.words import check_words
from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import PublicWarning

Check = Callable[[PublicWarning, Circumstances], Iterator[Refusal]]

# What protects a child or an investigation first, what protects the reader after it.
CHECKS: tuple[Check, ...] = (
    check_hold,
    check_numbers,
    check_subtraction,
    check_jigsaw,
    check_names,
    check_how_to,
    check_words,
    check_help_lines,
    check_leftovers,
    check_links,
    check_services,
    check_quotation,
    check_translation,
    check_times,
    check_reading,
)


def refusals_of(warning: PublicWarning, circumstances: Circumstances) -> tuple[Refusal, ...]:
    """Every reason against publishing, the gravest first; empty when the warning may go on."""
    found = (refusal for check in CHECKS for refusal in check(warning, circumstances))
    return tuple(dict.fromkeys(found))


def reasons_to_withdraw(warning: PublicWarning, circumstances: Circumstances) -> tuple[Refusal, ...]:
    """What speaks against leaving a published warning where it is: a hold put on something behind it since."""
    return tuple(check_hold(warning, circumstances))


def pass_gate(warning: PublicWarning, circumstances: Circumstances) -> PublicWarning:
    """The warning itself, if nothing speaks against it.

    Raises Held, TooFewToShow or WarningRefused with all reasons, the gravest deciding which.
    """
    refusals = refusals_of(warning, circumstances)
    if not refusals:
        return warning
    kind = _ERRORS.get(refusals[0].check, WarningRefused)
    raise kind(say_refusals(refusals))


def say_refusals(refusals: tuple[Refusal, ...]) -> str:
    """All reasons in lines that an author can work through."""
    lines = [f"{number}. {refusal}" for number, refusal in enumerate(refusals, start=1)]
    return "this cannot go out yet:\n" + "\n".join(lines)


_ERRORS: dict[str, type[Held | TooFewToShow | WarningRefused]] = {
    "hold": Held,
    "small_number": TooFewToShow,
    "subtraction": TooFewToShow,
}
