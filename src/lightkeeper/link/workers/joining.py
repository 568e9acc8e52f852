"""Joining in one order for all, on many machines.

What joins first decides what may join next, but only among groups that some chain of wishes ties together. So
these chains are found first (connected components), then each is joined by one worker, in its order, by the same
compiled code as on one machine. Components are as many as there are offenders; the largest must fit one worker.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link.arrays.compiled import Floats, Ints, compiled
from lightkeeper.link.arrays.forest import Forest, join_all, join_stars, top
from lightkeeper.link.workers.components import components
from lightkeeper.link.workers.plan import Frames, Plan, Table, whole_part

Told = Sequence[tuple[int, int]]  # pairs of reports that officers spoke about
_SAID = "star BIGINT, a BIGINT, b BIGINT, risk DOUBLE"  # star -1: the group a is in b now, by such a risk


@dataclass(slots=True)
class Members:
    """Every report with its group (`report`, `grp`, `risk`, `size`), and the pairs that must stay apart."""

    plan: Plan
    table: Table
    never: Told

    def join(self, stars: Table, freely: bool = False) -> Table | None:
        """Join each star's members, in the order of `rank` and `turn`; gives `star`, `a`, `b` of what joined.

        `freely`: the evidence was weighed, so that chance need not be asked again; each star has two members.
        """
        held = self.plan.settle(self.plan.ask("held", stars=stars, member=self.table))
        if held.isEmpty():
            return None
        ties = components(
            self.plan, held.select(held.grp.alias("a"), held.low.alias("b")).where("a <> b").distinct()
        )
        whole = held.join(ties, held.grp == ties.node).repartition("component")
        in_order = whole.sortWithinPartitions("rank", "turn", "star", "pos")
        said = self.plan.settle(in_order.mapInPandas(_worker(self._apart(), freely), _SAID))
        moves = said.where("star = -1").selectExpr("a AS grp", "b AS now", "risk")
        self.table = self.plan.settle(self.plan.ask("moved", member=self.table, moves=moves))
        joined = said.where("star >= 0").select("star", "a", "b")
        return None if joined.isEmpty() else joined

    def _apart(self) -> Told:
        """The groups that an officer's word keeps apart: as few as there are words."""
        if not self.never:
            return []
        reports = sorted({report for pair in self.never for report in pair})
        rows = self.table.where(self.table.report.isin(reports)).collect()
        group = {row.report: row.grp for row in rows}
        return [(group[a], group[b]) for a, b in self.never]


def _worker(apart: Told, freely: bool) -> Frames:
    def join_part(told: Any) -> Any:
        import pandas as pd

        return pd.DataFrame(_join_part(told, apart, freely))

    return whole_part(join_part)


def _join_part(told: Any, apart: Told, freely: bool) -> dict[str, NDArray[Any]]:
    """Join the stars of whole components; `told` has a row for each member of each star, in order."""
    groups, first = np.unique(told.grp.to_numpy(), return_index=True)
    reports, seen = np.unique(told.report.to_numpy(), return_index=True)
    home = np.searchsorted(groups, told.grp.to_numpy()[seen])
    forest = _forest(groups, told["size"].to_numpy()[first], home, told.risk.to_numpy()[seen], apart)
    stars = told.star.to_numpy()
    start = np.flatnonzero(np.append(True, stars[1:] != stars[:-1]))
    member = (np.searchsorted(reports, told.report.to_numpy()) + len(groups)).astype(np.int32)
    chance, order = told.chance.to_numpy()[start], np.arange(len(start))
    if freely:
        each = np.flatnonzero(join_all(forest, member[start], member[start + 1], chance, order)).astype(np.int32)
        a, b = member[start[each]], member[start[each] + 1]
    else:
        each, a, b = join_stars(forest, order, np.append(start, len(stars)), member, chance)
    now, risk = _tops(forest, len(groups))
    went = np.flatnonzero((now != groups) | (risk > 0))
    return {
        "star": np.concatenate([stars[start[each]], np.full(len(went), -1)]),
        "a": np.concatenate([reports[a - len(groups)], groups[went]]),
        "b": np.concatenate([reports[b - len(groups)], now[went]]),
        "risk": np.concatenate([np.zeros(len(each)), risk[went]]),
    }


def _forest(groups: Any, size: Any, home: Any, risk: Any, apart: Told) -> Forest:
    """Groups as they stand, with the reports that stars name hanging in them: groups come first, then reports."""
    count = len(groups)
    here = [pair for pair in apart if np.isin(pair, groups).all()]
    pairs = np.searchsorted(groups, np.array(here, np.int64).reshape(-1, 2)).astype(np.int32)
    marked = np.zeros(count + len(home) if len(pairs) else 0, np.bool_)
    marked[pairs.ravel()] = True
    return Forest(
        np.concatenate([np.arange(count), home]).astype(np.int32),
        np.concatenate([np.zeros(count), risk]),
        np.concatenate([size, np.ones(len(home))]).astype(np.int32),
        np.concatenate([groups, np.zeros(len(home))]).astype(np.int32),
        marked,
        pairs,
    )


@compiled
def _tops(forest: Forest, groups: int) -> tuple[Ints, Floats]:
    """Where each of the groups is now, by that one's smallest report, and the risk that it is there by chance."""
    now, risk = np.empty(groups, np.int32), np.empty(groups)
    for one in range(groups):
        above, risk[one] = top(forest, one)
        now[one] = forest.first[above]
    return now, risk
