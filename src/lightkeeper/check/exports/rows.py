"""Rows and cells of a CSV text. The separator is found from the first line."""

import csv
import io

from lightkeeper.check.exports.limits import LONGEST_CELL
from lightkeeper.core.errors import UnreadableExport

_SEPARATORS = (",", ";", "\t")


def read_rows(text: str, format: str = "csv") -> list[list[str]]:
    """Every row that is not empty. Raises UnreadableExport for a cell longer than the limit."""
    first = text.lstrip("\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if any(row)]
    except csv.Error:
        raise UnreadableExport(f"a cell has more than {LONGEST_CELL:,} characters", format) from None
