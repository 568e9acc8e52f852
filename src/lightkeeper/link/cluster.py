"""Joining: a forest of groups, and an officer's word kept against every chain of joins."""

from collections.abc import Iterable, Sequence

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.suspect import Decision, Verdict


class Forest:
    """Groups of reports that only ever grow; a report is a number. The smallest number names its group."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def root(self, one: int) -> int:
        while self.parent[one] != one:
            self.parent[one] = self.parent[self.parent[one]]
            one = self.parent[one]
        return one

    def join(self, a: int, b: int) -> None:
        low, high = sorted((self.root(a), self.root(b)))
        self.parent[high] = low

    def roots(self) -> list[int]:
        return [self.root(one) for one in range(len(self.parent))]


Edge = tuple[float, int, int]  # weight, and the two ends
Words = dict[tuple[str, str], Verdict]  # an officer's last word on two reports, the smaller id first


def latest_word(decisions: Iterable[Decision]) -> Words:
    """The last verdict on each pair of reports; a later word takes back an earlier one."""
    return {(min(one.a, one.b), max(one.a, one.b)): one.verdict for one in decisions}


def confirmed_pairs(words: Words, place: dict[str, int]) -> list[tuple[int, int]]:
    return _pairs(words, place, Verdict.CONFIRMED)


def rejected_pairs(words: Words, place: dict[str, int]) -> list[tuple[int, int]]:
    return _pairs(words, place, Verdict.REJECTED)


def _pairs(words: Words, place: dict[str, int], verdict: Verdict) -> list[tuple[int, int]]:
    """Pairs of reports that are both here; a word on a report of another year waits until it is seen."""
    wanted = ((a, b) for (a, b), said in words.items() if said == verdict and a in place and b in place)
    return sorted((min(place[a], place[b]), max(place[a], place[b])) for a, b in wanted)


def refuse_contradiction(confirmed: Sequence[tuple[int, int]], rejected: Sequence[tuple[int, int]]) -> None:
    """Raises UnreadableInput when confirmed links, one after another, join what was rejected."""
    parent: dict[int, int] = {}

    def root(one: int) -> int:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    for a, b in confirmed:
        parent[root(a)] = root(b)
    broken = sum(root(a) == root(b) for a, b in rejected)
    if broken:
        raise UnreadableInput(f"the decisions contradict: confirmed links join {broken} rejected pair(s)")


def joinable(groups: Sequence[int], edges: Sequence[Edge], rejected: Iterable[tuple[int, int]]) -> list[bool]:
    """Which edges may be joined so that no rejected pair ever shares a group.

    `groups` gives each report's group, the ends of an edge are groups. Only where the edges would bring a
    rejected pair together are they taken one by one, the heaviest first, then the smallest ends.
    """
    apart = {(groups[a], groups[b]) for a, b in rejected}
    if not apart:
        return [True] * len(edges)
    parent: dict[int, int] = {}

    def root(one: int) -> int:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for _, a, b in edges:
        parent[root(a)] = root(b)
    touched = {root(a) for a, b in apart if root(a) == root(b)}
    allowed = [root(a) not in touched for _, a, _ in edges]
    order = sorted((-edges[i][0], edges[i][1], edges[i][2], i) for i, free in enumerate(allowed) if not free)
    members: dict[int, set[int]] = {}
    home: dict[int, int] = {}
    foes: dict[int, set[int]] = {}
    for a, b in apart:
        foes.setdefault(a, set()).add(b)
        foes.setdefault(b, set()).add(a)
    for _, a, b, place in order:
        one, other = home.setdefault(a, a), home.setdefault(b, b)
        left, right = members.setdefault(one, {one}), members.setdefault(other, {other})
        if one == other or any(not foes.get(x, set()).isdisjoint(right) for x in left):
            allowed[place] = one == other
            continue
        allowed[place] = True
        left |= right
        for x in members.pop(other):
            home[x] = one
    return allowed
