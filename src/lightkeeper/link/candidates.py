"""Groups of reports that agree on something, with what all their other keys say: plain Python, for the judge."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from lightkeeper.core.suspect import Reason
from lightkeeper.link import weigh
from lightkeeper.link.explain import key_reason, other_reason
from lightkeeper.link.learn import Beliefs
from lightkeeper.link.profile import Profiles, Token
from lightkeeper.link.sightings import Repeated, Row


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two groups that agree on something. `big` is the larger, or the earlier of equal ones."""

    big: int
    small: int
    row: int  # the class of the agreement
    keys: tuple[Token, ...]  # one, or two that stand together in a report of each
    reports: tuple[int, int]  # one of each group that has them
    established: int  # how many of the two are
    evidence: tuple[tuple[int, float], ...]  # of everything else, by kind

    @property
    def other(self) -> float:
        return sum(weight for _, weight in self.evidence)

    def belief(self, beliefs: Beliefs) -> float:
        """What the shared keys are worth. A kind that cannot join by itself stays below the bar with the rest."""
        return float(beliefs.weight[self.row]) + weigh.standing(self.established)

    def score(self, beliefs: Beliefs) -> float:
        total = round(self.belief(beliefs) + self.other, 6)
        return total if self.can_join() else min(total, weigh.BAR)

    def can_join(self) -> bool:
        return len(self.keys) == 2 or self.keys[0][0] in weigh.JOINING

    def reasons(self, beliefs: Beliefs) -> tuple[Reason, ...]:
        kinds = tuple(kind for kind, _ in self.keys)
        return (key_reason(kinds, self.belief(beliefs)), *(other_reason(*one) for one in self.evidence))


def key_candidates(rows: list[Row], roots: list[int], now: Profiles) -> Iterator[Candidate]:
    """Groups that share a key which few groups have."""
    holder: dict[tuple[int, Token], int] = {}
    for report, row in enumerate(rows):
        for token in row:
            holder.setdefault((roots[report], token), report)
    for token, groups in now.groups_with.items():
        if token[0] == weigh.NAME or not 2 <= len(groups) <= weigh.most_groups(token[0]):
            continue
        public = sum(now.established(group) for group in groups) > 1
        kind = weigh.key_class(token[0], len(groups), public, now.kin.get(token, 0))
        largest = max(groups, key=lambda group: now.of[group].size)  # the first of the largest
        for a, b in combinations(groups, 2):
            if len(groups) <= weigh.CROWD or largest in (a, b):
                yield candidate(now, a, b, kind, (token,), (holder[a, token], holder[b, token]))


def pair_candidates(doubtful: list[Repeated], roots: list[int], now: Profiles) -> Iterator[Candidate]:
    """The groups of a doubtful pair, each with the largest of them; the least doubtful for the same two groups."""
    best: dict[tuple[int, int], tuple[int, float, Candidate]] = {}
    for pair, members, chance in doubtful:
        holder: dict[int, int] = {}
        for report in members:
            holder.setdefault(roots[report], report)
        top = min(holder, key=lambda group: (-now.of[group].size, group))
        for group in holder.keys() - {top}:
            one = candidate(now, top, group, weigh.pair_class(chance), pair, (holder[top], holder[group]))
            mine = (one.row, -round(one.other, 6), one)
            best[top, group] = min(best.get((top, group), mine), mine, key=lambda x: x[:2])
    return (one for _, _, one in best.values())


def candidate(
    now: Profiles, a: int, b: int, row: int, keys: tuple[Token, ...], reports: tuple[int, int]
) -> Candidate:
    if (-now.of[a].size, a) > (-now.of[b].size, b):
        a, b, reports = b, a, (reports[1], reports[0])
    established = now.established(a) + now.established(b)
    return Candidate(a, b, row, keys, reports, established, now.evidence(a, b, keys))
