"""The whole method on many machines, one step after the other: what `in_memory` does, over tables of Spark."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from lightkeeper.link import weigh
from lightkeeper.link.learn import Beliefs, learn
from lightkeeper.link.workers.joining import Members, Told
from lightkeeper.link.workers.plan import EDGES, Plan, Table


@dataclass(frozen=True, slots=True)
class Linked:
    """Every report with its group, the links with what they rest on, and what was learned."""

    member: Table  # report, grp
    linked: list[Table]  # a, b, rests_on, kind, other_kind, weight, rest
    possible: Table
    beliefs: Beliefs
    worlds: float


@dataclass(frozen=True, slots=True)
class Groups:
    """What each group is known by, and how many groups have each key."""

    shown: Table
    known: Table
    spread: Table
    count: int


class Rounds:
    """One run over the sightings of keys that reports share."""

    def __init__(self, plan: Plan, sights: Table, numbers: Table, never: Told) -> None:
        self.plan, self.sights, self.reports = plan, sights, numbers.count()
        self.members = Members(plan, plan.settle(plan.ask("alone", numbers=numbers)), never)
        self.never, self.worlds = never, 1.0
        self.linked: list[Table] = []

    def link(self, sure: Told, tell: Callable[[float], None]) -> Linked:
        """Join by officers' words, by rare pairs of keys, then group by group; `tell` says how much is done."""
        self.join_sure(sure)
        pairs = self.find_pairs()
        stems = self.plan.keep(self.plan.ask("stems", sights=self.sights))
        self.join_rare(pairs)
        first: Beliefs | None = None
        for number in range(weigh.ROUNDS):
            tell(0.3 + 0.7 * number / weigh.ROUNDS)
            groups = self.group_up(stems)
            numbers = {"groups": groups.count, "worlds": self.worlds}
            told = {"pairs": pairs, "spread": groups.spread, "member": self.members.table}
            pairs = self.plan.keep(self.plan.ask("pairs_between", numbers, **told))
            if self.join_rare(pairs):
                groups = self.group_up(stems)
            scored, beliefs = self.candidates(pairs, groups)
            first = first or beliefs
            if not self.join_best(scored):
                break
        never = self.plan.rows([(int(a), int(b)) for a, b in self.never], EDGES)
        possible = self.plan.ask("possible", scored=scored, member=self.members.table, never=never)
        return Linked(self.members.table, self.linked, possible, first or beliefs, self.worlds)

    def join_sure(self, sure: Told) -> None:
        if sure:
            rows = [(place, float(place), 0, 0.0, [int(a), int(b)]) for place, (a, b) in enumerate(sure)]
            stars = self.plan.rows(
                rows, "star BIGINT, rank DOUBLE, turn BIGINT, risk DOUBLE, members ARRAY<BIGINT>"
            )
            joined = self.members.join(stars, freely=True)
            if joined is not None:
                self.linked.append(self.plan.ask("joined_by_word", joined=joined))

    def find_pairs(self) -> Table:
        """Pairs of keys that several reports have; counts the worlds and drops the hubs on the way."""
        reports = {"reports": self.reports}
        pairs = self.plan.keep(self.plan.ask("all_pairs", reports, sights=self.sights))
        meetings = self.plan.ask("meetings", pairs=pairs).collect()  # of keys that a thousand reports have: few
        self.worlds = weigh.count_worlds([(row.met, row.chance) for row in meetings])
        numbers = reports | {"worlds": self.worlds}
        hubs = self.plan.keep(self.plan.ask("hubs", numbers, pairs=pairs))
        self.sights = self.plan.keep(self.plan.ask("without", sights=self.sights, hubs=hubs))
        return self.plan.settle(self.plan.ask("repeated", numbers, pairs=pairs, hubs=hubs))

    def join_rare(self, pairs: Table) -> bool:
        """Join reports that share two keys which few would share by chance, the rarest first."""
        joined = self.members.join(self.plan.ask("rare", pairs=pairs))
        if joined is not None:
            self.linked.append(self.plan.ask("joined_by_pair", joined=joined, stars=pairs))
        return joined is not None

    def group_up(self, stems: Table) -> Groups:
        """The profiles of all groups."""
        ask, keep = self.plan.ask, self.plan.keep
        shown = keep(ask("shown", sights=self.sights, member=self.members.table))
        known = keep(ask("known", shown=shown))
        spread = keep(ask("spread", {"worlds": self.worlds}, shown=shown, known=known, stems=stems))
        count = self.members.table.where("report = grp").count()
        return Groups(shown, known, spread, count)

    def candidates(self, pairs: Table, now: Groups) -> tuple[Table, Beliefs]:
        """Groups that agree on a key or on a doubtful pair, with all other evidence, and what it teaches."""
        ask, keep = self.plan.ask, self.plan.keep
        by_key = ask("by_key", shown=now.shown, spread=now.spread)
        by_pair = ask("by_pair", pairs=pairs, member=self.members.table)
        found = keep(by_key.unionByName(by_pair))
        weighed = ask("weighed", found=found, shown=now.shown, known=now.known, spread=now.spread)
        candidates = keep(ask("least_doubtful", weighed=keep(weighed)))
        beliefs = learn_each_class(candidates)
        table = [(row, float(weight)) for row, weight in enumerate(beliefs.weight)]
        return keep(
            ask("scored", candidates=candidates, beliefs=self.plan.rows(table, "row INT, weight DOUBLE"))
        ), beliefs

    def join_best(self, scored: Table) -> bool:
        """Let each group join the one that suits it best, if the evidence is above the bar."""
        best = self.plan.settle(self.plan.ask("best", scored=scored))
        joined = self.members.join(best.select("star", "rank", "turn", "risk", "members"), freely=True)
        if joined is not None:
            self.linked.append(self.plan.ask("joined_by_key", joined=joined, stars=best))
        return joined is not None


def learn_each_class(candidates: Table) -> Beliefs:
    """What candidates with one established side teach; each class is learned by one worker and needs no other."""
    teaching = candidates.where("established = 1").select("row", "other").groupBy("row")
    learned = teaching.applyInPandas(_learn_class, "row INT, belief DOUBLE, taught BIGINT").collect()
    belief, taught = np.asarray(weigh.first_beliefs()), np.zeros(weigh.CLASSES, np.int64)
    for one in learned:
        belief[one.row], taught[one.row] = one.belief, one.taught
    return Beliefs(belief, taught)


def _learn_class(told: Any) -> Any:
    import pandas as pd

    row = int(told.row.iloc[0])
    found = learn(told.row.to_numpy(), told.other.to_numpy(), np.ones(len(told), np.int64))
    return pd.DataFrame({"row": [row], "belief": [found.belief[row]], "taught": [found.taught[row]]})
