"""Makes a large index of a filled one: itself, and copies of it whose every key, suspect and report is another.

    python bench/link/multiply.py FOLDER LARGE TIMES

For measuring how the time of one new report grows with what there is to search, without linking ten million
reports first. The copies' keys are those of the first one under a random mask, so that the tables are as large,
and their rows as scattered, as if other people had sent them; what a new report finds is what it found before.
`bench/link/online.py` measures either folder.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link.hash_index import HashIndex
from lightkeeper.link.online.counts import Counts, get_beliefs, get_counts, put_beliefs, put_counts
from lightkeeper.link.online.store import Store, open_sqlite

AT_ONCE = 100_000
KEY = np.dtype([("token", "<i8"), ("kind", "u1"), ("source", "u1")])
Longs = NDArray[np.int64]


def main(folder: Path, large: Path, times: int) -> None:
    start = time.process_time()
    large.mkdir(parents=True)
    small, big = open_sqlite(folder / "index.sqlite3"), open_sqlite(large / "index.sqlite3", filling=True)
    counts = get_counts(small)
    masks = np.random.default_rng(10).integers(-(2**63), 2**63, times, dtype=np.int64)
    masks[0] = 0
    with big.transaction():  # one for all: outside of it, every row would be written to the file by itself
        copy_shown(small, big, counts, masks)
        copy_bands(small, big, masks)
        copy_rows(small, big, counts, masks)
        copy_pictures(small, big, large, counts, masks)
        put_beliefs(big, get_beliefs(small))
    grown = replace(counts, showing=[one * times for one in counts.showing])
    for name in ("reports", "suspects", "pictures", "last_report", "last_suspect"):
        setattr(grown, name, getattr(counts, name) * times)
    put_counts(big, grown)
    big.close()
    (large / "filled").touch()
    print(f"{grown.reports:,} reports in {time.process_time() - start:.0f} s of processor")


def copy_shown(small: Store, big: Store, counts: Counts, masks: Longs) -> None:
    told = np.array(small.ask("SELECT token, suspect, count, report FROM link_shown"), np.int64)
    parts = [
        (
            told[:, 0] ^ mask,
            told[:, 1] + place * counts.last_suspect,
            told[:, 2],
            told[:, 3] + place * counts.last_report,
        )
        for place, mask in enumerate(masks)
    ]
    write_sorted(big, "INSERT INTO link_shown VALUES (?, ?, ?, ?)", parts)
    common = small.ask("SELECT token, suspects, reports FROM link_common")
    masked = ((token ^ int(mask), *more) for mask in masks for token, *more in common)
    big.put("INSERT INTO link_common VALUES (?, ?, ?)", masked)


def copy_bands(small: Store, big: Store, masks: Longs) -> None:
    told = np.array(small.ask("SELECT band, script FROM link_band"), np.int64)
    write_sorted(
        big, "INSERT INTO link_band VALUES (?, ?)", [(told[:, 0] ^ mask, told[:, 1] ^ mask) for mask in masks]
    )
    scripts = small.ask("SELECT script, words FROM link_script")
    masked = sorted((script ^ int(mask), words) for mask in masks for script, words in scripts)
    big.put("INSERT INTO link_script VALUES (?, ?)", masked)


def write_sorted(big: Store, statement: str, parts: list[tuple[Longs, ...]]) -> None:
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.argsort(columns[0], kind="stable")
    for begin in range(0, len(order), AT_ONCE):
        part = order[begin : begin + AT_ONCE]
        big.put(statement, zip(*(column[part].tolist() for column in columns), strict=True))


def copy_rows(small: Store, big: Store, counts: Counts, masks: Longs) -> None:
    for place, mask in enumerate(masks):
        more, people = place * counts.last_report, place * counts.last_suspect
        for rows in in_parts(small, "link_report", "number, id, suspect, keys"):
            keys = masked_keys([keys for *_, keys in rows], mask)
            told = (
                (n + more, copied(id_, place), s + people, k) for (n, id_, s, _), k in zip(rows, keys, strict=True)
            )
            big.put("INSERT INTO link_report VALUES (?, ?, ?, ?)", told)
        for rows in in_parts(small, "link_suspect", "number, name, size, seen"):
            named = ((n + people, copied(name, place), size, seen) for n, name, size, seen in rows)
            big.put("INSERT INTO link_suspect VALUES (?, ?, ?, ?)", named)


def copied(name: str, place: int) -> str:
    """The first one is as it was, so that a new report is still linked with whom the answer says."""
    return f"{name}.{place}" if place else name


def in_parts(small: Store, table: str, columns: str) -> Iterator[list[tuple[Any, ...]]]:
    last = -1
    while rows := small.ask(
        f"SELECT {columns} FROM {table} WHERE number > ? ORDER BY number LIMIT ?",
        (last, AT_ONCE),
    ):
        last = rows[-1][0]
        yield rows


def masked_keys(packed: list[bytes], mask: np.int64) -> Iterator[bytes]:
    keys = np.frombuffer(b"".join(packed), KEY).copy()
    keys["token"] ^= mask
    joined, begin = keys.tobytes(), 0
    for one in packed:
        yield joined[begin : begin + len(one)]
        begin += len(one)


def copy_pictures(small: Store, big: Store, large: Path, counts: Counts, masks: Longs) -> None:
    """The mask of a picture is as long as its hash, so that copies are as far from each other as strangers are."""
    rows = small.ask("SELECT token, hash FROM link_image ORDER BY number")
    words = np.frombuffer(b"".join(bytes.fromhex(one) for _, one in rows), "<u8").reshape(-1, 4)
    dice = np.random.default_rng(11)
    with HashIndex(large / "pictures", counts.pictures_of) as pictures:
        for place, mask in enumerate(masks):
            copied = words ^ (dice.integers(0, 2**64, 4, np.uint64) if place else np.zeros(4, np.uint64))
            numbers = pictures.append_words(copied)
            told = zip(
                numbers, (t ^ int(mask) for t, _ in rows), (one.tobytes().hex() for one in copied), strict=True
            )
            big.put("INSERT INTO link_image VALUES (?, ?, ?)", told)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
