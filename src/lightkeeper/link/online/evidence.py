"""What a new report has in common with the suspects that are known, weighed as every engine weighs it."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from lightkeeper.core.suspect import Reason
from lightkeeper.link import weigh
from lightkeeper.link.explain import key_reason, other_reason, pair_reason

Token = int  # 64 bits of a key


@dataclass(frozen=True, slots=True)
class Keyed:
    """A key of the new report: its token, its kind's place, and the identifier that it came from."""

    token: Token
    kind: int
    source: int


@dataclass(slots=True)
class Known:
    """What the index holds about the keys of one report."""

    reports: int  # in the whole index
    count: dict[Token, int]  # reports that have each key
    holders: dict[Token, dict[int, int]]  # report -> suspect, of keys that are not too common to list
    size: dict[int, int]  # of each suspect that holds one of them
    profile: dict[int, dict[Token, tuple[int, int]]]  # suspect -> key -> kind, count
    showing: Counter[int]  # suspects that show each kind
    beliefs: Sequence[float]


@dataclass(slots=True)
class Finding:
    """A suspect, a report of theirs, and how strongly the new report is tied to it."""

    suspect: int
    report: int
    reasons: tuple[Reason, ...]
    joins: bool = field(default=False)

    @property
    def weight(self) -> float:
        return sum(reason.weight for reason in self.reasons)


def weigh_report(keys: Sequence[Keyed], known: Known) -> list[Finding]:
    """All suspects that the report may belong to, the strongest first; at most one finding a suspect."""
    best: dict[int, Finding] = {}
    for one in (*_by_pairs(keys, known), *_by_keys(keys, known)):
        there = best.get(one.suspect)
        if there is None or (one.joins, one.weight) > (there.joins, there.weight):
            best[one.suspect] = one
    return sorted(best.values(), key=lambda one: (not one.joins, -one.weight, one.suspect))


def _by_pairs(keys: Sequence[Keyed], known: Known) -> Iterable[Finding]:
    """Two keys from different identifiers that stand together in another report, and would not by chance."""
    for a, b in combinations(keys, 2):
        together = known.holders.get(a.token, {}).keys() & known.holders.get(b.token, {}).keys()
        if a.source == b.source or not together:
            continue
        counts = known.count.get(a.token, 0) + 1, known.count.get(b.token, 0) + 1
        chance = weigh.shared_by_chance(a.kind, counts[0], b.kind, counts[1], known.reports + 1)
        if chance < weigh.PAIR_BAR:
            for report in together:
                suspect = known.holders[a.token][report]
                yield Finding(suspect, report, (pair_reason(a.kind, b.kind, chance),), joins=True)


def _by_keys(keys: Sequence[Keyed], known: Known) -> Iterable[Finding]:
    """One key that few suspects have, with everything else that the report shows, for and against."""
    groups = {key.token: _first_of_each(known.holders.get(key.token, {})) for key in keys}
    stems = {key.source: key.token for key in keys if key.kind == weigh.STEM}
    for key in keys:
        having = groups[key.token]
        if key.kind == weigh.NAME or not 1 <= len(having) < weigh.CROWD:
            continue
        public = sum(known.size.get(one, 1) >= weigh.ESTABLISHED for one in having) > 1
        kin = max(0, len(groups.get(stems.get(key.source, 0), ())) - len(having))
        row = weigh.key_class(key.kind, len(having) + 1, public, kin)
        for suspect, report in having.items():
            yield _judge(key, suspect, report, weigh.logit(known.beliefs[row]), keys, known)


def _judge(key: Keyed, suspect: int, report: int, weight: float, keys: Sequence[Keyed], known: Known) -> Finding:
    established = known.size.get(suspect, 1) >= weigh.ESTABLISHED
    belief = weight + weigh.standing(int(established))
    others = _other_evidence(key, suspect, keys, known)
    score = round(belief + sum(others.values()), 6)
    reasons = (key_reason((key.kind,), belief), *(other_reason(*one) for one in sorted(others.items())))
    return Finding(suspect, report, reasons, joins=key.kind in weigh.JOINING and score > weigh.bar(1))


def _other_evidence(key: Keyed, suspect: int, keys: Sequence[Keyed], known: Known) -> dict[int, float]:
    profile = known.profile.get(suspect, {})
    seen, once = Counter[int](), Counter[int]()
    for kind, count in profile.values():
        seen[kind] += count
        once[kind] += count == 1
    found: dict[int, float] = defaultdict(float)
    for one in keys:
        about_same = one.kind == weigh.STEM or (key.kind == weigh.STEM and one.kind == weigh.HANDLE)
        if one.token == key.token or about_same or not seen[one.kind]:
            continue
        _, count = profile.get(one.token, (one.kind, 0))
        if count:
            share = (_groups(one.token, known) + 1) / (known.showing[one.kind] + weigh.TYPICAL)
            found[one.kind] += weigh.agreement(count, seen[one.kind], once[one.kind], min(share, 1.0))
        else:
            found[one.kind] += weigh.disagreement(seen[one.kind], once[one.kind])
    return {kind: weight for kind, weight in found.items() if not math.isclose(weight, 0.0, abs_tol=1e-12)}


def _groups(token: Token, known: Known) -> int:
    """How many suspects have a key; of a very common one, how many reports, which is never fewer."""
    holders = known.holders.get(token)
    return len(set(holders.values())) if holders else known.count.get(token, 0)


def _first_of_each(holders: dict[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for report in sorted(holders):
        found.setdefault(holders[report], report)
    return found
