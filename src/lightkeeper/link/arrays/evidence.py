"""What all the other keys of two groups say about them being one."""

import numpy as np

from lightkeeper.link import weigh
from lightkeeper.link.arrays.compiled import Floats, Ints, Longs, agreement, compiled, disagreement
from lightkeeper.link.arrays.groups import Groups
from lightkeeper.link.arrays.tokens import Tiny


def weigh_rest(groups: Groups, kind: Tiny, found: tuple[Ints, Ints, Ints, Ints], rest: Floats) -> Floats:
    """The evidence of all keys but those that candidates were found by: big, small, key, other key of each."""
    big, small, key, other_key = found
    return weigh_others(
        big,
        small,
        key,
        other_key,
        groups.start,
        groups.token,
        groups.count,
        groups.seen,
        groups.once,
        groups.share,
        kind,
        rest,
    )


@compiled
def weigh_others(
    big: Ints,
    small: Ints,
    key: Ints,
    other_key: Ints,
    start: Longs,
    token: Ints,
    count: Ints,
    seen: Ints,
    once: Ints,
    share: Floats,
    kind: Tiny,
    rest: Floats,
) -> Floats:
    """The evidence of everything but the keys, in all; by kind in `rest` too, if that has a row a candidate."""
    evidence = np.empty(len(big))
    parts = np.empty(9)
    for one in range(len(big)):
        mine = rest[one] if len(rest) else parts
        mine[:] = 0.0
        by_stem = kind[key[one]] == weigh.STEM or (other_key[one] >= 0 and kind[other_key[one]] == weigh.STEM)
        for place in range(start[small[one]], start[small[one] + 1]):
            this = token[place]
            what = kind[this]
            known = seen[big[one], what]
            used = this == key[one] or this == other_key[one] or what == weigh.STEM
            if used or known == 0 or (by_stem and what == weigh.HANDLE):
                continue
            found = _place_of(this, token, start[big[one]], start[big[one] + 1])
            if found >= 0:
                mine[what] += agreement(count[found], known, once[big[one], what], share[this])
            else:
                mine[what] += disagreement(known, once[big[one], what])
        evidence[one] = mine.sum()
    return evidence


@compiled
def _place_of(wanted: int, token: Ints, low: int, end: int) -> int:
    """Where a token stands among the sorted ones of a group, or -1."""
    high = end
    while low < high:
        middle = (low + high) // 2
        if token[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < end and token[low] == wanted else -1
