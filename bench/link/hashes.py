"""Measures the hash index beside faiss and a numpy scan, on the same hashes and queries, in one run.

Usage: hashes.py [HASHES] [QUERIES]   (10,000,000 and 2,000 when not said; about 3 GB of memory, 1.5 GB of disk)
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from lightkeeper.link.forms.image import NEAR
from lightkeeper.link.hash_index import HashIndex

Words = NDArray[np.uint64]


def make(count: int, queries: int) -> tuple[Words, Words, NDArray[np.int64]]:
    """Random hashes, and queries that each lie 0 to 31 bits from a known one."""
    rng = np.random.default_rng(20)
    hashes = rng.integers(0, 2**64, size=(count, 4), dtype=np.uint64)
    wanted = rng.integers(0, count, queries)
    asked = hashes[wanted].copy()
    for row in asked:
        for bit in rng.choice(256, rng.integers(0, NEAR + 1), replace=False):
            row[bit >> 6] ^= np.uint64(1 << int(bit & 63))
    return hashes, asked, wanted


def flat_hashes(count: int) -> list[bytes]:
    """What nearly blank or striped pictures give: few bits, or one pattern again and again."""
    dice = np.random.default_rng(21)
    few = [np.packbits(dice.permutation(256) < dice.integers(0, 60)).tobytes() for _ in range(count // 2)]
    return few + [dice.bytes(2) * 16 for _ in range(count - len(few))]


def timed(search: Callable[[int], set[int]], queries: int, wanted: NDArray[np.int64]) -> tuple[list[float], float]:
    """Milliseconds of each query, and the share of wanted hashes that were found."""
    search(0)
    times, hits = [], 0
    for number in range(queries):
        start = time.perf_counter()
        found = search(number)
        times.append((time.perf_counter() - start) * 1000)
        hits += int(wanted[number]) in found
    return times, hits / queries


def main(count: int = 10_000_000, queries: int = 2_000) -> None:
    hashes, asked, wanted = make(count, queries)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with HashIndex(Path(folder)) as index:
            index.append_words(hashes)
        built = time.perf_counter() - start
        start = time.perf_counter()
        index = HashIndex(Path(folder))
        opened = time.perf_counter() - start
        rows = [row.tobytes() for row in asked]
        ours = timed(lambda n: {number for number, _ in index.search(rows[n])}, queries, wanted)
        start = time.perf_counter()
        index.append(rows[:1000])
        appended = (time.perf_counter() - start) / 1000
        plain = flat_hashes(1000)
        index.append(plain)
        linked = sum(len(index.search(one)) for one in plain)
        size = index.bytes_a_hash()
    faiss.omp_set_num_threads(1)
    flat = faiss.IndexBinaryFlat(256)
    flat.add(hashes.view(np.uint8).reshape(-1, 32))

    def by_faiss(number: int) -> set[int]:
        _, _, labels = flat.range_search(asked[number : number + 1].view(np.uint8).reshape(1, 32), NEAR + 1)
        return set(labels.tolist())

    def by_numpy(number: int) -> set[int]:
        far = np.bitwise_count(hashes ^ asked[number]).sum(axis=1)
        return set(np.flatnonzero(far <= NEAR).tolist())

    few = min(queries, 20)
    table = {
        "lightkeeper": ours,
        "faiss IndexBinaryFlat": timed(by_faiss, few, wanted),
        "numpy scan": timed(by_numpy, few, wanted),
    }
    print(f"{count:,} hashes of 256 bits, within {NEAR} bits, one core")
    print(f"{'':24}{'median ms':>11}{'p99 ms':>9}{'recall':>8}{'x ours':>9}")
    base = float(np.median(ours[0]))
    for name, (times, recall) in table.items():
        median = float(np.median(times))
        print(f"{name:24}{median:11.3f}{np.quantile(times, 0.99):9.3f}{recall:8.3f}{median / base:9.1f}")
    print(
        f"ours: {size:.0f} bytes a hash, built in {built:.1f} s, opened in {opened * 1000:.0f} ms, "
        f"appended at {appended * 1e6:.0f} µs a hash without moving any"
    )
    print(f"{len(plain):,} hashes of flat pictures appended and asked for: {linked} links")


if __name__ == "__main__":
    main(*(int(word.replace("_", "")) for word in sys.argv[1:]))
