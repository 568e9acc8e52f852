"""One rise seen in several streams: platforms of one force, or a force and its neighbours.

A rise that is too small to see in any one stream can be plain in all of them together. Each group of
streams is judged three ways: the streams added up, the streams' own p put together, and the clearest
stream alone. The false alarms allowed are shared among the three.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincc

from lightkeeper.watch.chance import Counts, Flags, Reals, middle_chance
from lightkeeper.watch.rise import Rises

_ADDED_UP, _PUT_TOGETHER, _ALONE = 0.4, 0.4, 0.25  # they overlap, hence a little more than 1
_SMALLEST = 1e-300


@dataclass(frozen=True, slots=True)
class SharedRises:
    """What is seen in groups of streams: one row a group, one column a judged week."""

    alarm: Flags
    p: Reals
    expected: Reals  # of the streams added up
    seen: Counts  # in the streams added up
    drivers: Counts  # the row (in the counts that were judged) of the stream with the largest surplus


def find_shared_rises(
    counts: Counts, rises: Rises, groups: Sequence[Sequence[int]], alpha: float = 0.005
) -> SharedRises:
    """Judge groups of streams, each a list of rows of the counts that `rises` came from."""
    weeks = rises.p.shape[1]
    counts = np.asarray(counts, dtype=np.int64)
    found = [_judge_group(counts, rises, list(rows), weeks) for rows in groups]
    p, expected, seen, drivers = (np.stack(part) for part in zip(*found, strict=True))
    return SharedRises(p <= alpha, p, expected, seen, drivers)


def neighbour_groups(areas: Sequence[str], neighbours: Mapping[str, Sequence[str]]) -> list[list[int]]:
    """For each area that has a row, the rows of it and of its neighbours; areas without any stay alone."""
    place = {area: row for row, area in enumerate(areas)}
    return [
        [place[area], *(place[other] for other in neighbours.get(area, ()) if other in place)] for area in areas
    ]


def _judge_group(
    counts: Counts, rises: Rises, rows: list[int], weeks: int
) -> tuple[Reals, Reals, Counts, NDArray[np.intp]]:
    own = rises.p[rows]
    mean, baseline = rises.baseline.mean[rows], rises.baseline
    pair = counts[rows, -weeks - 1 :][:, 1:] + counts[rows, -weeks - 1 :][:, :-1]
    pair_mean = mean + np.concatenate([mean[:, :1], mean[:, :-1]], axis=1)
    spread = baseline.spread[rows] + pair_mean * baseline.error[rows]
    total, total_mean = pair.sum(axis=0), pair_mean.sum(axis=0)
    total_spread = (spread * pair_mean).sum(axis=0) / np.maximum(total_mean, 1e-12)
    added = middle_chance(total, total_mean, np.maximum(total_spread, 1.0))
    pair_p = middle_chance(pair, pair_mean, spread)
    together = gammaincc(len(rows), -np.log(np.maximum(pair_p, _SMALLEST)).sum(axis=0))  # Fisher's sum
    alone = own.min(axis=0) * len(rows)
    p = np.minimum(np.minimum(added / _ADDED_UP, together / _PUT_TOGETHER), alone / _ALONE)
    drivers = np.asarray(rows)[np.argmax((pair - pair_mean) / np.sqrt(spread * pair_mean + 1e-9), axis=0)]
    seen = counts[rows, -weeks:].sum(axis=0)
    return np.minimum(p, 1.0), mean.sum(axis=0), seen, drivers
