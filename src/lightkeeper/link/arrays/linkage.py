"""A result of arrays as links with words, for lists that fit in memory."""

from collections.abc import Iterator, Sequence

from lightkeeper.core.suspect import Link, Reason, Strength
from lightkeeper.link import weigh
from lightkeeper.link.arrays.run import Links, Result
from lightkeeper.link.engine import Linkage
from lightkeeper.link.explain import all_reasons, other_reason
from lightkeeper.link.suspects import linkage_of


def linkage_from(ids: Sequence[str], result: Result) -> Linkage:
    """The result of a run over reports in the order of their ids."""
    links = [*_links(ids, result.linked, Strength.LINKED), *_links(ids, result.possible, Strength.POSSIBLE)]
    table = weigh.describe(result.beliefs.belief.tolist(), result.beliefs.taught.tolist())
    return linkage_of(ids, result.root.tolist(), links, table, result.worlds)


def _links(ids: Sequence[str], links: Links, strength: Strength) -> Iterator[Link]:
    words = {(rests_on, one, other): (kind, how) for rests_on, one, other, kind, how in all_reasons()}
    for place in range(len(links.a)):
        first = words[int(links.rests_on[place]), int(links.kind[place]), int(links.other_kind[place])]
        reasons = [Reason(*first, float(links.weight[place]))]
        row = links.rest_row[place]
        rest = links.rest[row] if row >= 0 else ()
        reasons += [other_reason(kind, float(w)) for kind, w in enumerate(rest) if w]
        a, b = sorted((ids[links.a[place]], ids[links.b[place]]))
        yield Link(a, b, tuple(reasons), strength)
