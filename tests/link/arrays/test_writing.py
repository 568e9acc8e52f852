"""What the fast writer writes, any reader of CSV and JSON reads back."""

import csv
import json
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lightkeeper.link import weigh
from lightkeeper.link.arrays.names import Names, cut_names
from lightkeeper.link.arrays.run import Links
from lightkeeper.link.arrays.writing import write_assignments, write_links, write_suspects
from lightkeeper.link.explain import KEY, PAIR

IDS = st.lists(st.text('aB7,"\\\n\r\x00\x1f é💙', min_size=1, max_size=8), min_size=2, max_size=8, unique=True)


def names_of(ids: list[str]) -> Names:
    others = [(place, one.encode()) for place, one in enumerate(ids)]
    return cut_names(np.empty(0, np.uint8), np.zeros((len(ids), 2), np.int64), others)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(IDS, st.data())
def test_names_of_all_signs_come_back(tmp_path: Path, ids: list[str], data: st.DataObject) -> None:
    ids.sort()
    names = names_of(ids)
    assert names.in_order()
    assert [names.find(one) for one in ids] == list(range(len(ids)))
    split = data.draw(st.integers(1, len(ids)))
    root = np.array([0] * split + [split] * (len(ids) - split), np.int32)
    write_assignments(tmp_path / "a.csv", names, root)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file))[1:] == [[one, f"S-{ids[root[n]]}"] for n, one in enumerate(ids)]
    write_suspects(tmp_path / "s.jsonl", names, root)
    suspects = [json.loads(line) for line in (tmp_path / "s.jsonl").read_bytes().split(b"\n") if line]
    assert suspects[0] == {"id": f"S-{ids[0]}", "reports": ids[:split]}
    assert [name for one in suspects for name in one["reports"]] == ids


@given(st.floats(-40, 40), st.floats(-40, 40), st.floats(-0.002, 0.002))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_weights_written_add_up_to_the_last_digit(
    tmp_path: Path, key: float, name: float, phone: float
) -> None:
    rest = np.zeros((1, len(weigh.KINDS)), np.float32)
    rest[0, [weigh.NAME, weigh.PHONE]] = name, phone
    column = lambda *values: np.array(values, np.int32)  # noqa: E731
    tiny = lambda *values: np.array(values, np.int8)  # noqa: E731
    links = Links(
        column(1, 2), column(0, 1), tiny(KEY, PAIR), tiny(weigh.HANDLE, weigh.NAME), tiny(-1, weigh.HANDLE),
        np.array([key, 5.25], np.float32), column(0, -1), rest,
    )  # fmt: skip
    write_links(tmp_path / "l.jsonl", names_of(["a", "b", "c"]), links, links)
    lines = [json.loads(line) for line in (tmp_path / "l.jsonl").read_text("utf-8").splitlines()]
    assert [(one["a"], one["b"], one["strength"]) for one in lines] == [
        ("a", "b", "linked"), ("b", "c", "linked"), ("a", "b", "possible"), ("b", "c", "possible"),
    ]  # fmt: skip
    assert abs(lines[0]["weight"] - sum(reason["weight"] for reason in lines[0]["reasons"])) < 1e-9
    assert abs(lines[0]["weight"] - key - name - phone) < 0.002
    assert lines[1]["weight"] == 5.25
    assert lines[1]["reasons"] == [{"kind": "handle+name", "how": lines[1]["reasons"][0]["how"], "weight": 5.25}]
