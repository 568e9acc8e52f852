"""The directory and the help pages as two tables for the documentation, so that a reader sees what is checked."""

from collections.abc import Iterable

from lightkeeper.help.pages import Page
from lightkeeper.help.service import Service

_HEAD = """# The directory and the help pages
Made by `lightkeeper directory reference`; a test compares. How to keep it true:
[how-to](../how-to/keep-the-directory-true.md). What a child may be shown:
[0081](../decisions/0081-what-may-be-shown.md).
No number stands here: a number is shown where a person has checked it, and nowhere else.
"""


def write_reference(services: Iterable[Service], pages: Iterable[Page]) -> str:
    """Both tables as Markdown."""
    return "\n".join([_HEAD, "## Services", *service_rows(services), "", "## Pages", *page_rows(pages), ""])


def service_rows(services: Iterable[Service]) -> list[str]:
    rows = ["| id | name | kind | where | source | confidence | review by | checked |", "|" + " --- |" * 8]
    for one in services:
        checked = f"{one.verified.on} by {len(one.verified.by)}" if one.verified else "no"
        cells = (one.id, one.name, one.kind, " ".join(one.service_areas), one.evidence.source)
        rows.append(_row(*cells, one.evidence.confidence, one.review_by.isoformat(), checked))
    return rows


def page_rows(pages: Iterable[Page]) -> list[str]:
    rows = ["| page | language | facts | reviewed | translation |", "|" + " --- |" * 5]
    for page in pages:
        reviewed = f"{page.reviewed} by {page.reviewed_by}" if page.reviewed else "no"
        rows.append(_row(page.address, page.language, " ".join(page.sources), reviewed, page.translation or ""))
    return rows


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
