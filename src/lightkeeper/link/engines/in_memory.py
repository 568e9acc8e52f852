"""The judge: the whole method in plain Python, one step after the other, for some ten thousand reports at most.

The faster engines are right when they give the same groups as this one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from lightkeeper.core.report import Report
from lightkeeper.core.suspect import Decision, Link, Reason, Strength
from lightkeeper.link import weigh
from lightkeeper.link.cluster import (
    Forest,
    confirmed_pairs,
    joinable,
    latest_word,
    refuse_contradiction,
    rejected_pairs,
)
from lightkeeper.link.engine import Linkage, Tell, read_files
from lightkeeper.link.explain import confirmed_reason, key_reason, other_reason, pair_reason
from lightkeeper.link.family import image_families, script_families
from lightkeeper.link.keys import KeyKind, keys_of
from lightkeeper.link.learn import Beliefs, learn
from lightkeeper.link.profile import Profiles, Token, profiles
from lightkeeper.link.suspects import linkage_of
from lightkeeper.link.write import write_linkage

Pair = tuple[Token, Token]
Row = dict[Token, int]  # a report's keys, and which identifier each came from
Joining = tuple[int, int, tuple[Reason, ...]]
Edge = tuple[float, int, int, tuple[Reason, ...]]
Repeated = tuple[Pair, list[int], float]  # a pair of keys, the reports that have it, how many would by chance
_KIND = {kind: place for place, kind in enumerate(weigh.KINDS)}


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


def link_reports(reports: Iterable[Report], decisions: Sequence[Decision] = ()) -> Linkage:
    """Which of these reports are one offender, with the reasons; what officers decided is kept exactly."""
    first: dict[str, Report] = {}
    for report in reports:
        first.setdefault(report.id, report)  # a report that comes twice counts once
    ids = sorted(first)
    place = {one: number for number, one in enumerate(ids)}
    words = latest_word(decisions)
    sure, never = confirmed_pairs(words, place), rejected_pairs(words, place)
    refuse_contradiction(sure, never)
    return _Run([first[one] for one in ids], sure, never).linkage(ids)


def link_files(paths: Sequence[Path], folder: Path, decisions: Sequence[Decision], tell: Tell) -> tuple[int, int]:
    """Link the reports of files, write the result to a folder; gives the numbers of reports and suspects."""
    linkage = link_reports(read_files(paths), decisions)
    write_linkage(linkage, folder)
    tell("done", 1.0)
    return len(linkage.assignments), len(linkage.suspects)


class _Run:
    """One run over reports in the order of their ids."""

    def __init__(self, reports: list[Report], sure: list[tuple[int, int]], never: list[tuple[int, int]]) -> None:
        self.never = never
        self.tokens = without_hubs(shared(tokens_of(reports)))
        self.forest = Forest(len(reports))
        self.links: list[Joining] = []
        for a, b in sure:
            self.forest.join(a, b)
            self.links.append((a, b, (confirmed_reason(),)))

    def linkage(self, ids: list[str]) -> Linkage:
        pairs = list(repeated_pairs(self.tokens))
        self.join_rare(pairs, profiles(self.tokens, list(range(len(ids)))))
        table: tuple[weigh.Class, ...] = ()
        for number in range(weigh.ROUNDS):
            now = profiles(self.tokens, self.forest.roots())
            pairs = [(pair, members, now.shared_by_chance(*pair)) for pair, members, _ in pairs]
            if self.join_rare(pairs, now):
                now = profiles(self.tokens, self.forest.roots())
            found, beliefs = self.candidates(pairs, now)
            table = table if number else weigh.describe(beliefs.belief.tolist(), beliefs.taught.tolist())
            if not self.join_best(found, beliefs, now):
                break
        links = [_link(ids, one, Strength.LINKED) for one in self.links]
        links += [_link(ids, one, Strength.POSSIBLE) for one in self.possible(found, beliefs)]
        return linkage_of(ids, self.forest.roots(), links, table)

    def join_rare(self, pairs: list[Repeated], now: Profiles) -> int:
        """Join reports that share two keys which few would share by chance, the rarest first."""
        edges: list[Edge] = []
        for (a, b), members, chance in pairs:
            if chance < weigh.PAIR_BAR:
                reasons = (pair_reason(a[0], b[0], chance),)
                size = {one: now.of[now.group[one]].size for one in members}
                centre = max(members, key=lambda one: size[one])  # the first of the largest
                edges += (
                    (reasons[0].weight, centre, other, reasons)
                    for other in members
                    if other != centre and weigh.rare_enough(chance, min(size[centre], size[other]))
                )
        return self.join(edges)

    def join(self, edges: list[Edge]) -> int:
        """Join the groups of all edges, the heaviest first, that no rejected pair forbids; keep what joined."""
        roots = self.forest.roots()
        edges.sort(key=lambda edge: (-round(edge[0], 6), edge[1], edge[2]))
        allowed = joinable(roots, [(round(w, 6), roots[a], roots[b]) for w, a, b, _ in edges], self.never)
        before = len(self.links)
        for (_, a, b, reasons), free in zip(edges, allowed, strict=True):
            if free and self.forest.root(a) != self.forest.root(b):
                self.forest.join(a, b)
                self.links.append((a, b, reasons))
        return len(self.links) - before

    def candidates(self, pairs: list[Repeated], now: Profiles) -> tuple[list[Candidate], Beliefs]:
        """Groups that agree on a key or on a doubtful pair, with all other evidence, and what it teaches."""
        roots = self.forest.roots()
        doubtful = [one for one in pairs if weigh.PAIR_BAR <= one[2] < weigh.PAIR_SEEN]
        found = [*key_candidates(self.tokens, roots, now), *pair_candidates(doubtful, roots, now)]
        beliefs = learn(
            np.array([one.row for one in found], np.int64),
            np.array([one.other for one in found], np.float64),
            np.array([one.established for one in found], np.int64),
        )
        return found, beliefs

    def join_best(self, found: list[Candidate], beliefs: Beliefs, now: Profiles) -> int:
        """Let each group join the one that suits it best, if the evidence is above the bar."""
        best: dict[int, tuple[float, int, Candidate]] = {}
        for one in found:
            score = one.score(beliefs)
            if score > weigh.bar(now.of[one.small].size):
                mine = (-score, one.big, one)
                best[one.small] = min(best.get(one.small, mine), mine, key=lambda x: x[:2])
        return self.join([(-score, *one.reports, one.reasons(beliefs)) for score, _, one in best.values()])

    def possible(self, found: list[Candidate], beliefs: Beliefs) -> Iterator[Joining]:
        """For each group the best links that joined nothing, for an officer to look at."""
        roots = self.forest.roots()
        apart = {tuple(sorted((roots[a], roots[b]))) for a, b in self.never}
        of: dict[int, dict[int, Candidate]] = defaultdict(dict)
        for one in sorted(found, key=lambda one: (-one.score(beliefs), one.big, one.reports)):
            a, b = roots[one.big], roots[one.small]
            if one.score(beliefs) > weigh.SHOWN and a != b and tuple(sorted((a, b))) not in apart:
                of[one.small].setdefault(one.big, one)
        for small in sorted(of):
            for one in list(of[small].values())[: weigh.MOST_SHOWN]:
                yield *one.reports, one.reasons(beliefs)


def _link(ids: list[str], joining: Joining, strength: Strength) -> Link:
    a, b, reasons = joining
    return Link(min(ids[a], ids[b]), max(ids[a], ids[b]), reasons, strength)


def tokens_of(reports: Iterable[Report]) -> list[Row]:
    """Each report's keys as tokens, with near-equal pictures and scripts replaced by their family."""
    keys = [keys_of(report) for report in reports]
    families = {
        KeyKind.IMAGE: image_families(key.value for row in keys for key in row if key.kind == KeyKind.IMAGE),
        KeyKind.SCRIPT: script_families(key.value for row in keys for key in row if key.kind == KeyKind.SCRIPT),
    }
    rows: list[Row] = [{} for _ in keys]
    for row, found in zip(rows, keys, strict=True):
        for key in found:
            value = families.get(key.kind, {}).get(key.value, key.value)
            row.setdefault((weigh.KINDS.index(key.kind), value), key.source)
    return rows


