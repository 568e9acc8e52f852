"""Say a table of figures in plain lines for the team: the total first, then the rows by size."""

from collections.abc import Iterator

from lightkeeper.watch.counts import Cell, Table, in_order_of_size
from lightkeeper.watch.publish import Publishable
from lightkeeper.watch.sentence import say_count

_TIMES = ("day", "week", "month", "quarter")


def say_table(table: Table) -> Iterator[str]:
    """The figures as lines of text, for people with the right to read them (nothing is suppressed here)."""
    yield f"{say_count(table.total.reports)} from {table.period.in_words()} ({table.period.days:,} days)"
    yield f"counted: {table.definition.words} ({table.definition.version}), by {table.basis}; both days count"
    yield from _say_people(table.total)
    if table.ages.youngest is not None:
        often = f", most common age {table.ages.most_common}" if table.ages.most_common is not None else ""
        yield f"youngest {table.ages.youngest}{often} (age said in {table.ages.said:,} of {table.total.reports:,})"
    if not table.by:
        return
    yield ""
    yield f"by {' and '.join(table.by)}"
    in_time = any(name in _TIMES for name in table.by)
    for cell in table.cells if in_time else in_order_of_size(table):
        yield f"{cell.reports:>7,}  {', '.join(cell.key)}"
    if table.overlapping:
        yield "A report can stand in several of these rows, so they do not add up to the total."


def say_publishable(table: Publishable) -> Iterator[str]:
    """The figures as they may leave the house."""
    yield f"May be published under the rules {table.rules}:"
    yield f"  {table.total.text} reports from {table.period.in_words()}"
    for row in table.rows:
        yield f"  {', '.join(row.key)}: {row.text}"


def _say_people(cell: Cell) -> Iterator[str]:
    if cell.children is not None:
        yield say_count(cell.children, "child")
    if cell.suspects is not None:
        yield say_count(cell.suspects, "suspect")
