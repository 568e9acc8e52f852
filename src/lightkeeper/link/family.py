"""Families: near-equal pictures and near-equal scripts, found plainly by comparing each with each."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from lightkeeper.link.cluster import Forest
from lightkeeper.link.forms.image import NEAR, distance
from lightkeeper.link.forms.script import overlap

ALIKE = 0.42  # share of words; two copies that each changed 16 % still share 0.5, two different scripts under 0.3
_T = TypeVar("_T")


def image_families(hashes: Iterable[str]) -> dict[str, str]:
    """Each hash (64 hexadecimal signs) with the smallest hash joined with it by steps of at most 31 bits."""
    values = sorted(set(hashes))
    return _families(values, [int(one, 16) for one in values], lambda a, b: distance(a, b) <= NEAR)


def script_families(scripts: Iterable[str]) -> dict[str, str]:
    """Each script (its sorted words) with the first script of its family."""
    values = sorted(set(scripts))
    return _families(values, [frozenset(one.split()) for one in values], lambda a, b: overlap(a, b) >= ALIKE)


def _families(names: Sequence[str], values: Sequence[_T], near: Callable[[_T, _T], bool]) -> dict[str, str]:
    forest = Forest(len(names))
    for a, one in enumerate(values):
        for b in range(a):
            if near(one, values[b]):
                forest.join(a, b)
    return {name: names[forest.root(place)] for place, name in enumerate(names)}
