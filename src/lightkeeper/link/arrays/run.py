"""One run on arrays: join by pairs of keys, then group by group; keep what joined and what is possible."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link import weigh
from lightkeeper.link.arrays.agreeing import Candidates, find_candidates
from lightkeeper.link.arrays.compiled import Floats, Ints, Longs
from lightkeeper.link.arrays.evidence import weigh_rest
from lightkeeper.link.arrays.forest import (
    Forest,
    groups_of,
    join_all,
    join_groups,
    join_stars,
    make_forest,
    still_apart,
    turns,
)
from lightkeeper.link.arrays.groups import Groups, group_up
from lightkeeper.link.arrays.pairs import Pairs, pairs_between, repeated_pairs
from lightkeeper.link.arrays.tokens import Tiny, Tokens
from lightkeeper.link.explain import DECIDED, KEY, PAIR
from lightkeeper.link.learn import Beliefs, learn

Told = Sequence[tuple[int, int]]  # pairs of reports that officers spoke about


@dataclass(frozen=True, slots=True)
class Links:
    """Links between reports: what each rests on, the kinds of its keys, the weight by kind of the rest."""

    a: Ints
    b: Ints
    rests_on: Tiny
    kind: Tiny
    other_kind: Tiny  # -1 when there is one key
    weight: NDArray[np.float32]  # of the keys
    rest_row: Ints  # in `rest`, or -1 when the keys are all there is
    rest: NDArray[np.float32]  # by kind

    @classmethod
    def together(cls, parts: Sequence["Links"]) -> "Links":
        before = np.cumsum([0, *(len(one.rest) for one in parts)])
        rows = [
            np.where(one.rest_row < 0, -1, one.rest_row + base) for one, base in zip(parts, before, strict=False)
        ]
        columns = {name: np.concatenate([getattr(one, name) for one in parts]) for name in cls.__slots__}
        return cls(**columns | {"rest_row": np.concatenate(rows).astype(np.int32)})


@dataclass(frozen=True, slots=True)
class Result:
    root: Ints  # each report's smallest fellow
    linked: Links
    possible: Links
    beliefs: Beliefs
    worlds: float


def link_tokens(tokens: Tokens, sure: Told, never: Told, tell: Callable[[float], None]) -> Result:
    """Link reports by their tokens. `tell` is told how much of the work is done, 0 to 1."""
    pairs, hubs, worlds = repeated_pairs(tokens)
    tokens = tokens.without(hubs)
    tell(0.35)
    forest = make_forest(tokens.reports, never)
    linked = [_decided(forest, sure), _join_rare(tokens, pairs, forest)]
    first: Beliefs | None = None
    for number in range(weigh.ROUNDS):
        tell(0.45 + 0.5 * number / weigh.ROUNDS)
        groups = group_up(tokens, groups_of(forest), worlds)
        pairs = pairs_between(pairs, tokens, groups.groups_with, len(groups.size), worlds)
        again = _join_rare(tokens, pairs, forest)
        pairs = pairs.only(still_apart(pairs.start, pairs.report, forest))  # the rest has done its work
        if len(again.a):
            groups = group_up(tokens, groups_of(forest), worlds)
        doubtful = pairs.only((pairs.chance >= weigh.PAIR_BAR) & (pairs.chance < weigh.PAIR_SEEN))
        found = find_candidates(tokens, groups, doubtful)
        beliefs = learn(found.row, found.evidence, found.established)
        first = first or beliefs
        score = _scores(found, beliefs, tokens)
        joined = _join_best(found, score, groups, beliefs, tokens, forest)
        linked += [again, joined]
        if not len(joined.a):
            break
    possible = _possible(found, score, groups, beliefs, tokens, forest)
    return Result(groups_of(forest), Links.together(linked), possible, first or beliefs, worlds)


def _decided(forest: Forest, sure: Told) -> Links:
    for one, other in sure:
        join_groups(forest, one, other, 0.0)
    a, b = np.array([x for x, _ in sure], np.int32), np.array([y for _, y in sure], np.int32)
    nothing = np.full(len(sure), -1, np.int8)
    weight = np.full(len(sure), weigh.CONFIRMED, np.float32)
    return _alone(a, b, np.full(len(sure), DECIDED, np.int8), nothing, nothing, weight)


def _alone(a: Ints, b: Ints, rests_on: Tiny, kind: Tiny, other: Tiny, weight: NDArray[np.float32]) -> Links:
    """Links that rest on their keys and nothing else."""
    nothing = np.full(len(a), -1, np.int32)
    return Links(a, b, rests_on, kind, other, weight, nothing, np.empty((0, len(weigh.KINDS)), np.float32))


def _join_rare(tokens: Tokens, pairs: Pairs, forest: Forest) -> Links:
    """Join the reports that have a rare pair of keys, the rarest first: what has grown asks for rarer ones."""
    rare = np.flatnonzero(pairs.chance < weigh.PAIR_BAR)
    rare = rare[np.argsort(turns(pairs.start, pairs.report)[rare], kind="stable")]
    order = rare[np.argsort(pairs.chance[rare], kind="stable")]
    each, a, b = join_stars(forest, order, pairs.start, pairs.report, pairs.chance)
    kinds = (tokens.kind[pairs.a[each]], tokens.kind[pairs.b[each]])
    weight = -np.log(pairs.chance[each]).astype(np.float32)
    return _alone(a, b, np.full(len(each), PAIR, np.int8), *kinds, weight)


def _scores(found: Candidates, beliefs: Beliefs, tokens: Tokens) -> Floats:
    alone = np.array([weigh.standing(0), weigh.standing(1), weigh.standing(2)])
    score = np.round(beliefs.weight[found.row] + alone[found.established] + found.evidence, 6)
    joins = np.isin(tokens.kind[found.key], weigh.JOINING) | (found.other_key >= 0)
    capped: Floats = np.where(joins, score, np.minimum(score, weigh.BAR))
    return capped


def _join_best(
    found: Candidates, score: Floats, groups: Groups, beliefs: Beliefs, tokens: Tokens, forest: Forest
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
    joined = join_all(forest, a, b, np.exp(-np.maximum(weight, 0.0)), turn)
    return _links(best[joined], found, groups, beliefs, tokens)


def _possible(
    found: Candidates, score: Floats, groups: Groups, beliefs: Beliefs, tokens: Tokens, forest: Forest
) -> Links:
    """For each group the best links that joined nothing, for an officer to look at."""
    now, never = groups_of(forest), forest.rejected
    a, b = now[found.report], now[found.other_report]
    shown = (score > weigh.SHOWN) & (a != b)
    if len(never):
        apart = np.array([(min(now[x], now[y]) << 32) | max(now[x], now[y]) for x, y in never.astype(np.int64)])
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
        np.full(len(chosen), KEY, np.int8),
        tokens.kind[found.key[chosen]],
        np.where(other >= 0, tokens.kind[other], -1).astype(np.int8),
        (beliefs.weight[found.row[chosen]] + alone[found.established[chosen]]).astype(np.float32),
        np.arange(len(chosen), dtype=np.int32),
        rest.astype(np.float32),
    )
