"""One run on arrays: join by pairs of keys, then group by group; keep what joined and what is possible."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link import weigh
from lightkeeper.link.arrays.compiled import Bools, Floats, Ints, Longs, join, join_all, roots, star_edges
from lightkeeper.link.arrays.groups import Candidates, Groups, find_candidates, group_up, weigh_rest
from lightkeeper.link.arrays.pairs import Pairs, pairs_between, repeated_pairs
from lightkeeper.link.arrays.tokens import Tokens
from lightkeeper.link.cluster import joinable
from lightkeeper.link.explain import DECIDED, KEY, PAIR
from lightkeeper.link.learn import Beliefs, learn

Told = Sequence[tuple[int, int]]  # pairs of reports that officers spoke about


@dataclass(frozen=True, slots=True)
class Links:
    """Links between reports: what each rests on, the kinds of its keys, the weight by kind of the rest."""

    a: Ints
    b: Ints
    rests_on: Ints
    kind: Ints
    other_kind: Ints  # -1 when there is one key
    weight: Floats  # of the keys
    rest: NDArray[np.float32]  # link by kind

    @classmethod
    def together(cls, parts: Sequence["Links"]) -> "Links":
        return cls(*(np.concatenate([getattr(one, name) for one in parts]) for name in cls.__slots__))


@dataclass(frozen=True, slots=True)
class Result:
    root: Ints  # each report's smallest fellow
    linked: Links
    possible: Links
    beliefs: Beliefs


def link_tokens(tokens: Tokens, sure: Told, never: Told, tell: Callable[[float], None]) -> Result:
    """Link reports by their tokens. `tell` is told how much of the work is done, 0 to 1."""
    pairs, hubs = repeated_pairs(tokens)
    tokens = tokens.without(hubs)
    tell(0.35)
    parent = np.arange(tokens.reports, dtype=np.int32)
    alone = np.ones(tokens.reports, np.int32)
    linked = [_decided(parent, sure), _join_rare(tokens, pairs, alone, parent, never)]
    first: Beliefs | None = None
    for number in range(weigh.ROUNDS):
        tell(0.45 + 0.5 * number / weigh.ROUNDS)
        groups = group_up(tokens, roots(parent))
        pairs = pairs_between(pairs, tokens, groups.groups_with, len(groups.size))
        again = _join_rare(tokens, pairs, groups.size[groups.group], parent, never)
        if len(again.a):
            groups = group_up(tokens, roots(parent))
        doubtful = pairs.only((pairs.chance >= weigh.PAIR_BAR) & (pairs.chance < weigh.PAIR_SEEN))
        found = find_candidates(tokens, groups, doubtful)
        beliefs = learn(found.row, found.evidence, found.established)
        first = first or beliefs
        score = _scores(found, beliefs, tokens)
        joined = _join_best(found, score, groups, beliefs, tokens, parent, never)
        linked += [again, joined]
        if not len(joined.a):
            break
    possible = _possible(found, score, groups, beliefs, tokens, parent, never)
    return Result(roots(parent), Links.together(linked), possible, first or beliefs)


def _decided(parent: Ints, sure: Told) -> Links:
    for one, other in sure:
        join(parent, one, other)
    a, b = np.array([x for x, _ in sure], np.int32), np.array([y for _, y in sure], np.int32)
    nothing = np.full(len(sure), -1, np.int32)
    rest = np.zeros((len(sure), len(weigh.KINDS)), np.float32)
    return Links(
        a, b, np.full(len(sure), DECIDED, np.int32), nothing, nothing, np.full(len(sure), weigh.CONFIRMED), rest
    )


def _join_rare(tokens: Tokens, pairs: Pairs, size: Ints, parent: Ints, never: Told) -> Links:
    """Join the reports that have a rare pair of keys, the rarest first; `size` is that of each report's group."""
    pairs = pairs.only(pairs.chance < weigh.PAIR_BAR)
    weight = -np.log(pairs.chance)
    each, a, b = star_edges(np.argsort(-weight), pairs.start, pairs.report, pairs.chance, size)
    joined = _join(parent, a, b, weight[each] if never else weight, np.arange(len(a)), never)
    each, a, b = each[joined], a[joined], b[joined]
    kind, other_kind = tokens.kind[pairs.a[each]].astype(np.int32), tokens.kind[pairs.b[each]].astype(np.int32)
    rest = np.zeros((len(each), len(weigh.KINDS)), np.float32)
    return Links(a, b, np.full(len(each), PAIR, np.int32), kind, other_kind, weight[each], rest)


