"""Telling all suspects anew from the keys of all reports: after filling an index, or a night that moved much."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link import weigh
from lightkeeper.link.online.counts import Counts
from lightkeeper.link.online.lookup import MOST_LISTED
from lightkeeper.link.online.store import Store

_AT_ONCE = 100_000  # reports read, or rows written, at a time
_KEY = np.dtype([("token", "<i8"), ("kind", "u1"), ("source", "u1")])
_KINDS = len(weigh.KINDS)
Longs = NDArray[np.int64]


def retell(store: Store, counts: Counts) -> None:
    """Write what every suspect is known by, from `link_report` alone; inside a transaction.

    Suspects that have no report any more go. Some 17 bytes of memory for each key of each report, and as much
    again while they are put in order.
    """
    token, kind, suspect, report = _read_keys(store)
    order = np.lexsort((report, suspect, token))
    token, kind, suspect, report = token[order], kind[order], suspect[order], report[order]
    del order
    first = np.flatnonzero(_changes(token) | _changes(suspect))  # of each key of each suspect
    count = np.diff(np.append(first, len(token)))
    token, kind, suspect, report = token[first], kind[first], suspect[first], report[first]
    _write_shown(store, token, suspect, count, report)
    shared = _write_common(store, token, count)
    _write_suspects(store, counts, kind[shared], suspect[shared], count[shared])


def _read_keys(store: Store) -> tuple[Longs, NDArray[np.uint8], NDArray[np.int32], NDArray[np.int32]]:
    parts: list[tuple[Any, ...]] = []
    last = 0
    while True:
        rows = store.ask(
            "SELECT number, suspect, keys FROM link_report WHERE number > ? ORDER BY number LIMIT ?",
            (last, _AT_ONCE),
        )
        if not rows:
            break
        last = rows[-1][0]
        keys = np.frombuffer(b"".join(bytes(packed) for *_, packed in rows), dtype=_KEY)
        times = np.array([len(packed) // _KEY.itemsize for *_, packed in rows])
        suspects = np.repeat(np.array([one for _, one, _ in rows], np.int32), times)
        reports = np.repeat(np.array([one for one, _, _ in rows], np.int32), times)
        parts.append((keys["token"].copy(), keys["kind"].copy(), suspects, reports))
    empty = (np.empty(0, np.int64), np.empty(0, np.uint8), np.empty(0, np.int32), np.empty(0, np.int32))
    token, kind, suspect, report = (np.concatenate(columns) for columns in zip(empty, *parts, strict=True))
    return token, kind, suspect, report


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a value differs from the one before it; the first always does."""
    return np.append(np.ones(min(1, len(values)), np.bool_), values[1:] != values[:-1])


def _write_shown(store: Store, *columns: NDArray[Any]) -> None:
    store.put("DELETE FROM link_shown")
    store.put("INSERT INTO link_shown (token, suspect, count, report) VALUES (?, ?, ?, ?)", _rows(*columns))


def _write_common(store: Store, token: Longs, count: Longs) -> NDArray[np.bool_]:
    """Returns which of the rows are of a key that more than one report has."""
    begin = np.flatnonzero(_changes(token))
    suspects = np.diff(np.append(begin, len(token)))
    reports = np.add.reduceat(count, begin) if len(begin) else count
    common = suspects > MOST_LISTED
    store.put("DELETE FROM link_common")
    store.put(
        "INSERT INTO link_common (token, suspects, reports) VALUES (?, ?, ?)",
        _rows(token[begin][common], suspects[common], reports[common]),
    )
    return np.repeat(reports > 1, suspects)


def _write_suspects(
    store: Store, counts: Counts, kind: NDArray[np.uint8], suspect: NDArray[np.int32], count: Longs
) -> None:
    length = counts.last_suspect + 1
    place = suspect.astype(np.int64) * _KINDS + kind
    tally = np.zeros((length, 2, _KINDS), np.uint32)
    for column, numbers in enumerate((count, count == 1)):
        tally[:, column, :] = np.bincount(place, numbers, length * _KINDS).reshape(length, _KINDS)
    size = np.zeros(length, np.int64)
    for number, reports in store.ask("SELECT suspect, count(*) FROM link_report GROUP BY suspect"):
        size[number] = reports
    known: NDArray[np.bool_] = tally[:, 0, :] > 0
    counts.showing = known.sum(axis=0).tolist()
    counts.suspects = int((size > 0).sum())
    told: NDArray[np.bool_] = np.any(known, axis=1)
    store.put(
        "UPDATE link_suspect SET size = ?, seen = ? WHERE number = ?",
        (
            (int(size[one]), tally[one].tobytes() if told[one] else b"", one)
            for one in np.flatnonzero(size).tolist()
        ),
    )
    store.put("DELETE FROM link_suspect WHERE number NOT IN (SELECT suspect FROM link_report)")


def _rows(*columns: NDArray[Any]) -> Iterator[tuple[int, ...]]:
    """The rows of some columns, as plain numbers, a part of them in memory at a time."""
    for begin in range(0, len(columns[0]), _AT_ONCE):
        yield from zip(*(column[begin : begin + _AT_ONCE].tolist() for column in columns), strict=True)
