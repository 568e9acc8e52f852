"""A page of figures as a value: what a template writes out, and what crosses from the team site to the public one.

The public site reads figures from JSON and needs neither reports nor arithmetic for it.
"""

from dataclasses import asdict, dataclass
from typing import Any

from lightkeeper.core.errors import UnreadableInput


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """One figure of a page. `svg` is safe to put into HTML as it is; everything else is plain text."""

    title: str  # the finding with its period, for the heading and the chart
    summary: tuple[str, ...]  # plain sentences
    svg: str  # "" where there is nothing to draw
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # the table beside the chart, the total last
    csv: str
    file_name: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def page_from_json(data: dict[str, Any]) -> FiguresPage:
    """Read what `as_json` wrote. Raises UnreadableInput when something is missing."""
    try:
        return FiguresPage(
            title=str(data["title"]),
            summary=tuple(map(str, data["summary"])),
            svg=str(data["svg"]),
            columns=tuple(map(str, data["columns"])),
            rows=tuple(tuple(map(str, row)) for row in data["rows"]),
            csv=str(data["csv"]),
            file_name=str(data["file_name"]),
        )
    except (KeyError, TypeError):
        raise UnreadableInput("this is no page of figures") from None