def _join(parent: Ints, a: Ints, b: Ints, weight: Floats, order: Longs, never: Told) -> Bools:
    """Join in this order what no rejected pair forbids; says which edges joined something."""
    if never:
        group = roots(parent)
        edges = [(round(float(weight[i]), 6), int(group[a[i]]), int(group[b[i]])) for i in order]
        allowed = joinable(group.tolist(), edges, never)
        order = order[np.array(allowed, np.bool_)] if len(order) else order
    return join_all(parent, a, b, order)


def _scores(found: Candidates, beliefs: Beliefs, tokens: Tokens) -> Floats:
    alone = np.array([weigh.standing(0), weigh.standing(1), weigh.standing(2)])
    score = np.round(beliefs.weight[found.row] + alone[found.established] + found.evidence, 6)
    joins = np.isin(tokens.kind[found.key], weigh.JOINING) | (found.other_key >= 0)
    capped: Floats = np.where(joins, score, np.minimum(score, weigh.BAR))
    return capped


def _join_best(
    found: Candidates, score: Floats, groups: Groups, beliefs: Beliefs, tokens: Tokens, parent: Ints, never: Told
) -> Links:
    """Let each group join the one that suits it best, if the evidence is above the bar."""
    smaller = groups.size[found.small]
    high = weigh.BAR + np.where(smaller >= weigh.ESTABLISHED, np.log(np.maximum(smaller, 1)), 0.0)
    good = np.flatnonzero(score > high)
    order = good[np.lexsort((found.big[good], -score[good], found.small[good]))]
    first = np.concatenate([[True], found.small[order][1:] != found.small[order][:-1]]) if len(order) else order
    best = order[first.astype(np.bool_)]
    a, b, weight = found.report[best], found.other_report[best], score[best]
    turn = np.lexsort((b, a, -weight))
    joined = _join(parent, a, b, weight, turn, never)
    return _links(best[joined], found, groups, beliefs, tokens)


def _possible(
    found: Candidates, score: Floats, groups: Groups, beliefs: Beliefs, tokens: Tokens, parent: Ints, never: Told
) -> Links:
    """For each group the best links that joined nothing, for an officer to look at."""
    now = roots(parent)
    a, b = now[found.report], now[found.other_report]
    shown = (score > weigh.SHOWN) & (a != b)
    if never:
        apart = np.array([(min(now[x], now[y]) << 32) | max(now[x], now[y]) for x, y in np.array(never, np.int64)])
        shown &= ~np.isin((np.minimum(a, b).astype(np.int64) << 32) | np.maximum(a, b), apart)
    good = np.flatnonzero(shown)
    keys = (found.other_report[good], found.report[good], found.big[good], -score[good])
    good = good[np.lexsort(keys)]
    two = (found.small[good].astype(np.int64) << 32) | found.big[good]
    _, once = np.unique(two, return_index=True)
    good = good[np.sort(once)]
    turn = np.argsort(found.small[good], kind="stable")
    good = good[turn]
    begins = np.flatnonzero(np.concatenate([[True], found.small[good][1:] != found.small[good][:-1]]))
    rank = np.arange(len(good)) - np.repeat(begins, np.diff(np.append(begins, len(good)))) if len(good) else good
    return _links(good[rank < weigh.MOST_SHOWN], found, groups, beliefs, tokens)


def _links(chosen: Longs, found: Candidates, groups: Groups, beliefs: Beliefs, tokens: Tokens) -> Links:
    alone = np.array([weigh.standing(0), weigh.standing(1), weigh.standing(2)])
    rest = np.zeros((len(chosen), len(weigh.KINDS)))
    columns = (found.big[chosen], found.small[chosen], found.key[chosen], found.other_key[chosen])
    weigh_rest(groups, tokens.kind, columns, rest)
    other = found.other_key[chosen]
    return Links(
        found.report[chosen],
        found.other_report[chosen],
        np.full(len(chosen), KEY, np.int32),
        tokens.kind[found.key[chosen]].astype(np.int32),
        np.where(other >= 0, tokens.kind[other], -1).astype(np.int32),
        beliefs.weight[found.row[chosen]] + alone[found.established[chosen]],
        rest.astype(np.float32),
    )
