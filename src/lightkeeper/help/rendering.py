"""Turns the Markdown of a help page into HTML. Raw HTML is never passed through.

999 and Childline's number become links to tap wherever they stand. A link to `page:…` becomes the address of
that page; a link to `service:…` shows of the service what may be shown to this reader today: its address, its
number, or just its name.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.directory import Offer

_ALWAYS = re.compile(
    r"(?<!\d)(999|0800 1111)(?!\d)"
)  # the two numbers a text may hold (see directory.ALWAYS_SHOWN)
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False})


def render_text(markdown: str, address: Callable[[str], str], offers: Mapping[str, Offer]) -> str:
    """Blocks of Markdown as HTML. `address` gives the address of a page by its name, `offers` the services by id.

    Raises UnreadableInput for a link to a service that is not in the directory.
    """
    tokens = _MARKDOWN.parse(markdown)
    for token in tokens:
        if token.type == "inline":
            token.children = _resolve(token.children or [], address, offers)
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def render_line(markdown: str, address: Callable[[str], str], offers: Mapping[str, Offer]) -> str:
    """One line of Markdown as HTML without a paragraph around it."""
    return render_text(markdown, address, offers).strip().removeprefix("<p>").removesuffix("</p>")


def phone_link(number: str) -> str:
    """A number to tap, as HTML."""
    return f'<a href="tel:{escape(number.replace(" ", ""))}">{escape(number)}</a>'


def _resolve(children: list[Token], address: Callable[[str], str], offers: Mapping[str, Offer]) -> list[Token]:
    made: list[Token] = []
    closing: list[Token | None] = []  # what to put where an open link ends; None keeps the link's own end
    for token in children:
        if token.type == "link_open":
            opened, closed = _open_link(token, address, offers)
            made.extend([opened] if opened else [])
            closing.append(closed)
        elif token.type == "link_close":
            closed = closing.pop()
            made.append(token if closed is None else closed)
        elif token.type == "text" and not closing:
            made.extend(_make_tappable(token))
        else:
            made.append(token)
    return made


def _make_tappable(token: Token) -> Iterator[Token]:
    for place, piece in enumerate(_ALWAYS.split(token.content)):
        if place % 2:
            yield _html(phone_link(piece))
        elif piece:
            yield Token("text", "", 0, content=piece)


def _open_link(
    token: Token, address: Callable[[str], str], offers: Mapping[str, Offer]
) -> tuple[Token | None, Token | None]:
    kind, _, name = str(token.attrGet("href")).partition(":")
    if kind == "page":
        token.attrSet("href", address(name))
        return token, None
    if kind != "service" or name not in offers:
        raise UnreadableInput(f"a help page links to {kind}:{name}, which is not known")
    offer = offers[name]
    number = f" ({phone_link(offer.numbers[0].number)})" if offer.numbers else ""
    if offer.link is None:
        return None, _html(number)
    token.attrSet("href", offer.link)
    token.attrSet("rel", "noreferrer")
    return token, _html(f"</a>{number}")


def _html(text: str) -> Token:
    return Token("html_inline", "", 0, content=text)
