"""Writing one report into the index: with its suspect, and what that one is known by from now on."""

from collections.abc import Sequence

from lightkeeper.link.online.evidence import Known, Spread
from lightkeeper.link.online.lookup import MOST_LISTED
from lightkeeper.link.online.store import Store
from lightkeeper.link.online.tally import Tally
from lightkeeper.link.online.tokens import Keyed, Token, pack_keys

_SHOW = (
    "INSERT INTO link_shown (token, suspect, count, report) VALUES (?, ?, 1, ?) "
    "ON CONFLICT (token, suspect) DO UPDATE SET count = link_shown.count + 1"
)
_COMMON = (
    "INSERT INTO link_common (token, suspects, reports) VALUES (?, ?, ?) "
    "ON CONFLICT (token) DO UPDATE SET suspects = excluded.suspects, reports = excluded.reports"
)
_SUSPECT = "INSERT INTO link_suspect (number, name, size, seen) VALUES (?, ?, ?, ?)"
_REPORT = "INSERT INTO link_report (number, id, suspect, keys) VALUES (?, ?, ?, ?)"


def keep_report(
    store: Store, known: Known, report: str, keys: Sequence[Keyed], home: int | None, name: str
) -> int:
    """Keep a report at home with a known suspect, or as a new one of that name; returns the suspect's number."""
    counts, new = known.counts, home is None
    counts.reports += 1
    counts.last_report += 1
    if home is None:
        counts.suspects += 1
        counts.last_suspect += 1
        home = counts.last_suspect
        known.tally[home] = Tally()
    changed = _count(known, keys, home)
    if new:
        store.put(_SUSPECT, [(home, name, 1, known.tally[home].packed())])
    else:
        changed[home] = None
    store.put(
        "UPDATE link_suspect SET size = size + ?, seen = ? WHERE number = ?",
        [(int(one == home), known.tally[one].packed(), one) for one in changed if not (new and one == home)],
    )
    store.put(_REPORT, [(counts.last_report, report, home, pack_keys(keys))])
    store.put(_SHOW, [(key.token, home, counts.last_report) for key in keys])
    common = [
        (key.token, spread.suspects, spread.reports)
        for key in keys
        if (spread := _spread_with(known, key.token, home)).suspects > MOST_LISTED
    ]
    if common:
        store.put(_COMMON, common)
    return home


def _count(known: Known, keys: Sequence[Keyed], home: int) -> dict[int, None]:
    """Count the report's keys into the tallies; returns the suspects whose tally changed."""
    changed: dict[int, None] = {}
    showing = known.counts.showing
    for key in keys:
        spread, shown = known.spread.get(key.token), known.having.get(key.token, {})
        if spread is None:
            continue  # nobody else has it
        here = shown[home].count if home in shown else 0
        steps = [(home, here, here + 1)]
        if spread.reports == 1:
            other = next(iter(shown), home)
            steps = [(home, 0, 2)] if other == home else [(home, 0, 1), (other, 0, 1)]
        for suspect, before, now in steps:
            tally = known.tally[suspect]
            showing[key.kind] += not tally.seen[key.kind]
            tally.add(key.kind, before, now)
            changed[suspect] = None
    return changed


def _spread_with(known: Known, token: Token, home: int) -> Spread:
    spread = known.spread.get(token, Spread(0, 0, listed=True))
    new = home not in known.having.get(token, {})
    return Spread(spread.suspects + new, spread.reports + 1, spread.listed)
