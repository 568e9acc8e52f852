"""An outline as plain text, for e-mail and for everybody whose device shows nothing else."""

from textwrap import fill

from lightkeeper.warn.formats.html import show_url
from lightkeeper.warn.formats.outline import (
    Block,
    Contacts,
    Heading,
    Hope,
    Links,
    Notice,
    Outline,
    Paragraph,
    Quotation,
    Steps,
)

_WIDTH = 72


def write_text(outline: Outline) -> str:
    """Lines of at most 72 characters; long addresses stay whole."""
    parts = [outline.sender, _wrap(outline.title.upper()), *map(_block, outline.blocks)]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(text):
            return f"{text}\n{'-' * len(text)}"
        case Paragraph(text) | Hope(text):
            return _wrap(text)
        case Notice(text):
            return _wrap(f"*** {text} ***")
        case Steps(items, numbered):
            marks = [f"{number}. " if numbered else "- " for number in range(1, len(items) + 1)]
            return "\n".join(_wrap(item, mark) for item, mark in zip(items, marks, strict=True))
        case Quotation(quote, signed):
            note = f"\n({quote.note})" if quote.note else ""
            return _wrap(f"“{quote.text}”") + f"\n{signed}{note}"
        case Contacts(heading, items):
            rows = [_wrap(_contact(one.name, one.phone, one.url, one.when), "- ") for one in items]
            return f"{heading}\n{'-' * len(heading)}\n" + "\n".join(rows)
        case Links(heading, items):
            rows = [_wrap(f"{one.label}: {show_url(one.url)}", "- ") for one in items]
            return f"{heading}\n{'-' * len(heading)}\n" + "\n".join(rows)


def _contact(name: str, phone: str, url: str, when: str) -> str:
    named = [name] if name != phone else []
    return f"{', '.join(part for part in (*named, phone, show_url(url)) if part)}. {when}"


def _wrap(text: str, mark: str = "") -> str:
    return fill(
        mark + text,
        _WIDTH,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
