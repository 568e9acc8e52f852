"""Joining: a forest of groups, and an officer's word kept against every chain of joins."""

from collections.abc import Iterable, Sequence

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.suspect import Decision, Verdict


class Forest:
    """Groups of reports that only ever grow; a report is a number. The smallest number names its group.

    Two reports that an officer parted are never brought together, whatever chain of joins would do it. Each join
    keeps the risk that it is chance's, for whoever stood in the smaller group.
    """

    def __init__(self, size: int, rejected: Sequence[tuple[int, int]] = ()) -> None:
        self.rejected = rejected
        self.parent = list(range(size))
        self.risk = [0.0] * size
        self.size = [1] * size  # of a group, where nothing is above it
        self.first = list(range(size))  # its smallest report, there too

    def top(self, one: int) -> tuple[int, float]:
        """What stands above all others of a group, and the risk that this report hangs there by chance."""
        worst = 0.0
        while self.parent[one] != one:
            worst = max(worst, self.risk[one])
            one = self.parent[one]
        return one, worst

    def root(self, one: int) -> int:
        return self.first[self.top(one)[0]]

    def size_of(self, one: int) -> int:
        return self.size[self.top(one)[0]]

    def join(self, a: int, b: int, risk: float = 0.0) -> bool:
        """Join two groups; False when they were one already, or when an officer's word keeps them apart."""
        a, b = self.top(a)[0], self.top(b)[0]
        if a == b or any({self.top(x)[0], self.top(y)[0]} == {a, b} for x, y in self.rejected):
            return False
        large, small = sorted((a, b), key=lambda one: (-self.size[one], self.first[one]))
        self.parent[small], self.risk[small] = large, risk
        self.size[large] += self.size[small]
        self.first[large] = min(self.first[large], self.first[small])
        return True

    def roots(self) -> list[int]:
        return [self.root(one) for one in range(len(self.parent))]


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
