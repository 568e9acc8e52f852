"""A subject-access export: what is held of the person who reported, without notes and without other people."""

import json
from collections.abc import Iterable
from datetime import datetime

from lightkeeper.desk.case import Case, Item, ItemKind


def write_disclosure(cases: Iterable[Case], items: Iterable[Item], now: datetime) -> bytes:
    """JSON of one reporter's reports, messages and our answers. Identifiers of the offender, private notes, tasks,
    links and officers' names are other people's or the team's own, and are left out."""
    told = sorted(cases, key=lambda case: case.report.received)
    ids = {case.id for case in told}
    body = {
        "made_at": now.isoformat(),
        "what_this_is": "What this team holds of you because of what you reported.",
        "left_out": "Other people's data, private notes of the team, and how reports hang together.",
        "reports": [_report(case) for case in told],
        "messages": [
            {"at": item.at.isoformat(), "from": "you" if item.kind is ItemKind.NEWS else "us", "text": item.text}
            for item in items
            if item.case_id in ids and item.kind in (ItemKind.NEWS, ItemKind.REPLY)
        ],
    }
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()


def _report(case: Case) -> dict[str, object]:
    report = case.report.as_json()
    del report["suspect"], report["hold"]
    return {"case": case.id, "told": report, "contact": dict(case.contact), "also_told": dict(case.told)}
