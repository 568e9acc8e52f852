"""The nightly round of the index: link everything anew with a batch engine, and put its answer in the tables."""

import csv
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from lightkeeper.core.suspect import Decision
from lightkeeper.link import weigh
from lightkeeper.link.engine import Tell
from lightkeeper.link.online.store import Store

LinkFiles = Callable[[Sequence[Path], Path, Sequence[Decision], Tell], tuple[int, int]]
_MANY = 20_000  # rows at a time


def run_night(store: Store, link_files: LinkFiles, decisions: Sequence[Decision]) -> int:
    """Returns how many suspects there are. The batch engine's word replaces every provisional assignment."""
    with tempfile.TemporaryDirectory(prefix="lightkeeper-night-") as work:
        told = Path(work) / "reports.jsonl"
        with told.open("w", encoding="utf-8") as file:
            for first in range(0, _last(store) + 1, _MANY):
                bodies = store.ask(
                    "SELECT body FROM report WHERE number >= ? AND number < ?", (first, first + _MANY)
                )
                file.writelines(f"{body}\n" for (body,) in bodies)
        link_files([told], Path(work) / "out", decisions, lambda what, done: None)
        with (Path(work) / "out" / "assignments.csv").open(newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            next(rows)
            return _take_over(store, rows, json.loads((Path(work) / "out" / "weights.json").read_text("utf-8")))


def _take_over(store: Store, assignments: Iterable[Sequence[str]], weights: list[dict[str, object]]) -> int:
    numbers: dict[str, int] = dict(store.ask("SELECT id, number FROM report"))
    with store.transaction():
        store.put(
            "UPDATE report SET suspect = ? WHERE number = ?",
            ((numbers[suspect.removeprefix("S-")], numbers[report]) for report, suspect in assignments),
        )
        for statement in REBUILD:
            store.ask(statement)
        showing: dict[int, int] = dict(store.ask("SELECT kind, count(DISTINCT suspect) FROM shown GROUP BY kind"))
        put_known(store, "showing", {str(kind): count for kind, count in showing.items()})
        put_known(store, "beliefs", beliefs_of(weights))
    return int(store.ask("SELECT count(*) FROM suspect")[0][0])


REBUILD = (
    "UPDATE holding SET suspect = (SELECT suspect FROM report WHERE report.number = holding.report)",
    "DELETE FROM suspect",
    "INSERT INTO suspect (number, size) SELECT suspect, count(*) FROM report GROUP BY suspect",
    "DELETE FROM shown",
    "INSERT INTO shown (suspect, token, kind, count) SELECT holding.suspect, holding.token, token.kind, count(*) "
    "FROM holding JOIN token ON token.token = holding.token GROUP BY holding.suspect, holding.token, token.kind",
)


def beliefs_of(weights: list[dict[str, object]]) -> list[float]:
    """The learned table by row; a class that the data did not hold keeps what is true in general."""
    rows = weigh.describe([0.5] * weigh.CLASSES, [1] * weigh.CLASSES)
    place = {(row.key, row.groups, row.kin, row.public): number for number, row in enumerate(rows)}
    beliefs = weigh.first_beliefs()
    for one in weights:
        row = place.get((one["key"], one["groups"], one["kin"], one["public"]))  # type: ignore[arg-type]
        if row is not None:
            beliefs[row] = min(max(float(one["belief"]), 0.001), 0.999)  # type: ignore[arg-type]
    return beliefs


def put_known(store: Store, name: str, value: object) -> None:
    store.put(
        "INSERT INTO known (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [(name, json.dumps(value))],
    )


def get_showing(store: Store) -> Counter[int]:
    row = store.ask("SELECT value FROM known WHERE name = 'showing'")
    return Counter({int(kind): count for kind, count in (json.loads(row[0][0]) if row else {}).items()})


def get_beliefs(store: Store) -> list[float]:
    row = store.ask("SELECT value FROM known WHERE name = 'beliefs'")
    return list(json.loads(row[0][0])) if row else weigh.first_beliefs()


def _last(store: Store) -> int:
    return int(store.ask("SELECT coalesce(max(number), 0) FROM report")[0][0])
