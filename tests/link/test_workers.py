"""What the workers do is what one machine does: the numbers of `weigh`, components, families in buckets."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.spark import as_on_a_cluster

from lightkeeper.link import weigh
from lightkeeper.link.arrays import families
from lightkeeper.link.family import image_families, script_families
from lightkeeper.link.workers.components import components
from lightkeeper.link.workers.families import find_families
from lightkeeper.link.workers.plan import Plan

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def plan(spark: Any) -> Iterator[Plan]:
    """Several parts of every table, so that what is in one part does not know what is in another."""
    with as_on_a_cluster(spark):
        yield Plan(spark)


def asked(plan: Plan, expression: str, rows: list[tuple[Any, ...]], columns: str) -> list[Any]:
    return [row[0] for row in plan.rows(rows, columns).selectExpr(expression).collect()]


def test_the_functions_in_sql_are_those_of_weigh(plan: Plan) -> None:
    dice = random.Random(5)
    kinds = range(len(weigh.KINDS))
    pairs = [
        (a, dice.randint(2, 10**6), b, dice.randint(2, 10**6), dice.randint(10**6, 10**8), dice.uniform(1, 40))
        for a in kinds
        for b in kinds
    ]
    columns = "a INT, x BIGINT, b INT, y BIGINT, n BIGINT, w DOUBLE"
    assert asked(plan, "by_chance(a, x, b, y, n, w)", pairs, columns) == [
        weigh.shared_by_chance(*one) for one in pairs
    ]
    expected = [weigh.tells_worlds(a, x, b, y, w / 20) for a, x, b, y, _, w in pairs]
    assert asked(plan, "tells_worlds(a, x, b, y, w / 20)", pairs, columns) == expected
    company = [weigh.is_company(1 + x % 99, x, y, n, w) for _, x, _, y, n, w in pairs]
    assert asked(plan, "is_company(1 + x % 99, x * y * w / n)", pairs, columns) == company
    expected = [weigh.is_hub(a, x % 200, y % 90, n % 30) for a, x, _, y, n, _ in pairs]
    assert asked(plan, "is_hub(a, x % 200, y % 90, n % 30)", pairs, columns) == expected
    classes = [
        (kind, held, odd, kin) for kind in kinds for held in range(2, 9) for odd in (0, 1) for kin in range(12)
    ]
    columns = "kind INT, held BIGINT, odd INT, kin BIGINT"
    expected = [weigh.key_class(kind, held, bool(odd), kin) for kind, held, odd, kin in classes]
    assert asked(plan, "key_class(kind, held, odd = 1, kin)", classes, columns) == expected
    assert asked(plan, "most_groups(kind)", classes, columns) == [weigh.most_groups(one[0]) for one in classes]
    assert asked(plan, "can_join(kind, -1)", classes, columns) == [one[0] in weigh.JOINING for one in classes]
    assert asked(plan, "bar(held)", classes, columns) == pytest.approx([weigh.bar(one[1]) for one in classes])
    assert asked(plan, "standing(odd + kind % 2)", classes, columns) == [
        weigh.standing(o + k % 2) for k, _, o, _ in classes
    ]


def test_the_evidence_in_sql_is_that_of_weigh(plan: Plan) -> None:
    dice = random.Random(6)
    seen = [
        (dice.randint(1, 9), 9 + dice.randint(0, 99), dice.randint(0, 9), dice.uniform(1e-5, 0.5))
        for _ in range(99)
    ]
    columns = "times BIGINT, seen BIGINT, once BIGINT, share DOUBLE"
    expected = [weigh.agreement(*one) for one in seen]
    assert asked(plan, "agreement(times, seen, once, share)", seen, columns) == pytest.approx(expected, abs=1e-12)
    expected = [weigh.disagreement(one[1], one[2]) for one in seen]
    assert asked(plan, "disagreement(seen, once)", seen, columns) == pytest.approx(expected, abs=1e-12)
    expected = [weigh.share_of_groups(one[0], one[1], 400 * one[3]) for one in seen]
    assert asked(plan, "share_of_groups(times, seen, 400 * share)", seen, columns) == expected
    expected = [weigh.pair_class(4 * one[3]) for one in seen]
    assert asked(plan, "pair_class(4 * share)", seen, columns) == expected
    stars = [(sorted(dice.sample(range(10**7), dice.randint(2, 40))),) for _ in range(50)]
    assert asked(plan, "turn(members)", stars, "members ARRAY<BIGINT>") == [weigh.turn(one[0]) for one in stars]


@pytest.mark.parametrize("seed", range(3))
def test_components_over_many_parts(plan: Plan, seed: int) -> None:
    """A chain cut up by chance, and a random graph beside it: the smallest node names what hangs together."""
    dice = random.Random(seed)
    edges = [(node + 1, node) for node in range(100)]
    edges += [(max(two), min(two)) for two in (dice.sample(range(1000, 1200), 2) for _ in range(90))]
    dice.shuffle(edges)
    table = plan.rows(edges, "a BIGINT, b BIGINT").repartition(7)
    found = {row.node: row.component for row in components(plan, table).collect()}
    assert found == expected_components(edges)


def expected_components(edges: list[tuple[int, int]]) -> dict[int, int]:
    name = {node: node for edge in edges for node in edge}
    for _ in name:
        for a, b in edges:
            name[a] = name[b] = min(name[a], name[b])
    return name


def test_families_in_buckets_are_those_of_each_with_each(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(9)
    words = [f"word{number}" for number in range(400)]
    pictures, scripts = set(), set()
    for _ in range(12):
        picture, script = dice.getrandbits(256), dice.sample(words, 40)
        for _ in range(5):
            pictures.add(f"{picture ^ sum(1 << bit for bit in dice.sample(range(256), 9)):064x}")
            scripts.add(" ".join(sorted({one if dice.random() > 0.08 else dice.choice(words) for one in script})))
    rows = [(number, weigh.IMAGE, value) for number, value in enumerate(sorted(pictures))]
    rows += [(1000 + number, weigh.SCRIPT, value) for number, value in enumerate(sorted(scripts))]
    seen = plan.rows(rows, "token BIGINT, kind INT, value STRING")
    value = {token: one for token, _, one in rows}
    plainly = image_families(pictures) | script_families(scripts)
    expected = sets_of(plainly)
    assert len(expected) == 24
    for limit in (families.EACH_WITH_EACH, 0):  # all compared with each other, then by way of the buckets
        monkeypatch.setattr(families, "EACH_WITH_EACH", limit)
        found = {value[row.node]: value[row.component] for row in find_families(plan, seen).collect()}
        assert sets_of(found) == expected


def sets_of(name: dict[str, str]) -> set[frozenset[str]]:
    return {frozenset(one for one in name if name[one] == family) for family in set(name.values())}


@pytest.mark.usefixtures("plan")
def test_reports_in_many_parts_are_linked_as_in_one() -> None:
    """The contract suite has one part of everything; here what belongs together lies in three."""
    from tests.contracts.test_engines import decisions, same_partition, world

    reports = [replace(one, id=f"{part}-{one.id}") for part in range(3) for one in world(40 + part)]
    same_partition("spark", reports, list(decisions(40, reports)))
