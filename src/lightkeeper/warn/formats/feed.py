"""The Atom feed of warnings, for newsrooms, schools and partners that subscribe."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from xml.etree import ElementTree as ET

from lightkeeper.core.errors import NotAllowed
from lightkeeper.warn.formats.bulletin import outline_bulletin
from lightkeeper.warn.formats.html import write_article
from lightkeeper.warn.formats.letter import outline_letter
from lightkeeper.warn.formats.outline import Outline, Standing
from lightkeeper.warn.formats.xml import add, write_tree
from lightkeeper.warn.warning import Kind, PublicWarning
from lightkeeper.warn.wording import wording

_ATOM = "http://www.w3.org/2005/Atom"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Entry = tuple[PublicWarning, Standing]


def write_feed(entries: Iterable[Entry], title: str, url: str, updated: datetime, preview: bool = False) -> bytes:
    """Atom 1.0, the newest change first. A withdrawn warning stays in it, emptied, and says so.

    Raises NotAllowed when an entry was never approved, because a feed is public; a preview may hold
    drafts, and says so in every title.
    """
    newest = sorted(entries, key=lambda entry: (_changed(entry), entry[0].id), reverse=True)
    root = ET.Element(f"{{{_ATOM}}}feed")
    _text(root, "id", url)
    _text(root, "title", title)
    _text(root, "updated", max([updated, *map(_changed, newest)]).isoformat())
    add(root, _ATOM, "link", rel="self", href=url, type="application/atom+xml")
    for entry in newest:
        if not (preview or entry[1].approved or entry[1].withdrawn):
            raise NotAllowed("a feed takes approved warnings only")
        _add_entry(root, entry)
    return write_tree(root, _ATOM)


def entry_id(warning: PublicWarning) -> str:
    """The same for every version of one warning."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:lightkeeper:{warning.id}").urn


def outline_of(warning: PublicWarning, standing: Standing) -> Outline:
    return (
        outline_letter(warning, standing) if warning.kind is Kind.LETTER else outline_bulletin(warning, standing)
    )


def _changed(entry: Entry) -> datetime:
    warning, standing = entry
    return standing.withdrawn or warning.updated or warning.issued


def _add_entry(root: ET.Element, entry: Entry) -> None:
    warning, standing = entry
    element = add(root, _ATOM, "entry")
    element.set(_XML_LANG, warning.language)
    _text(element, "id", entry_id(warning))
    _text(element, "updated", _changed(entry).isoformat())
    _text(element, "published", warning.issued.isoformat())
    author = add(element, _ATOM, "author")
    _text(author, "name", warning.force)
    if warning.page:
        add(element, _ATOM, "link", rel="alternate", href=warning.page)
    if standing.withdrawn:
        said = wording(warning.language).say(
            "notes/withdrawn", date=wording(warning.language).day(standing.withdrawn.date())
        )
        _text(element, "title", said)
        _text(element, "content", said)
        return
    draft = "" if standing.approved else f"{wording(warning.language).at('notes/draft')} "
    _text(element, "title", f"{draft}{warning.headline}")
    _text(element, "summary", warning.summary)
    _text(element, "content", write_article(outline_of(warning, standing)), type="html")


def _text(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    add(parent, _ATOM, name, text, **attributes)
