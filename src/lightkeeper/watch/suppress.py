"""Hide small numbers in one table, and the further ones that would give them away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lightkeeper.watch.attack import Bound, Claim, bounds_of
from lightkeeper.watch.counts import Table
from lightkeeper.watch.ledger import Entry, Release
from lightkeeper.watch.rules import Rules
from lightkeeper.watch.scope import scope_of


@dataclass(frozen=True, slots=True)
class Row:
    """A number as it may be shown. `hidden` ones are held back only to protect another row."""

    key: tuple[str, ...]
    true: int
    hidden: bool = False

    def __repr__(self) -> str:
        return f"Row({self.key})"


def suppress_small(
    table: Table, rules: Rules, exact_total: bool, earlier: Sequence[Claim] = ()
) -> tuple[Row, ...]:
    """The rows of a table, with as many hidden as it takes that no reader can narrow down a small one.

    After each hiding the table is attacked, together with what was published earlier; the smallest row
    still shown is hidden next. The total is a row of its own and never hidden: when even hiding every row
    does not help, the caller's own attack on the finished release refuses it.
    """
    rows = [Row(cell.key, cell.reports) for cell in table.cells]
    while exposed_rows(table, rows, rules, exact_total, earlier):
        shown = [place for place, row in enumerate(rows) if not row.hidden and not rules.is_small(row.true)]
        if not shown:
            break
        place = min(shown, key=lambda at: (rows[at].true, rows[at].key))
        rows[place] = Row(rows[place].key, rows[place].true, hidden=True)
    return tuple(rows)


def exposed_rows(
    table: Table, rows: Sequence[Row], rules: Rules, exact_total: bool, earlier: Sequence[Claim] = ()
) -> list[Row]:
    """The small rows of which a reader can learn more than "fewer than 5"."""
    small = [row for row in rows if rules.is_small(row.true) and not row.hidden]
    if not small:
        return []
    release = release_of(table, rows, rules, exact_total, date.min)
    targets = [((scope_of(table, row.key), 1),) for row in small]
    bounds = bounds_of(targets, [*earlier, *release.claims()])
    return [row for row, bound in zip(small, bounds, strict=True) if narrows(bound, rules)]


def narrows(bound: Bound, rules: Rules) -> bool:
    """Whether a reader knows more of a small number than that it is one."""
    return bound.low > 1 or (bound.high is not None and bound.high < rules.smallest - 1)


def release_of(table: Table, rows: Sequence[Row], rules: Rules, exact_total: bool, day: date) -> Release:
    """What publishing these rows tells, for the ledger."""
    whole = scope_of(table, ())
    total = table.total.reports
    reach = (total, total) if exact_total else rules.reach(total)
    entries = [Entry(whole, total, *reach)]
    for row in rows:
        entries.append(
            Entry(scope_of(table, row.key), row.true, *((0, None) if row.hidden else rules.reach(row.true)))
        )
    scopes = tuple(scope_of(table, row.key) for row in rows)
    return Release(day, tuple(entries), ((whole, scopes),) if rows else ())
