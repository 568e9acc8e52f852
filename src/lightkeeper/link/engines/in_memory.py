"""The judge: the whole method in plain Python, one step after the other, for some ten thousand reports at most.

The faster engines are right when they give the same groups as this one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from lightkeeper.core.report import Report
from lightkeeper.core.suspect import Decision, Link, Reason, Strength
from lightkeeper.link import weigh
from lightkeeper.link.candidates import Candidate, key_candidates, pair_candidates
from lightkeeper.link.cluster import (
    Forest,
    confirmed_pairs,
    joinable,
    latest_word,
    refuse_contradiction,
    rejected_pairs,
)
from lightkeeper.link.engine import Linkage, Tell, read_files
from lightkeeper.link.explain import confirmed_reason, pair_reason
from lightkeeper.link.learn import Beliefs, learn
from lightkeeper.link.profile import Profiles, profiles
from lightkeeper.link.sightings import Repeated, repeated_pairs, shared, tokens_of, without_hubs
from lightkeeper.link.suspects import linkage_of
from lightkeeper.link.write import write_linkage

Joining = tuple[int, int, tuple[Reason, ...]]
Edge = tuple[float, int, int, tuple[Reason, ...]]


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
