"""What a group of reports is known by, and what that says about one more: plain Python, for the judge."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lightkeeper.link import weigh

Token = tuple[int, str]  # the kind's place, and the normal form or the family's name


@dataclass(slots=True)
class Profile:
    """How many of a group's reports have each key, and by kind how many sightings, of them keys seen once."""

    size: int = 0
    count: Counter[Token] = field(default_factory=Counter)
    seen: Counter[int] = field(default_factory=Counter)
    once: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Profiles:
    """All groups of a round, named by their smallest report."""

    of: dict[int, Profile]
    group: Sequence[int]  # of each report
    groups_with: dict[Token, list[int]]  # in order
    kin: dict[Token, int]  # handles: how many more groups have the stem
    share: dict[Token, float]  # how many of the groups that show the kind show this key
    worlds: float

    def shared_by_chance(self, a: Token, b: Token) -> float:
        """How many groups would hold both keys if they had nothing to do with each other."""
        has = self.groups_with
        return weigh.shared_by_chance(a[0], len(has[a]), b[0], len(has[b]), len(self.of), self.worlds)

    def established(self, group: int) -> bool:
        return self.of[group].size >= weigh.ESTABLISHED

    def evidence(self, big: int, small: int, without: Sequence[Token]) -> tuple[tuple[int, float], ...]:
        """What the small group's other keys say about the big one, by kind, in nats."""
        known = self.of[big]
        stem = any(kind == weigh.STEM for kind, _ in without)  # the handle then says nothing new
        found: dict[int, float] = {}
        for token in self.of[small].count:
            kind = token[0]
            if token in without or kind == weigh.STEM or not known.seen[kind] or (stem and kind == weigh.HANDLE):
                continue
            seen, once, count = known.seen[kind], known.once[kind], known.count.get(token, 0)
            if count:
                weight = weigh.agreement(count, seen, once, self.share[token])
            else:
                weight = weigh.disagreement(seen, once)
            found[kind] = found.get(kind, 0.0) + weight
        return tuple(sorted(found.items()))


def profiles(tokens: Sequence[Mapping[Token, int]], groups: Sequence[int], worlds: float) -> Profiles:
    """The profiles of all groups; `tokens` are each report's keys with the identifier they came from."""
    of: dict[int, Profile] = defaultdict(Profile)
    for row, group in zip(tokens, groups, strict=True):
        of[group].size += 1
        of[group].count.update(row.keys())
    groups_with: dict[Token, list[int]] = defaultdict(list)
    showing: Counter[int] = Counter()
    for group in sorted(of):
        one = of[group]
        for token, count in one.count.items():
            groups_with[token].append(group)
            one.seen[token[0]] += count
            one.once[token[0]] += count == 1
        showing.update(one.seen.keys())
    share = {
        token: weigh.share_of_groups(len(has), showing[token[0]], worlds) for token, has in groups_with.items()
    }
    return Profiles(dict(of), groups, groups_with, _kin(tokens, groups_with), share, worlds)


def _kin(tokens: Sequence[Mapping[Token, int]], groups_with: Mapping[Token, list[int]]) -> dict[Token, int]:
    found: dict[Token, int] = {}
    for row in tokens:
        stems = {source: token for token, source in row.items() if token[0] == weigh.STEM}
        for token, source in row.items():
            if token[0] == weigh.HANDLE and source in stems:
                more = len(groups_with[stems[source]]) - len(groups_with[token])
                found[token] = max(found.get(token, 0), more)
    return found
