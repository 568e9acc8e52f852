"""What hangs together: connected components by stars, each part of the edges first by itself.

Large stars and small stars in turns (Kiveris and others, 2014) end after few rounds and never make more edges.
"""

from typing import Any

import numpy as np

from lightkeeper.link.arrays.compiled import Ints, Longs, compiled, join, roots
from lightkeeper.link.workers.plan import EDGES, Plan, Table, whole_part


def components(plan: Plan, edges: Table) -> Table:
    """Each `node` of edges (`a`, `b`) with its `component`, named by the smallest node of it."""
    found = plan.settle(edges.mapInPandas(whole_part(_stars), EDGES).distinct())
    while not plan.ask("not_yet", edges=found).isEmpty():
        large = plan.ask("large_star", edges=found)
        found = plan.settle(plan.ask("small_star", edges=large))
    return plan.ask("component", edges=found)


def _stars(told: Any) -> Any:
    """Each node of one part of the edges, tied to the smallest that it hangs together with there."""
    import pandas as pd

    nodes, place = np.unique(told[["a", "b"]].to_numpy(np.int64), return_inverse=True)
    parent = np.arange(len(nodes), dtype=np.int32)
    _join_each(parent, place.reshape(-1, 2))
    top = roots(parent)
    below = np.flatnonzero(top != np.arange(len(nodes)))
    return pd.DataFrame({"a": nodes[below], "b": nodes[top[below]]})


@compiled
def _join_each(parent: Ints, edges: Longs) -> None:
    for one in range(len(edges)):
        join(parent, edges[one, 0], edges[one, 1])
