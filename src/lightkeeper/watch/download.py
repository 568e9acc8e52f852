"""Figures as a CSV file that still says, on another desk in a year, what it counts."""

import csv
import io
from collections.abc import Iterable, Sequence

from lightkeeper.watch.counts import Table
from lightkeeper.watch.publish import Publishable


def public_csv(table: Publishable) -> str:
    """A published table: first the lines that begin with #, which say what it is, then the rows and the total."""
    by = table.by or ("all",)
    rows = [(*row.key, row.text) for row in table.rows]
    total = ("total", *([""] * (len(by) - 1)), table.total.text)
    return _write(_head(table, table.rules), (*by, "reports"), [*rows, total])


def team_csv(table: Table) -> str:
    """A table for the team, with true counts: never to be sent on."""
    by = table.by or ("all",)
    rows = [(*cell.key, cell.reports, _maybe(cell.children), _maybe(cell.suspects)) for cell in table.cells]
    blank = [""] * (len(by) - 1)
    whole = table.total
    rows.append(("total", *blank, whole.reports, _maybe(whole.children), _maybe(whole.suspects)))
    head = [*_head(table, "none: for the team alone, never to be sent on")]
    return _write(head, (*by, "reports", "children", "suspects"), rows)


def _head(table: Table | Publishable, rules: str) -> list[str]:
    lines = [
        f"counted: {table.definition.words} ({table.definition.version})",
        f"from: {table.period.first.isoformat()}",
        f"to: {table.period.last.isoformat()}",
        f"days: {table.period.days} (the first and the last day are counted)",
        f"by: {table.basis}",
        f"place: {table.area or 'every area in the reports'}",
        f"small-number rules: {rules}",
        "live investigations: nothing that is held is counted",
    ]
    if table.overlapping:
        lines.append("a report can stand in several rows, so the rows do not add up to the total")
    return lines


def _write(head: Iterable[str], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    text.writelines(f"# {line}\n" for line in head)
    table = csv.writer(text, lineterminator="\n")
    table.writerow(columns)
    table.writerows([[_harmless(value) for value in row] for row in rows])
    return text.getvalue()


def _harmless(value: object) -> object:
    """A text that a spreadsheet would run as a formula gets a quote before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value


def _maybe(number: int | None) -> int | str:
    return "" if number is None else number
