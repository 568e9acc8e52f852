"""Moving some reports between suspects when a better word has come: the night's, or an officer's.

Only the suspects that are touched are told anew, from the keys of their own reports.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lightkeeper.link.online.counts import Counts
from lightkeeper.link.online.lookup import MOST_LISTED
from lightkeeper.link.online.store import Row, Store
from lightkeeper.link.online.tally import Tally
from lightkeeper.link.online.tokens import Token, unpack_keys

_AT_ONCE = 512  # values in one list of a statement
Moves = Mapping[int, int | None]  # a report's number, and the suspect it goes to; None: it is forgotten


def move_reports(store: Store, counts: Counts, moves: Moves, names: Mapping[int, str]) -> None:
    """Move or forget reports, inside a transaction; `names` are those of suspects that are new."""
    put_new_suspects(store, counts, names)
    old = {suspect for (suspect,) in among(store, "SELECT suspect FROM link_report WHERE number {}", moves)}
    touched = sorted(old.union(suspect for suspect in moves.values() if suspect is not None))
    members = list(among(store, "SELECT number, suspect, keys FROM link_report WHERE suspect {}", touched))
    before, after = _Told(members, {}), _Told(members, moves)
    _store_moves(store, counts, moves)
    _store_shown(store, before, after)
    _store_common(store, before, after)
    _store_suspects(store, counts, touched, after, before)


def put_new_suspects(store: Store, counts: Counts, names: Mapping[int, str]) -> None:
    counts.suspects += len(names)
    counts.last_suspect = max([counts.last_suspect, *names])
    store.put(
        "INSERT INTO link_suspect (number, name, size, seen) VALUES (?, ?, 0, ?)",
        ((number, name, b"") for number, name in names.items()),
    )


class _Told:
    """What the members of some suspects tell of them, once the moves are made."""

    def __init__(self, members: Sequence[Row], moves: Moves) -> None:
        self.size = Counter[int]()
        self.kind: dict[Token, int] = {}
        self.shown: dict[tuple[Token, int], list[int]] = {}  # token, suspect -> count, first report
        for number, suspect, packed in sorted(members):
            home = moves.get(number, suspect)
            if home is None:
                continue
            self.size[home] += 1
            for key in unpack_keys(bytes(packed)):
                self.kind[key.token] = key.kind
                self.shown.setdefault((key.token, home), [0, number])[0] += 1

    def spread(self) -> dict[Token, list[int]]:
        """How many of these suspects, and how many of their reports, have each key."""
        found: dict[Token, list[int]] = {}
        for (token, _), (count, _) in self.shown.items():
            one = found.setdefault(token, [0, 0])
            one[0] += 1
            one[1] += count
        return found


def _store_moves(store: Store, counts: Counts, moves: Moves) -> None:
    gone = [(number,) for number, home in moves.items() if home is None]
    store.put(
        "UPDATE link_report SET suspect = ? WHERE number = ?",
        [(home, number) for number, home in moves.items() if home is not None],
    )
    store.put("DELETE FROM link_report WHERE number = ?", gone)
    store.put("DELETE FROM link_told WHERE number = ?", gone)
    counts.reports -= len(gone)


def _store_shown(store: Store, before: _Told, after: _Told) -> None:
    store.put("DELETE FROM link_shown WHERE token = ? AND suspect = ?", before.shown.keys() - after.shown.keys())
    store.put(
        "INSERT INTO link_shown (token, suspect, count, report) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (token, suspect) DO UPDATE SET count = excluded.count, report = excluded.report",
        [(*place, *told) for place, told in after.shown.items() if before.shown.get(place) != told],
    )


def _store_common(store: Store, before: _Told, after: _Told) -> None:
    """Keys that many suspects have are counted on; those that have become so are counted now."""
    was, now = before.spread(), after.spread()
    changed = [token for token in was if was[token] != now.get(token, [0, 0])]
    common = {
        token: [suspects, reports]
        for token, suspects, reports in among(
            store, "SELECT token, suspects, reports FROM link_common WHERE token {}", changed
        )
    }
    for token, told in common.items():
        more = now.get(token, [0, 0])
        told[:] = [told[place] + more[place] - was[token][place] for place in (0, 1)]
    counted = "SELECT token, count(*), sum(count) FROM link_shown WHERE token {} GROUP BY token"
    for token, suspects, reports in among(store, counted, [token for token in changed if token not in common]):
        common[token] = [suspects, int(reports)]
    store.put("DELETE FROM link_common WHERE token = ?", [(one,) for one in common])
    store.put(
        "INSERT INTO link_common (token, suspects, reports) VALUES (?, ?, ?)",
        [(token, *told) for token, told in common.items() if told[0] > MOST_LISTED],
    )


def _store_suspects(store: Store, counts: Counts, touched: list[int], after: _Told, before: _Told) -> None:
    tally = {suspect: Tally() for suspect in touched}
    shared = _shared(store, after)
    for (token, suspect), (count, _) in after.shown.items():
        if token in shared:
            tally[suspect].add(after.kind[token], 0, count)
    for suspect, packed in among(store, "SELECT number, seen FROM link_suspect WHERE number {}", touched):
        was, now = Tally(bytes(packed)), tally[suspect]
        counts.showing = [
            count - (was.seen[kind] > 0) + (now.seen[kind] > 0) for kind, count in enumerate(counts.showing)
        ]
    store.put(
        "UPDATE link_suspect SET size = ?, seen = ? WHERE number = ?",
        [(after.size[one], tally[one].packed(), one) for one in touched],
    )
    empty = [one for one in touched if not after.size[one]]
    store.put("DELETE FROM link_suspect WHERE number = ?", [(one,) for one in empty])
    counts.suspects -= len(empty)


def _shared(store: Store, told: _Told) -> set[Token]:
    """The keys that more than one report has, here or elsewhere."""
    spread = told.spread()
    shared = {token for token, (suspects, reports) in spread.items() if reports > 1}
    alone = [token for token in spread if token not in shared]
    counted = "SELECT token FROM link_shown WHERE token {} GROUP BY token HAVING sum(count) > 1"
    return shared.union(token for (token,) in among(store, counted, alone))


def among(store: Store, statement: str, values: Iterable[Any]) -> Iterator[Row]:
    wanted = list(values)
    for first in range(0, len(wanted), _AT_ONCE):
        yield from store.ask_among(statement, wanted[first : first + _AT_ONCE])
