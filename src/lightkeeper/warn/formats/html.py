"""An outline as one HTML page that needs nothing else: no script, no font, no picture from elsewhere."""

from html import escape

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
from lightkeeper.warn.warning import Contact
from lightkeeper.warn.wording import read_text

LAMP = (
    '<svg class="lamp" viewBox="0 0 48 48" width="40" height="40" aria-hidden="true" focusable="false">'
    '<path class="beam" d="M27 17 47 8v20z"/><path class="house" d="M15 44 18 23h9l3 21z"/>'
    '<path class="house" d="M16 21h13v-9l-6.5-6L16 12z"/><circle class="beam" cx="22.5" cy="15.5" r="3.2"/></svg>'
)


def write_html(outline: Outline) -> str:
    """A whole page, readable without style, by a screen reader and on paper."""
    return (
        f'<!doctype html>\n<html lang="{escape(outline.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(outline.title)}</title>\n<style>\n{read_text('formats/page.css')}</style>\n</head>\n<body>\n"
        f"{write_article(outline)}</body>\n</html>\n"
    )


def write_article(outline: Outline) -> str:
    """The page's content alone, for a reader of the feed."""
    return (
        f'<main class="warning">\n<p class="sender">{LAMP}<span>{escape(outline.sender)}</span></p>\n'
        f"<h1>{escape(outline.title)}</h1>\n{write_blocks(outline)}\n</main>\n"
    )


def write_blocks(outline: Outline) -> str:
    """What stands under the title, for a site that has a frame and a heading of its own."""
    return "\n".join(_block(block) for block in outline.blocks)


def _block(block: Block) -> str:
    match block:
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Paragraph(text, quiet):
            mark = ' class="quiet"' if quiet else ""
            return f"<p{mark}>{escape(text)}</p>"
        case Hope(text):
            return f'<p class="hope">{escape(text)}</p>'
        case Notice(text):
            return f'<p class="notice" role="note">{escape(text)}</p>'
        case Steps(items, numbered):
            name = "ol" if numbered else "ul"
            return f"<{name}>\n" + "\n".join(f"<li>{escape(item)}</li>" for item in items) + f"\n</{name}>"
        case Quotation(quote, signed):
            note = f'<p class="quiet">{escape(quote.note)}</p>' if quote.note else ""
            cite = f"<figcaption>{escape(signed)}</figcaption>"
            return f"<figure><blockquote><p>“{escape(quote.text)}”</p></blockquote>{cite}{note}</figure>"
        case Contacts(heading, items):
            rows = "\n".join(_contact(one) for one in items)
            return f'<section class="help"><h2>{escape(heading)}</h2>\n<dl>\n{rows}\n</dl></section>'
        case Links(heading, items):
            rows = "\n".join(f'<li><a href="{escape(one.url)}">{escape(one.label)}</a></li>' for one in items)
            return f"<h2>{escape(heading)}</h2>\n<ul>\n{rows}\n</ul>"


def _contact(contact: Contact) -> str:
    name = escape(contact.name)
    call = ""
    if contact.phone:
        digits = contact.phone.replace(" ", "")
        shown = escape(contact.phone)
        call = f'<a class="call" href="tel:{digits}">{shown}</a>'
    site = f'<a href="{escape(contact.url)}">{escape(show_url(contact.url))}</a>' if contact.url else ""
    title = "" if contact.name == contact.phone else f"<span>{name}</span>"
    reach = " ".join(part for part in (title, call, site) if part)
    return f"<div><dt>{reach}</dt><dd>{escape(contact.when)}</dd></div>"


def show_url(url: str) -> str:
    """An address as people read it aloud."""
    return url.removeprefix("https://").removeprefix("www.").rstrip("/")
