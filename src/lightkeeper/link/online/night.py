"""The nightly round of the index: the batch engine's word replaces every provisional one."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from lightkeeper.core.suspect import Decision
from lightkeeper.link import weigh
from lightkeeper.link.engine import Tell
from lightkeeper.link.online.counts import Counts
from lightkeeper.link.online.regroup import among, move_reports, put_new_suspects
from lightkeeper.link.online.retell import retell
from lightkeeper.link.online.store import Store
from lightkeeper.link.weigh import Class
from lightkeeper.link.write import read_weights

LinkFiles = Callable[[Sequence[Path], Path, Sequence[Decision], Tell], tuple[int, int]]
_MANY = 20_000  # reports read at a time
_MUCH = 8  # when more than one in so many reports moves, all suspects are told anew


def link_all(
    store: Store, link_files: LinkFiles, decisions: Sequence[Decision]
) -> tuple[dict[str, str], tuple[Class, ...], float]:
    """Every report's suspect by a batch engine, from the reports that the index keeps, and what it learned."""
    with tempfile.TemporaryDirectory(prefix="lightkeeper-night-") as work:
        told, out = Path(work) / "reports.jsonl", Path(work) / "out"
        with told.open("w", encoding="utf-8") as file:
            file.writelines(f"{body}\n" for body in _bodies(store))
        link_files([told], out, decisions, lambda what, done: None)
        with (out / "assignments.csv").open(newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            next(rows)
            return {row[0]: row[1] for row in rows}, *read_weights(out / "weights.json")


def take_over(store: Store, counts: Counts, suspect_of: Mapping[str, str]) -> int:
    """Give each report the suspect of that name; returns how many moved. Inside a transaction."""
    told = (
        "SELECT link_report.number, link_report.id, link_suspect.name "
        "FROM link_report JOIN link_suspect ON link_suspect.number = link_report.suspect WHERE link_report.id {}"
    )
    wanted = {
        number: suspect_of[report]
        for number, report, name in among(store, told, suspect_of)
        if suspect_of[report] != name
    }
    named = sorted(set(wanted.values()))
    numbers: dict[str, int] = dict(among(store, "SELECT name, number FROM link_suspect WHERE name {}", named))
    new = [name for name in named if name not in numbers]
    names = dict(enumerate(new, counts.last_suspect + 1))
    numbers |= {name: number for number, name in names.items()}
    moves = {report: numbers[name] for report, name in wanted.items()}
    if len(moves) * _MUCH > counts.reports:
        put_new_suspects(store, counts, names)
        store.put(
            "UPDATE link_report SET suspect = ? WHERE number = ?", [(home, one) for one, home in moves.items()]
        )
        retell(store, counts)
    elif moves:
        move_reports(store, counts, moves, names)
    return len(moves)


def beliefs_of(weights: Iterable[Class]) -> list[float]:
    """The learned table by row; a class that the data did not hold keeps what is true in general."""
    rows = weigh.describe([0.5] * weigh.CLASSES, [1] * weigh.CLASSES)
    place = {(row.key, row.groups, row.kin, row.public): number for number, row in enumerate(rows)}
    beliefs = weigh.first_beliefs()
    for one in weights:
        row = place.get((one.key, one.groups, one.kin, one.public))
        if row is not None:
            beliefs[row] = min(max(one.belief, 0.001), 0.999)
    return beliefs


def _bodies(store: Store) -> Iterator[str]:
    last = -1
    while rows := store.ask(
        "SELECT number, body FROM link_told WHERE number > ? ORDER BY number LIMIT ?", (last, _MANY)
    ):
        last = rows[-1][0]
        yield from (body for _, body in rows)
