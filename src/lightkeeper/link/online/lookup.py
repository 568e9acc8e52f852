"""What the index holds about a report's keys, in a handful of questions to the database."""

from collections.abc import Iterable, Mapping, Sequence

from lightkeeper.link.online.counts import Counts
from lightkeeper.link.online.evidence import Known, RarePair, Shown, Spread, Together, find_pairs
from lightkeeper.link.online.store import Among, Each, Row, Store
from lightkeeper.link.online.tally import Tally
from lightkeeper.link.online.tokens import Keyed, Token, sources_in, token_bytes

MOST_LISTED = 32  # suspects; a key that more have is looked up only among those that another key brings near
MOST_NEAR = 48  # suspects looked at for one report
MOST_READ = 64  # reports of a suspect read to find two keys together


def who_has(tokens: Sequence[Token]) -> Each:
    """Asks which suspects have each key."""
    statement = "SELECT token, suspect, count, report FROM link_shown WHERE token = ? ORDER BY suspect LIMIT ?"
    return Each(statement, tokens, (MOST_LISTED + 1,))


def look_up(
    store: Store,
    keys: Sequence[Keyed],
    rows: Iterable[Row],
    counts: Counts,
    beliefs: Sequence[float],
    named: Sequence[int] = (),
) -> tuple[Known, Together]:
    """Which suspects have the keys, what those are known by, and where two keys stand together.

    `rows` are what `who_has` gave, `named` the suspects that an officer named.
    """
    having: dict[Token, dict[int, Shown]] = {}
    for token, suspect, count, report in rows:
        having.setdefault(token, {})[suspect] = Shown(count, report)
    spread = {
        token: Spread(len(shown), sum(one.count for one in shown.values()), listed=True)
        for token, shown in having.items()
    }
    common = [token for token, shown in having.items() if len(shown) > MOST_LISTED]
    if common:
        _look_up_common(store, common, having, spread, named)
    near = dict.fromkeys([*named, *_nearest(having)])
    having = {token: {one: shown[one] for one in shown if one in near} for token, shown in having.items()}
    known = Known(counts, beliefs, spread, having, find_pairs(keys, spread, having, counts))
    firsts = {one: _firsts(known, one, pairs) for one, pairs in known.pairs.items()}
    about, reports = store.ask_all(
        Among("SELECT number, name, size, seen FROM link_suspect WHERE number {}", list(near)),
        Among("SELECT number, keys FROM link_report WHERE number {}", sorted(set().union(*firsts.values()))),
    )
    for suspect, name, size, seen in about:
        known.name[suspect], known.size[suspect], known.tally[suspect] = name, size, Tally(bytes(seen))
    return known, _finder(store, known, {number: bytes(packed) for number, packed in reports})


def _firsts(known: Known, suspect: int, pairs: Iterable[RarePair]) -> set[int]:
    """The reports of a suspect that were the first with a key of the pairs: two keys often came together."""
    return {known.having[key.token][suspect].report for _, a, b in pairs for key in (a, b)}


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
    counted, *shown = store.ask_all(
        Among("SELECT token, suspects, reports FROM link_common WHERE token {}", common),
        *(Among(statement, near, (token,)) for token in common),
    )
    for token, rows in zip(common, shown, strict=True):
        having[token] = {suspect: Shown(count, report) for suspect, count, report in rows}
        spread[token] = Spread(MOST_LISTED + 1, MOST_LISTED + 1, listed=False)
    for token, suspects, reports in counted:
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


def _finder(store: Store, known: Known, at_hand: Mapping[int, bytes]) -> Together:
    """Finds a report of a suspect that has two keys, from two different identifiers."""

    def together(suspect: int, a: Keyed, b: Keyed) -> int | None:
        firsts = _firsts(known, suspect, [(0.0, a, b)])
        found = next((number for number in sorted(firsts) if _has_both(at_hand[number], a, b)), None)
        if found is not None or known.size[suspect] <= len(firsts):
            return found
        rows = store.ask(
            "SELECT number, keys FROM link_report WHERE suspect = ? ORDER BY number LIMIT ?", (suspect, MOST_READ)
        )
        return next((number for number, packed in rows if _has_both(bytes(packed), a, b)), None)

    return together


def _has_both(packed: bytes, a: Keyed, b: Keyed) -> bool:
    if token_bytes(a.token) not in packed or token_bytes(b.token) not in packed:
        return False  # of most reports that are looked at this is all there is to know
    sources = sources_in(packed)
    return a.token in sources and b.token in sources and sources[a.token] != sources[b.token]
