"""A rise that shows a little in several streams."""

import numpy as np

from lightkeeper.core.place import places
from lightkeeper.watch.rise import find_rises
from lightkeeper.watch.streams import find_shared_rises, neighbour_groups


def four_streams(seed: int, groups: int) -> np.ndarray:
    return np.random.default_rng(seed).poisson(5, (4 * groups, 200))


def test_a_small_rise_in_every_stream_is_seen_together_and_not_alone() -> None:
    counts = four_streams(1, 150)
    counts[:, -2:] += 4
    groups = np.arange(600).reshape(-1, 4).tolist()
    rises = find_rises(counts, 1)
    alone = (rises.p.reshape(-1, 4).min(axis=1) * 4 <= 0.005).mean()
    together = find_shared_rises(counts, rises, groups, 0.005).alarm.mean()
    assert together > alone + 0.2


def test_quiet_groups_alarm_no_more_often_than_asked() -> None:
    counts = four_streams(2, 300)
    groups = np.arange(1200).reshape(-1, 4).tolist()
    assert find_shared_rises(counts, find_rises(counts, 20), groups, 0.01).alarm.mean() <= 0.012


def test_the_stream_that_drives_a_rise_is_named() -> None:
    counts = four_streams(3, 1)
    counts[2, -2:] += 15
    found = find_shared_rises(counts, find_rises(counts, 1), [[0, 1, 2, 3]])
    assert found.alarm[0, 0]
    assert found.drivers[0, 0] == 2


def test_a_force_is_pooled_with_the_neighbours_that_have_figures() -> None:
    areas = ["wiltshire", "dorset", "cheshire"]
    neighbours = {slug: one.neighbours for slug, one in places().items()}
    assert neighbour_groups(areas, neighbours) == [[0, 1], [1, 0], [2]]
