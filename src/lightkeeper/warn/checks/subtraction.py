"""No small number by subtraction: two publications must not give one when a reader takes one from the other."""

from collections.abc import Iterable, Iterator

from lightkeeper.warn.circumstances import Circumstances, SaidCount
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import Count, PublicWarning
from lightkeeper.warn.wording import read_table


def check_subtraction(warning: PublicWarning, circumstances: Circumstances) -> Iterator[Refusal]:
    """Compares every number with all that were said of the same place under the same definition."""
    rules = read_table("numbers.toml")
    for field, count in _counts(warning):
        new = _said(warning, count)
        if new is None or (count.approval and count.approval.rank in rules["may_say_few"]):
            continue  # a rank that may say a small number may let one be worked out
        if tells_a_small_number(new, circumstances.published):
            yield Refusal(
                "subtraction",
                field,
                "Taken from a number that is already public, this leaves a small one.",
                f"Round it to {rules['round_to']}, use the dates of the earlier number, or have an inspector or "
                "above approve it with name and reason.",
            )


def counts_said(warning: PublicWarning) -> tuple[SaidCount, ...]:
    """The numbers a published warning says, to be kept for all later warnings."""
    said = (_said(warning, count) for _, count in _counts(warning))
    return tuple(one for one in said if one is not None)


def tells_a_small_number(new: SaidCount, published: Iterable[SaidCount]) -> bool:
    """Whether this number, taken from one that is public already, leaves a small one."""
    least = read_table("numbers.toml")["least"]
    return any(_tells(new, old, least) for old in published)


def _counts(warning: PublicWarning) -> Iterator[tuple[str, Count]]:
    if warning.count:
        yield "count", warning.count
    if warning.change:
        yield "change.before", warning.change.before


def _said(warning: PublicWarning, count: Count) -> SaidCount | None:
    if count.first is None or count.last is None:
        return None
    return SaidCount(warning.place, count.version, count.number, count.first, count.last)


def _tells(new: SaidCount, old: SaidCount, least: int) -> bool:
    """Whether one period lies inside the other and the difference is small but not nothing."""
    same_kind = (new.place, new.version) == (old.place, old.version)
    inside = (new.first <= old.first and old.last <= new.last) or (old.first <= new.first and new.last <= old.last)
    return same_kind and inside and 0 < abs(new.number - old.number) < least
