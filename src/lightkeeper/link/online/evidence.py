"""What a new report has in common with the suspects that are known, weighed as every engine weighs it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from lightkeeper.core.suspect import Reason
from lightkeeper.link import weigh
from lightkeeper.link.explain import key_reason, other_reason, pair_reason
from lightkeeper.link.online.counts import Counts
from lightkeeper.link.online.tally import Tally
from lightkeeper.link.online.tokens import Keyed, Token

_NOTHING = 1e-12  # nats
MOST_PAIRS = 4  # pairs of keys looked for in a suspect's reports, the rarest first


@dataclass(frozen=True, slots=True)
class Shown:
    """How many of a suspect's reports have a key, and one of them."""

    count: int
    report: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How many suspects have a key, and how many reports; `listed` when all of the suspects are at hand."""

    suspects: int
    reports: int
    listed: bool


@dataclass(slots=True)
class Known:
    """What the index holds about the keys of one report."""

    counts: Counts
    beliefs: Sequence[float]
    spread: dict[Token, Spread]
    having: dict[Token, dict[int, Shown]]  # key -> suspect; of a key that too many have, only the nearest suspects
    pairs: dict[int, list["RarePair"]]  # suspect -> two keys that both stand with it, the rarest first
    size: dict[int, int] = field(default_factory=dict)
    name: dict[int, str] = field(default_factory=dict)
    tally: dict[int, Tally] = field(default_factory=dict)

    def suspects_with(self, token: Token) -> int:
        return self.spread[token].suspects if token in self.spread else 0

    def established(self, suspect: int) -> bool:
        return self.size.get(suspect, 1) >= weigh.ESTABLISHED


@dataclass(frozen=True, slots=True)
class Finding:
    """A suspect, a report of theirs, and how strongly the new report is tied to it."""

    suspect: int
    report: int
    reasons: tuple[Reason, ...]
    joins: bool

    @property
    def weight(self) -> float:
        return sum(reason.weight for reason in self.reasons)


RarePair = tuple[float, Keyed, Keyed]  # how many would have both by chance
Together = Callable[[int, Keyed, Keyed], int | None]  # a report of the suspect that has both keys


def weigh_report(keys: Sequence[Keyed], known: Known, together: Together) -> list[Finding]:
    """All suspects that the report may belong to, the strongest first; at most one finding a suspect."""
    best: dict[int, Finding] = {}
    for one in (*_by_pairs(known, together), *_by_keys(keys, known)):
        there = best.get(one.suspect)
        if there is None or (one.joins, one.weight) > (there.joins, there.weight):
            best[one.suspect] = one
    return sorted(best.values(), key=lambda one: (not one.joins, -one.weight, one.suspect))


def find_pairs(
    keys: Sequence[Keyed], spread: Mapping[Token, Spread], having: Mapping[Token, Collection[int]], counts: Counts
) -> dict[int, list[RarePair]]:
    """By suspect the rarest pairs of keys that it and the report have; whether they stand together is to see."""
    shared: dict[int, list[Keyed]] = defaultdict(list)
    for key in keys:
        for suspect in having.get(key.token, ()):
            shared[suspect].append(key)
    found = {one: sorted(_rare_pairs(both, spread, counts), key=lambda x: x[0]) for one, both in shared.items()}
    return {one: pairs[:MOST_PAIRS] for one, pairs in found.items() if pairs}


def _by_pairs(known: Known, together: Together) -> Iterator[Finding]:
    """Two keys from different identifiers that stand together in a report of theirs, and would not by chance."""
    for suspect, pairs in known.pairs.items():
        for chance, a, b in pairs:
            report = together(suspect, a, b)
            if report is not None:
                yield Finding(suspect, report, (pair_reason(a.kind, b.kind, chance),), joins=True)
                break


def _rare_pairs(keys: Sequence[Keyed], spread: Mapping[Token, Spread], counts: Counts) -> Iterator[RarePair]:
    """Chances are counted among suspects, the new report as one more of them."""
    for a, b in combinations(keys, 2):
        if a.source != b.source:
            with_a, with_b = spread[a.token].suspects + 1, spread[b.token].suspects + 1
            chance = weigh.shared_by_chance(a.kind, with_a, b.kind, with_b, counts.suspects + 1, counts.worlds)
            if chance < weigh.PAIR_BAR:
                yield chance, a, b


def _by_keys(keys: Sequence[Keyed], known: Known) -> Iterator[Finding]:
    """One key that few suspects have, with everything else that the report shows, for and against."""
    stems = {key.source: key.token for key in keys if key.kind == weigh.STEM}
    for key in keys:
        having = known.having.get(key.token)
        if key.kind == weigh.NAME or not having or not known.spread[key.token].listed:
            continue
        public = sum(known.established(one) for one in having) > 1
        kin = max(0, known.suspects_with(stems.get(key.source, 0)) - len(having))
        row = weigh.key_class(key.kind, len(having) + 1, public, kin)
        weight = weigh.logit(known.beliefs[row])
        for suspect in _to_compare(key.kind, having, known):
            yield _judge(key, suspect, having[suspect].report, weight, keys, known)


def _to_compare(kind: int, having: dict[int, Shown], known: Known) -> Iterable[int]:
    """Of a key that many have, the largest alone is looked at, and only where many strangers rarely have one."""
    if len(having) < weigh.CROWD:
        return having
    return [max(having, key=lambda one: (known.size[one], -one))] if kind in weigh.CROWDING else []


def _judge(key: Keyed, suspect: int, report: int, weight: float, keys: Sequence[Keyed], known: Known) -> Finding:
    belief = weight + weigh.standing(int(known.established(suspect)))
    others = _other_evidence(key, suspect, keys, known)
    score = round(belief + sum(others.values()), 6)
    reasons = (key_reason((key.kind,), belief), *(other_reason(*one) for one in sorted(others.items())))
    return Finding(suspect, report, reasons, joins=key.kind in weigh.JOINING and score > weigh.bar(1))


def _other_evidence(key: Keyed, suspect: int, keys: Sequence[Keyed], known: Known) -> dict[int, float]:
    """What the report's other keys say about the suspect, by kind, in nats."""
    tally, by_stem = known.tally[suspect], key.kind == weigh.STEM
    found: dict[int, float] = {}
    for one in keys:
        kind, token = one.kind, one.token
        if token == key.token or kind == weigh.STEM or (by_stem and kind == weigh.HANDLE):
            continue
        having = known.having.get(token)
        shown = having.get(suspect) if having else None
        seen, once = tally.seen[kind], tally.once[kind]
        if shown and known.spread[token].reports == 1:
            seen, once = seen + 1, once + 1  # until now nobody else had it; the new report has
        if not seen:
            continue
        if shown:
            showing, worlds = known.counts.showing[kind], known.counts.worlds
            share = weigh.share_of_groups(known.suspects_with(token) + 1, showing, worlds)
            weight = weigh.agreement(shown.count, seen, once, share)
        else:
            weight = weigh.disagreement(seen, once)
        found[kind] = found.get(kind, 0.0) + weight
    return {kind: weight for kind, weight in found.items() if abs(weight) > _NOTHING}
