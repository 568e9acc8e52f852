"""The continuity sheet: what this is, who had it when, what is in it. As HTML to read and as PDF to sign."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.resources import files

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.desk.audit import Entry
from lightkeeper.desk.case import Case

NO_FORENSIC_TOOL = (
    "Lightkeeper is not a forensic acquisition tool. It packs what a person supplied, unaltered. "
    "It has not examined, copied or imaged any device or account, and holds no picture."
)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One file of the bag, with the reference under which it can be produced."""

    reference: str
    path: str
    size: int  # bytes
    sha256: str

    @classmethod
    def of(cls, number: int, path: str, data: bytes) -> "Exhibit":
        return cls(f"LK/{number}", path, len(data), hashlib.sha256(data).hexdigest())


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a continuity sheet, before they are set."""

    title: str
    facts: tuple[tuple[str, str], ...]
    exhibits: tuple[Exhibit, ...]
    handled: tuple[tuple[str, str, str], ...]  # when, who, what
    made_at: datetime


def make_sheet(
    case: Case, entries: Iterable[Entry], exhibits: tuple[Exhibit, ...], by: str, at: datetime, reason: str
) -> Sheet:
    facts = (
        ("Case", case.id),
        ("Report received", case.report.received.isoformat()),
        ("Report opened at the desk", case.opened.isoformat()),
        ("Times are", "as they were recorded, with their offset from UTC"),
        ("Bag made by", by),
        ("Bag made at", at.isoformat()),
        ("Why", reason),
    )
    handled = tuple((entry.at.strftime("%Y-%m-%d %H:%M:%S UTC"), entry.who, entry.what) for entry in entries)
    return Sheet(f"Continuity sheet, case {case.id}", facts, exhibits, handled, at)


def sheet_html(
    case: Case, entries: Iterable[Entry], exhibits: tuple[Exhibit, ...], by: str, at: datetime, reason: str
) -> str:
    """The sheet as one HTML file without anything from elsewhere."""
    sheet = make_sheet(case, entries, exhibits, by, at, reason)
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in sheet.facts)
    listed = "".join(
        f"<tr><td>{escape(one.reference)}</td><td>{escape(one.path)}</td><td>{one.size}</td>"
        f"<td><code>{one.sha256}</code></td></tr>"
        for one in sheet.exhibits
    )
    handled = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in sheet.handled)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(sheet.title)}</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse;width:100%}}td,th{{border:1px solid #7b879c;padding:.3rem .5rem;text-align:left;
vertical-align:top}}code{{overflow-wrap:anywhere}}dt{{font-weight:600}}dd{{margin:0 0 .5rem}}</style></head><body>
<h1>{escape(sheet.title)}</h1><p><strong>{escape(NO_FORENSIC_TOOL)}</strong></p><dl>{facts}</dl>
<h2>Draft list of exhibits</h2>
<table>{_head("Reference", "File", "Bytes", "SHA-256")}<tbody>{listed}</tbody></table>
<h2>Who had it, and when</h2>
<table>{_head("When", "Who", "What")}<tbody>{handled}</tbody></table>
<h2>Handed over</h2>
<table>{_head("Date and time", "From (name, signature)", "To (name, signature)", "Why")}
<tbody>{"<tr><td>&nbsp;</td><td></td><td></td><td></td></tr>" * 6}</tbody></table>
</body></html>
"""


def _head(*names: str) -> str:
    return f"<thead><tr>{''.join(f'<th>{name}</th>' for name in names)}</tr></thead>"


def sheet_pdf(
    case: Case, entries: Iterable[Entry], exhibits: tuple[Exhibit, ...], by: str, at: datetime, reason: str
) -> bytes:
    """The same sheet as PDF/UA-1. Raises UnreadableInput where Typst is not installed (the extra `letters`)."""
    try:
        import typst
    except ImportError:
        raise UnreadableInput("a PDF needs Typst: pip install 'lightkeeper[letters]'") from None
    sheet = make_sheet(case, entries, exhibits, by, at, reason)
    page = {
        "title": sheet.title,
        "warning": NO_FORENSIC_TOOL,
        "facts": sheet.facts,
        "exhibits": [(one.reference, one.path, str(one.size), one.sha256) for one in sheet.exhibits],
        "handled": sheet.handled,
    }
    pdf: bytes = typst.compile(
        files("lightkeeper.desk.evidence").joinpath("sheet.typ").read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"page": json.dumps(page, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
    return pdf
