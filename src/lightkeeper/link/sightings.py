"""What each report holds, as tokens, and the pairs of tokens that repeat: plain Python, for the judge."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from lightkeeper.core.report import Report
from lightkeeper.link import weigh
from lightkeeper.link.family import image_families, script_families
from lightkeeper.link.keys import KeyKind, keys_of
from lightkeeper.link.profile import Token

Pair = tuple[Token, Token]
Row = dict[Token, int]  # a report's keys, and which identifier each came from
Repeated = tuple[Pair, list[int], float]  # a pair of keys, the reports that have it, how many would by chance


def tokens_of(reports: Iterable[Report]) -> list[Row]:
    """Each report's keys as tokens, with near-equal pictures and scripts replaced by their family."""
    keys = [keys_of(report) for report in reports]
    families = {
        KeyKind.IMAGE: image_families(key.value for row in keys for key in row if key.kind == KeyKind.IMAGE),
        KeyKind.SCRIPT: script_families(key.value for row in keys for key in row if key.kind == KeyKind.SCRIPT),
    }
    rows: list[Row] = [{} for _ in keys]
    for row, found in zip(rows, keys, strict=True):
        for key in found:
            value = families.get(key.kind, {}).get(key.value, key.value)
            row.setdefault((weigh.KINDS.index(key.kind), value), key.source)
    return rows


def shared(rows: list[Row]) -> list[Row]:
    """What two reports at least have: a value that nobody else has says nothing."""
    count = Counter(token for row in rows for token in row)
    return [{token: source for token, source in row.items() if count[token] > 1} for row in rows]


def worlds_of(rows: list[Row]) -> float:
    """How many worlds the reports come from, by how often common keys meet."""
    pairs = all_pairs(rows, 1.0)
    count = Counter(token for row in rows for token in row)
    return weigh.count_worlds(
        [(len(has), p) for (a, b), has, p in pairs if weigh.tells_worlds(a[0], count[a], b[0], count[b], p)]
    )


def without_hubs(rows: list[Row], worlds: float) -> list[Row]:
    """Drop identifiers of many reports that keep no common company: a platform's own account, a helpdesk."""
    count = Counter(token for row in rows for token in row)
    company: Counter[Token] = Counter()
    loyal: Counter[Token] = Counter()
    for pair, members, _ in all_pairs(rows, worlds):
        if weigh.is_company(len(members), count[pair[0]], count[pair[1]], len(rows), worlds):
            for token in pair:
                company[token] += len(members)
                loyal[token] += len(members) if len(members) > 1 else 0
    hubs = {t for t in count if weigh.is_hub(t[0], count[t], company[t], loyal[t])}
    return [{token: source for token, source in row.items() if token not in hubs} for row in rows]


def all_pairs(rows: list[Row], worlds: float) -> Iterator[Repeated]:
    """Every pair of keys from different identifiers of one report: who has it, and how many would by chance."""
    count = Counter(token for row in rows for token in row)
    members: dict[Pair, list[int]] = defaultdict(list)
    for report, row in enumerate(rows):
        for (a, from_a), (b, from_b) in combinations(row.items(), 2):
            if from_a != from_b:
                members[min(a, b), max(a, b)].append(report)
    for (a, b), has in members.items():
        yield (a, b), has, weigh.shared_by_chance(a[0], count[a], b[0], count[b], len(rows), worlds)


def repeated_pairs(rows: list[Row], worlds: float) -> Iterator[Repeated]:
    """Pairs that two reports at least have, and more than chance alone would give."""
    for pair, has, chance in all_pairs(rows, worlds):
        if len(has) > 1 and (chance < weigh.PAIR_SEEN or len(has) > weigh.PAIR_MORE * chance):
            yield pair, has, chance
