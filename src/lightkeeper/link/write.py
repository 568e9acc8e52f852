"""The files of a run: who was put with whom, the links with their reasons, the suspects, the weights."""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.suspect import Link, Reason, Strength, Suspect
from lightkeeper.link.engine import Linkage
from lightkeeper.link.weigh import Class


def make_folder(folder: Path) -> None:
    """Raises UnreadableInput when the folder cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnreadableInput(f"cannot make the folder for the result: {error.strerror}") from None


def write_linkage(linkage: Linkage, folder: Path) -> None:
    """Write `assignments.csv`, `links.jsonl`, `suspects.jsonl` and `weights.json`."""
    make_folder(folder)
    with (folder / "assignments.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("report_id", "suspect_id"))
        rows.writerows(linkage.assignments.items())
    write_lines(folder / "links.jsonl", (link.as_json() for link in linkage.links))
    write_lines(folder / "suspects.jsonl", (suspect.as_json() for suspect in linkage.suspects))
    write_weights(folder, linkage.weights)


def write_lines(path: Path, objects: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in objects)


def write_weights(folder: Path, table: tuple[Class, ...]) -> None:
    """The learned table, one row a class of agreement, to be read by people."""
    rows = [row.as_json() for row in table]
    (folder / "weights.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")


def read_linkage(folder: Path) -> Linkage:
    """Read back what `write_linkage`, or an engine that writes the same files, has written."""
    with (folder / "assignments.csv").open(newline="", encoding="utf-8") as file:
        assignments = {row[0]: row[1] for row in list(csv.reader(file))[1:]}
    links = tuple(_link(one) for one in _lines(folder / "links.jsonl"))
    suspects = tuple(Suspect(one["id"], tuple(one["reports"])) for one in _lines(folder / "suspects.jsonl"))
    table = tuple(Class(**row) for row in json.loads((folder / "weights.json").read_text("utf-8")))
    return Linkage(assignments, links, suspects, table)


def _link(one: dict[str, Any]) -> Link:
    reasons = tuple(Reason(**reason) for reason in one["reasons"])
    return Link(one["a"], one["b"], reasons, Strength(one["strength"]))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
