"""An outline as a Word file, for schools that put their own letterhead over it."""

from io import BytesIO
from typing import Any

from lightkeeper.core.errors import UnreadableInput
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

_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def write_word(outline: Outline) -> bytes:
    """A .docx with real headings, lists, links and language, so that it can be read aloud.

    Raises UnreadableInput where python-docx is not installed (the extra is called `letters`).
    """
    try:
        from docx import Document
    except ImportError:
        raise UnreadableInput("a Word file needs python-docx: pip install 'lightkeeper[letters]'") from None
    document = Document()
    _prepare(document, outline)
    document.add_paragraph(outline.sender).runs[0].bold = True
    document.add_heading(outline.title, level=1)
    for block in outline.blocks:
        _add(document, block)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _prepare(document: Any, outline: Outline) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    properties = document.core_properties
    properties.title, properties.author, properties.language = outline.title, outline.sender, outline.language
    properties.created = properties.modified = outline.issued.replace(tzinfo=None)
    properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(12)
    region = "cy-GB" if outline.language == "cy" else "en-GB"
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), region)
    for level, size in ((1, 22), (2, 15)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), RGBColor(0x14, 0x21, 0x3D)
        style.element.rPr.rFonts.attrib.pop(qn("w:asciiTheme"), None)


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(text):
            document.add_heading(text, level=2)
        case Paragraph(text):
            document.add_paragraph(text)
        case Hope(text) | Notice(text):
            document.add_paragraph().add_run(text).bold = True
        case Steps(items, numbered):
            _add_steps(document, items, numbered)
        case Quotation(quote, signed):
            document.add_paragraph(f"“{quote.text}”", style="Quote")
            document.add_paragraph().add_run(signed).bold = True
            if quote.note:
                document.add_paragraph(quote.note)
        case Contacts(heading, items):
            document.add_heading(heading, level=2)
            for one in items:
                _add_contact(document, one.name, one.phone, one.url, one.when)
        case Links(heading, items):
            document.add_heading(heading, level=2)
            for link in items:
                paragraph = document.add_paragraph(style="List Bullet")
                _add_link(paragraph, link.label, link.url)


def _add_steps(document: Any, items: tuple[str, ...], numbered: bool) -> None:
    """Numbers are written out: Word's own numbered style would count on from the list before."""
    for number, item in enumerate(items, start=1):
        if numbered:
            document.add_paragraph(f"{number}. {item}")
        else:
            document.add_paragraph(item, style="List Bullet")


def _add_contact(document: Any, name: str, phone: str, url: str, when: str) -> None:
    paragraph = document.add_paragraph(style="List Bullet")
    paragraph.add_run(", ".join(dict.fromkeys(part for part in (name, phone) if part))).bold = True
    if url:
        paragraph.add_run(" · ")
        _add_link(paragraph, show_url(url), url)
    paragraph.add_run(f". {when}")


def _add_link(paragraph: Any, label: str, url: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, _LINK, is_external=True))
    run = paragraph.add_run(label)
    run.font.underline, run.font.color.rgb = True, RGBColor(0x0A, 0x5A, 0x8C)
    link.append(run._r)  # moves the run into the link
    paragraph._p.append(link)
