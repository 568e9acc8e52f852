"""What goes into a case's bag: the report as told, what was said since, identifiers, reading, log, sheet."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lightkeeper.desk.audit import Entry, Why, canonical
from lightkeeper.desk.case import Case, Item, ItemKind
from lightkeeper.desk.evidence.sheet import NO_FORENSIC_TOOL, Exhibit, sheet_html


@dataclass(frozen=True, slots=True)
class Contents:
    """One case, with everything that its bag is made from."""

    case: Case
    items: tuple[Item, ...]
    entries: tuple[Entry, ...]  # of this case, with their place in the whole chain
    reasons: tuple[Why, ...]
    made_by: str
    made_at: datetime
    reason: str

    def __repr__(self) -> str:
        return f"Contents({self.case.id})"


def payload_of(contents: Contents) -> dict[str, bytes]:
    """The payload files by path, the continuity sheet among them."""
    files = {
        "report.json": _json(contents.case.report.as_json()),
        "since.jsonl": _since(contents.items),
        "identifiers.csv": _identifiers(contents.case),
        "reading.json": _json(_reading(contents.case)),
        "log.jsonl": _log(contents.entries, contents.reasons),
    }
    exhibits = tuple(Exhibit.of(number, path, data) for number, (path, data) in enumerate(files.items(), start=1))
    sheet = sheet_html(
        contents.case, contents.entries, exhibits, contents.made_by, contents.made_at, contents.reason
    )
    return {"README.txt": _readme(contents), **files, "continuity.html": sheet.encode()}


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _since(items: Iterable[Item]) -> bytes:
    """What the reporter wrote since and what we answered. Private notes and tasks are not in a bag."""
    kept = (item for item in items if item.kind in (ItemKind.NEWS, ItemKind.REPLY, ItemKind.TOLD))
    lines = (
        json.dumps(
            {
                "at": item.at.isoformat(),
                "kind": str(item.kind),
                "by": item.by,
                "about": item.subject,
                "text": item.text,
            },
            ensure_ascii=False,
        )
        for item in kept
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _identifiers(case: Case) -> bytes:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("number", "kind", "platform_or_scheme", "value_as_given"))
    for number, one in enumerate(case.report.suspect, start=1):
        table.writerow((number, str(one.kind), one.platform or one.scheme or "", _not_a_formula(one.value)))
    return out.getvalue().encode()


def _not_a_formula(value: str) -> str:
    """A spreadsheet must not run what an offender chose as a name. report.json has it unaltered."""
    return f"'{value}" if value[:1] in "=+-@\t\r" else value


def _reading(case: Case) -> dict[str, Any]:
    return {
        "band": str(case.band),
        "rules_gave": str(case.triage.band),
        "reasons": [
            {
                "rule": one.rule,
                "band": str(one.band),
                "says": one.says,
                "words_at": [list(span) for span in one.words],
            }
            for one in case.triage.reasons
        ],
        "not_known": list(case.triage.unknown),
        "found_out": dict(case.facts),
    }


def _log(entries: Iterable[Entry], reasons: Iterable[Why]) -> bytes:
    words = {why.number: why for why in reasons}
    return "".join(f"{canonical(_entry(entry, words.get(entry.number)))}\n" for entry in entries).encode()


def _entry(entry: Entry, why: Why | None) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "who": entry.who,
        "what": entry.what,
        "about": entry.about,
        "detail": [list(pair) for pair in entry.detail],
        "why_digest": entry.why_digest,
        "why": why.words if why else None,
        "salt": why.salt if why else None,
        "previous": entry.previous,
        "hash": entry.hash,
    }


def _readme(contents: Contents) -> bytes:
    case = contents.case
    return f"""Case {case.id}

{NO_FORENSIC_TOOL}

report.json       what was told, as it came in, in the form of report.schema.json
since.jsonl       what the reporter wrote since, what we answered, and who else was told
identifiers.csv   what the offender was seen to use, as it was given
reading.json      the band, every reason for it, and what is not known
log.jsonl         every entry of the log about this case, with its hash and the hash before it
continuity.html   the continuity sheet, to be printed and signed (continuity.pdf is the same)

How to check that nothing was changed, with tools that others wrote:
  sha256sum -c manifest-sha256.txt
  python -m bagit --validate .
  openssl ts -verify -data tagmanifest-sha256.txt -in timestamp.tsr -CAfile CA.pem   (where there is a timestamp)

Made by {contents.made_by} at {contents.made_at.isoformat()}.
""".encode()
