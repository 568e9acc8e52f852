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
from lightkeeper.link.cluster import Forest, confirmed_pairs, latest_word, refuse_contradiction, rejected_pairs
from lightkeeper.link.engine import Linkage, Tell, read_files
from lightkeeper.link.explain import confirmed_reason, pair_reason
from lightkeeper.link.learn import Beliefs, learn
from lightkeeper.link.profile import Profiles, profiles
from lightkeeper.link.sightings import Repeated, repeated_pairs, shared, tokens_of, without_hubs, worlds_of
from lightkeeper.link.suspects import linkage_of
from lightkeeper.link.write import write_linkage

Joining = tuple[int, int, tuple[Reason, ...]]


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
        rows = shared(tokens_of(reports))
        self.worlds = worlds_of(rows)
        self.tokens = without_hubs(rows, self.worlds)
        self.forest = Forest(len(reports), never)
        self.links: list[Joining] = []
        for a, b in sure:
            self.forest.join(a, b)
            self.links.append((a, b, (confirmed_reason(),)))

    def linkage(self, ids: list[str]) -> Linkage:
        pairs = list(repeated_pairs(self.tokens, self.worlds))
        self.join_rare(pairs)
        table: tuple[weigh.Class, ...] = ()
        for number in range(weigh.ROUNDS):
            now = self.profiles()
            pairs = [(pair, members, now.shared_by_chance(*pair)) for pair, members, _ in pairs]
            if self.join_rare(pairs):
                now = self.profiles()
            found, beliefs = self.candidates(pairs, now)
            table = table if number else weigh.describe(beliefs.belief.tolist(), beliefs.taught.tolist())
            if not self.join_best(found, beliefs, now):
                break
        links = [_link(ids, one, Strength.LINKED) for one in self.links]
        links += [_link(ids, one, Strength.POSSIBLE) for one in self.possible(found, beliefs)]
        return linkage_of(ids, self.forest.roots(), links, table, self.worlds)

    def profiles(self) -> Profiles:
        return profiles(self.tokens, self.forest.roots(), self.worlds)

    def join_rare(self, pairs: list[Repeated]) -> int:
        """Join reports that share two keys which few would share by chance, the rarest first."""
        before = len(self.links)
        rare = [(chance, weigh.turn(has), has, pair) for pair, has, chance in pairs if chance < weigh.PAIR_BAR]
        for chance, _, members, (a, b) in sorted(rare):
            centre = max(members, key=self.forest.size_of)  # the first of the largest
            for other in members:
                if self.may_join(chance, centre, other) and self.forest.join(centre, other, chance):
                    self.links.append((centre, other, (pair_reason(a[0], b[0], chance),)))
        return len(self.links) - before

    def may_join(self, chance: float, a: int, b: int) -> bool:
        (top_a, risk_a), (top_b, risk_b) = self.forest.top(a), self.forest.top(b)
        smaller = min(self.forest.size[top_a], self.forest.size[top_b])
        return weigh.may_join(chance, smaller, max(risk_a, risk_b))

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
        before = len(self.links)
        for score, a, b, reasons in sorted((s, *one.reports, one.reasons(beliefs)) for s, _, one in best.values()):
            if self.forest.join(a, b, weigh.risk_of(-score)):
                self.links.append((a, b, reasons))
        return len(self.links) - before

    def possible(self, found: list[Candidate], beliefs: Beliefs) -> Iterator[Joining]:
        """For each group the best links that joined nothing, for an officer to look at."""
        roots = self.forest.roots()
        apart = {tuple(sorted((roots[a], roots[b]))) for a, b in self.forest.rejected}
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
