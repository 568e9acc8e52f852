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
    write_weights(folder, linkage.weights, linkage.worlds)


def write_lines(path: Path, objects: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n" for one in objects)


def write_weights(folder: Path, table: tuple[Class, ...], worlds: float) -> None:
    """What was learned, to be read by people: the worlds, and the table with one row a class of agreement."""
    learned = {"worlds": round(worlds, 2), "agreements": [row.as_json() for row in table]}
    (folder / "weights.json").write_text(json.dumps(learned, indent=1, ensure_ascii=False) + "\n", "utf-8")


def read_weights(path: Path) -> tuple[tuple[Class, ...], float]:
    """The table and the worlds that a run has written."""
    learned = json.loads(path.read_text("utf-8"))
    return tuple(Class(**row) for row in learned["agreements"]), float(learned["worlds"])


def read_linkage(folder: Path) -> Linkage:
    """Read back what `write_linkage`, or an engine that writes the same files, has written."""
    with (folder / "assignments.csv").open(newline="", encoding="utf-8") as file:
        assignments = {row[0]: row[1] for row in list(csv.reader(file))[1:]}
    links = tuple(_link(one) for one in _lines(folder / "links.jsonl"))
    suspects = tuple(Suspect(one["id"], tuple(one["reports"])) for one in _lines(folder / "suspects.jsonl"))
    return Linkage(assignments, links, suspects, *read_weights(folder / "weights.json"))


def _link(one: dict[str, Any]) -> Link:
    reasons = tuple(Reason(**reason) for reason in one["reasons"])
    return Link(one["a"], one["b"], reasons, Strength(one["strength"]))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
