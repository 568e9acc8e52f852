"""The only way from a figure inside the house to one outside: small numbers hidden, differences refused.

Promise 4: no small number and no held case is ever published, also not by subtracting two publications.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lightkeeper.core.errors import Held, NotAllowed, TooFewToShow
from lightkeeper.core.place import places
from lightkeeper.watch.attack import Sum, bounds_of, find_pinned
from lightkeeper.watch.counts import Table
from lightkeeper.watch.definition import Definition
from lightkeeper.watch.ledger import Entry, Ledger, Release
from lightkeeper.watch.period import Period
from lightkeeper.watch.rules import Rules, default_rules
from lightkeeper.watch.scope import TIMES, scope_of
from lightkeeper.watch.suppress import Row, exposed_rows, narrows, release_of, suppress_small


@dataclass(frozen=True, slots=True)
class Approval:
    """A named person's leave to say an exact number ("at least 17"), with the reason; kept in the record."""

    by: str
    role: str  # one of the rules' approvers
    reason: str
    day: date


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as the public sees it: the values, and the number in words."""

    key: tuple[str, ...]
    text: str
    number: int | None  # the rounded number, for a chart; None where there is none to draw

    def as_json(self) -> dict[str, Any]:
        return {"key": list(self.key), "text": self.text, "number": self.number}


@dataclass(frozen=True, slots=True)
class Publishable:
    """What may leave the house. It holds no true count but the ones that are shown.

    `release` is for the ledger: publishing without adding it there breaks the next check.
    """

    by: tuple[str, ...]
    rows: tuple[Shown, ...]
    total: Shown
    period: Period
    area: str | None
    definition: Definition
    basis: str
    rules: str
    overlapping: tuple[str, ...]
    approval: Approval | None
    release: Release

    def __repr__(self) -> str:
        return f"Publishable({self.total.text}, {len(self.rows)} rows)"

    def as_json(self) -> dict[str, Any]:
        """For pages, downloads and warnings; without the release, which stays inside."""
        return {
            "by": list(self.by),
            "rows": [row.as_json() for row in self.rows],
            "total": self.total.as_json(),
            "period": self.period.as_json(),
            "area": self.area,
            "definition": self.definition.as_json(),
            "basis": self.basis,
            "rules": self.rules,
            "overlapping": list(self.overlapping),
            "approved_by": self.approval.role if self.approval else None,
        }


def publish(
    table: Table,
    ledger: Ledger,
    rules: Rules | None = None,
    approval: Approval | None = None,
    day: date | None = None,
) -> Publishable:
    """Make of a table what may be published, in the knowledge of everything published before.

    With an approval the total is said exactly. Raises Held when the table may hold a held case,
    TooFewToShow when the table is too fine, its period too short, or its numbers, alone or together with
    earlier ones, would tell a small one, and NotAllowed when the approval is not enough.
    """
    rules = rules or default_rules()
    if not table.held_left_out:
        raise Held("nobody vouches that this table leaves out every held case")
    _check_shape(table, rules)
    _check_approval(table, rules, approval)
    ledger = ledger.related_to(table.period)
    earlier = list(ledger.claims())
    rows = suppress_small(table, rules, approval is not None, earlier)
    release = release_of(table, rows, rules, approval is not None, day or table.period.last)
    if exposed_rows(table, rows, rules, approval is not None, earlier):
        raise TooFewToShow("the rows of this table would tell a small number; publish it with fewer rows")
    _refuse_small_differences(release, ledger, rules)
    _refuse_narrowed_numbers(release, ledger, rules)
    return Publishable(
        by=table.by,
        rows=tuple(_show(row, rules) for row in rows),
        total=_show_total(table, rules, approval),
        period=table.period,
        area=table.area,
        definition=table.definition,
        basis=str(table.basis),
        rules=rules.version,
        overlapping=table.overlapping,
        approval=approval,
        release=release,
    )


def publishable_percent(part: int, base: int, rules: Rules | None = None) -> int:
    """A percentage of rounded numbers. Raises TooFewToShow when the base is below the rules' least base."""
    rules = rules or default_rules()
    if rules.is_small(part) or rules.rounded(base) < rules.percent_base:
        raise TooFewToShow(f"a percentage needs a base of {rules.percent_base} and a part that may be shown")
    return round(100 * rules.rounded(part) / rules.rounded(base))


