"""What the index holds about a report's keys, in a handful of questions to the database."""

from collections.abc import Sequence

from lightkeeper.link.online.counts import Counts
from lightkeeper.link.online.evidence import Known, Shown, Spread, Together
from lightkeeper.link.online.store import Store
from lightkeeper.link.online.tally import Tally
from lightkeeper.link.online.tokens import Keyed, Token, sources_in

MOST_LISTED = 32  # suspects; a key that more have is looked up only among those that another key brings near
MOST_NEAR = 48  # suspects looked at for one report
MOST_READ = 64  # reports of a suspect read to find two keys together


def look_up(
    store: Store, keys: Sequence[Keyed], counts: Counts, beliefs: Sequence[float], named: Sequence[int] = ()
) -> Known:
    """Which suspects have the keys, and what those are known by; `named` are suspects that an officer named."""
    having: dict[Token, dict[int, Shown]] = {}
    for token, suspect, count, report in store.ask_each(
        "SELECT token, suspect, count, report FROM link_shown WHERE token = ? ORDER BY suspect LIMIT ?",
        [key.token for key in keys],
        MOST_LISTED + 1,
    ):
        having.setdefault(token, {})[suspect] = Shown(count, report)
    spread = {
        token: Spread(len(shown), sum(one.count for one in shown.values()), listed=True)
        for token, shown in having.items()
    }
    common = [token for token, shown in having.items() if len(shown) > MOST_LISTED]
    if common:
        _look_up_common(store, common, having, spread, named)
    near = [*named, *_nearest(having)]
    size: dict[int, int] = {}
    tally: dict[int, Tally] = {}
    for suspect, reports, seen in store.ask_among(
        "SELECT number, size, seen FROM link_suspect WHERE number {}", near
    ):
        size[suspect], tally[suspect] = reports, Tally(bytes(seen))
    having = {token: {one: shown[one] for one in shown if one in size} for token, shown in having.items()}
    return Known(counts, beliefs, spread, having, size, tally)


def _look_up_common(
    store: Store,
    common: list[Token],
    having: dict[Token, dict[int, Shown]],
    spread: dict[Token, Spread],
    named: Sequence[int],
) -> None:
    """A key that too many have is asked about only the suspects that have another key of the report."""
    for token in common:
        having[token] = {}
    near = [*named, *_nearest(having)]
    statement = "SELECT suspect, count, report FROM link_shown WHERE suspect {} AND token = ?"
    for token in common:
        rows = store.ask_among(statement, near, token)
        having[token] = {suspect: Shown(count, report) for suspect, count, report in rows}
    for token in common:
        spread[token] = Spread(MOST_LISTED + 1, MOST_LISTED + 1, listed=False)
    for token, suspects, reports in store.ask_among(
        "SELECT token, suspects, reports FROM link_common WHERE token {}", common
    ):
        spread[token] = Spread(suspects, reports, listed=False)


def _nearest(having: dict[Token, dict[int, Shown]]) -> list[int]:
    """The suspects that have most of the keys."""
    shares: dict[int, int] = {}
    for shown in having.values():
        for suspect in shown:
            shares[suspect] = shares.get(suspect, 0) + 1
    if len(shares) <= MOST_NEAR:
        return list(shares)
    return sorted(shares, key=lambda one: (-shares[one], one))[:MOST_NEAR]


def finder(store: Store, known: Known) -> Together:
    """Finds a report of a suspect that has two keys, from two different identifiers."""

    def together(suspect: int, a: Keyed, b: Keyed) -> int | None:
        first = {known.having[key.token][suspect].report for key in (a, b)}
        rows = store.ask_among("SELECT number, keys FROM link_report WHERE number {}", sorted(first))
        found = next((number for number, packed in rows if _has_both(bytes(packed), a, b)), None)
        if found is not None or known.size[suspect] <= len(first):
            return found
        rows = store.ask(
            "SELECT number, keys FROM link_report WHERE suspect = ? ORDER BY number LIMIT ?", (suspect, MOST_READ)
        )
        return next((number for number, packed in rows if _has_both(bytes(packed), a, b)), None)

    return together


def _has_both(packed: bytes, a: Keyed, b: Keyed) -> bool:
    sources = sources_in(packed)
    return a.token in sources and b.token in sources and sources[a.token] != sources[b.token]