def shared(rows: list[Row]) -> list[Row]:
    """What two reports at least have: a value that nobody else has says nothing."""
    count = Counter(token for row in rows for token in row)
    return [{token: source for token, source in row.items() if count[token] > 1} for row in rows]


def without_hubs(rows: list[Row]) -> list[Row]:
    """Drop identifiers of many reports that keep no common company: a platform's own account, a helpdesk."""
    count = Counter(token for row in rows for token in row)
    company: Counter[Token] = Counter()
    loyal: Counter[Token] = Counter()
    for pair, members, _ in all_pairs(rows, count):
        if weigh.is_company(count[pair[0]], count[pair[1]], len(rows)):
            for token in pair:
                company[token] += len(members)
                loyal[token] += len(members) if len(members) > 1 else 0
    hubs = {t for t in count if weigh.is_hub(t[0], count[t], company[t], loyal[t])}
    return [{token: source for token, source in row.items() if token not in hubs} for row in rows]


def all_pairs(rows: list[Row], count: Counter[Token]) -> Iterator[Repeated]:
    """Every pair of keys from different identifiers of one report: who has it, and how many would by chance."""
    members: dict[Pair, list[int]] = defaultdict(list)
    for report, row in enumerate(rows):
        for (a, from_a), (b, from_b) in combinations(row.items(), 2):
            if from_a != from_b:
                members[min(a, b), max(a, b)].append(report)
    for (a, b), has in members.items():
        yield (a, b), has, weigh.shared_by_chance(a[0], count[a], b[0], count[b], len(rows))


def repeated_pairs(rows: list[Row]) -> Iterator[Repeated]:
    """Pairs that two reports at least have, and more than chance alone would give."""
    count = Counter(token for row in rows for token in row)
    for pair, has, chance in all_pairs(rows, count):
        if len(has) > 1 and (chance < weigh.PAIR_SEEN or len(has) > weigh.PAIR_MORE * chance):
            yield pair, has, chance


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
