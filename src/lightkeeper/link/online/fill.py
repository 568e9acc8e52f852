"""Filling an index with many reports at once, whose suspects are known already."""

import json
from collections.abc import Callable, Iterable, Mapping

from lightkeeper.core.report import Report
from lightkeeper.link.keys import KeyKind
from lightkeeper.link.online.alike import Alike, kept_scripts
from lightkeeper.link.online.counts import Counts
from lightkeeper.link.online.regroup import put_new_suspects
from lightkeeper.link.online.retell import retell
from lightkeeper.link.online.store import Row, Store
from lightkeeper.link.online.tokens import exact_tokens, of_kind, pack_keys, settled

_AT_ONCE = 10_000


def fill_index(
    store: Store,
    counts: Counts,
    alike: Alike,
    reports: Iterable[Report],
    suspect_of: Mapping[str, str],
    name: Callable[[str], str],
    keep_bodies: bool,
) -> int:
    """Keep the reports that are not here yet, each with its suspect; those without one stand alone.

    Inside a transaction. All suspects are told anew at the end, so this is for many reports, not for one.
    """
    numbers: dict[str, int] = dict(store.ask("SELECT name, number FROM link_suspect"))
    known = {one for (one,) in store.ask("SELECT id FROM link_report")}
    before = len(known)
    rows: list[Row] = []
    new: dict[int, str] = {}
    for report in reports:
        if report.id in known:
            continue
        known.add(report.id)
        wanted = suspect_of.get(report.id) or name(report.id)
        if wanted not in numbers:
            numbers[wanted] = counts.last_suspect + len(new) + 1
            new[numbers[wanted]] = wanted
        counts.last_report += 1
        body = json.dumps(report.as_json(), ensure_ascii=False, separators=(",", ":")) if keep_bodies else ""
        exact = exact_tokens(report)
        (scripts,) = store.ask_all(kept_scripts(of_kind(exact, KeyKind.SCRIPT)))
        keys = pack_keys(settled(exact, alike, {one for (one,) in scripts}))
        rows.append((counts.last_report, report.id, numbers[wanted], keys, body))
        if len(rows) == _AT_ONCE:
            _write(store, counts, rows, new)
    _write(store, counts, rows, new)
    counts.reports = len(known)
    if counts.reports > before:
        retell(store, counts)
    return counts.reports - before


def _write(store: Store, counts: Counts, rows: list[Row], new: dict[int, str]) -> None:
    put_new_suspects(store, counts, new)
    store.put("INSERT INTO link_report (number, id, suspect, keys) VALUES (?, ?, ?, ?)", [row[:4] for row in rows])
    store.put("INSERT INTO link_told (number, body) VALUES (?, ?)", [(row[0], row[4]) for row in rows if row[4]])
    rows.clear()
    new.clear()
