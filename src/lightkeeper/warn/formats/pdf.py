"""An outline or a poster as a tagged PDF that a screen reader can read (PDF/UA-1), set by Typst."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.warn.formats.html import show_url
from lightkeeper.warn.formats.outline import Block, Contacts, Links, Outline, Quotation
from lightkeeper.warn.formats.poster import Poster
from lightkeeper.warn.wording import read_text


def write_pdf(outline: Outline) -> bytes:
    """The page as PDF/UA-1 on A4. The same outline gives the same bytes: its clock is the day of issue.

    Raises UnreadableInput where Typst is not installed (the extra is called `letters`).
    """
    page = {
        "title": outline.title,
        "sender": outline.sender,
        "language": outline.language,
        "blocks": [_block(block) for block in outline.blocks],
    }
    return _set("formats/page.typ", page, outline.issued)


def write_poster_pdf(poster: Poster) -> bytes:
    """A poster for a wall, A4."""
    return _set("formats/poster.typ", asdict(poster), poster.issued)


def _set(template: str, page: dict[str, Any], clock: datetime) -> bytes:
    try:
        import typst
    except ImportError:
        raise UnreadableInput("a PDF needs Typst: pip install 'lightkeeper[letters]'") from None
    pdf: bytes = typst.compile(
        read_text(template).encode(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,  # the same letter on every machine
        sys_inputs={"page": json.dumps(page, ensure_ascii=False, default=str)},
        timestamp=int(clock.timestamp()),
    )
    return pdf


def _block(block: Block) -> dict[str, Any]:
    written: dict[str, Any] = {"kind": type(block).__name__, **asdict(block)}
    if isinstance(block, Quotation):
        written |= {"text": block.quote.text, "note": block.quote.note}
    elif isinstance(block, Contacts | Links):
        written["items"] = [{**asdict(one), "shown": show_url(one.url)} for one in block.items]
    return written