def _check_shape(table: Table, rules: Rules) -> None:
    if table.period.days < rules.least_days:
        raise TooFewToShow(f"a period of {table.period.days} days is too short; the least is {rules.least_days}")
    if len(table.by) > rules.most_variables:
        raise TooFewToShow(f"a published table has at most {rules.most_variables} variables")
    for name in table.by:
        if name not in rules.variables:
            raise TooFewToShow(f"a published table is never by {name}")
    if any(name not in TIMES for name in table.by) and table.period.days < rules.least_days_of_rows:
        raise TooFewToShow(f"a breakdown needs a period of {rules.least_days_of_rows} days")
    # Rows by area are known areas already; what a report says beside them was counted as "another area".
    if table.area is not None and table.area not in places():
        raise TooFewToShow("no place smaller than a police force area is published")
    if any(scope_of(table, cell.key).period.days < rules.least_days for cell in table.cells):
        raise TooFewToShow(f"every row needs {rules.least_days} days; the period cuts off a month")


def _check_approval(table: Table, rules: Rules, approval: Approval | None) -> None:
    if approval is None:
        return
    if not (approval.by.strip() and approval.reason.strip()):
        raise NotAllowed("an exact number needs the name of the person who approves it, and the reason")
    small = table.total.reports < rules.smallest
    if approval.role not in (rules.approvers_of_small if small else rules.approvers):
        who = "an inspector or above" if small else "one of the approvers named in the rules"
        raise NotAllowed(f"an exact number{' this small' if small else ''} is approved by {who}")


def _refuse_small_differences(release: Release, ledger: Ledger, rules: Rules) -> None:
    """No new number may differ by 1 to 4 from an earlier one that holds it or that it holds."""
    for new in release.entries:
        for old in ledger.entries():
            nested = new.scope.contains(old.scope) or old.scope.contains(new.scope)
            if nested and not _is_shown_small(new, old, rules) and rules.is_small(abs(new.true - old.true)):
                raise TooFewToShow("this and an earlier publication differ by too few; wait until more have come")


def _is_shown_small(new: Entry, old: Entry, rules: Rules) -> bool:
    """Both are told as "fewer than 5": their difference tells nothing more. Zero within them is not told apart."""
    return new.true < rules.smallest and old.true < rules.smallest


def _refuse_narrowed_numbers(release: Release, ledger: Ledger, rules: Rules) -> None:
    """The attacker's test, over everything published: each small number, and each small remainder of two."""
    everything = ledger.with_release(release)
    entries = list(everything.entries())
    small: list[Sum] = [((one.scope, 1),) for one in entries if rules.is_small(one.true) and one.low != one.true]
    small += list(_small_remainders(release, ledger, rules))
    if any(narrows(bound, rules) for bound in bounds_of(small, everything.claims())):
        raise TooFewToShow("together with earlier publications this would tell a small number")
    if _has_a_new_pinned_number(release, ledger, rules):
        raise TooFewToShow(
            "together with earlier publications this would tell a small number of days between them"
        )


def _has_a_new_pinned_number(release: Release, ledger: Ledger, rules: Rules) -> bool:
    """Whether something between the publications becomes known. Numbers approved as small are known on purpose."""
    everything = ledger.with_release(release)
    on_purpose = [entry.scope for entry in everything.entries() if entry.low == entry.high]
    return find_pinned(everything.claims(), rules.smallest, on_purpose) is not None


def _small_remainders(release: Release, ledger: Ledger, rules: Rules) -> Iterator[Sum]:
    for new in release.entries:
        for old in (*ledger.entries(), *release.entries):
            if new.scope.family != old.scope.family or new.scope == old.scope:
                continue
            for whole, part in ((new, old), (old, new)):
                if whole.scope.contains(part.scope) and rules.is_small(whole.true - part.true):
                    yield (whole.scope, 1), (part.scope, -1)


def _show(row: Row, rules: Rules) -> Shown:
    if row.hidden:
        return Shown(row.key, "not shown, to protect another number", None)
    return Shown(row.key, *_say(row.true, rules))


def _show_total(table: Table, rules: Rules, approval: Approval | None) -> Shown:
    count = table.total.reports
    if approval is not None:
        return Shown((), f"at least {count:,}", count)
    return Shown((), *_say(count, rules))


def _say(count: int, rules: Rules) -> tuple[str, int | None]:
    if rules.is_small(count):
        return f"fewer than {rules.smallest}", None
    shown = rules.rounded(count)
    return (f"{shown:,}" if rules.round_to == 1 or count == 0 else f"about {shown:,}"), shown
