"""Splink 5 on DuckDB with settings of an expert: the same keys, term frequencies, trained without labels.

    python bench/link/with_splink.py REPORTS.jsonl NEW

As a program it measures what Splink has that is nearest to linking one new report (`predict_between`): the last
NEW reports of the file one by one against all before them, with the model trained and the term frequencies kept.
"""

import csv
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from lightkeeper.link.engine import read_files
from lightkeeper.link.keys import KeyKind, keys_of

MEMORY = "5GB"
HIGH = 0.5  # joined above this probability: the best of 0.05, 0.5, 0.9 and 0.99 on 50,000 reports of seed 7
COLUMNS = ("handle", "second", "stem", "name", "phone", "email", "payment", "image", "script")
OFTEN = ("handle", "second", "name", "phone", "email", "payment", "image", "script")


@dataclass(frozen=True, slots=True)
class Trained:
    """A model with its data: the table `flat` of a database, a row a report, or all but the last ones of it."""

    database: Any
    api: Any
    linker: Any
    table: Any  # what Splink calls the reports


def load(reports: Path) -> Any:
    """A database with the table `flat`."""
    import duckdb

    database = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": f"{gettempdir()}/splink-spill"})
    with TemporaryDirectory() as folder:
        flat = Path(folder) / "flat.csv"
        with flat.open("w", newline="") as file:
            rows = csv.DictWriter(file, ("place", "unique_id", *COLUMNS))
            rows.writeheader()
            rows.writerows({"place": place, **row} for place, row in enumerate(flatten(reports)))
        database.execute(f"CREATE TABLE flat AS SELECT * FROM read_csv('{flat}', all_varchar = true)")
    return database


def train(database: Any, table: str) -> Trained:
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink import comparison_library as compare

    often = {"term_frequency_adjustments": True}
    exact = [compare.ExactMatch(one).configure(**often) for one in OFTEN[1:]]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[compare.LevenshteinAtThresholds("handle", [1, 2]).configure(**often), *exact],
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
    known = api.register(table)
    linker = Linker(known, settings, log_level="ERROR")
    training = linker.training
    told = [
        one
        for one in ("phone", "email", "payment")
        if database.execute(f"SELECT count({one}) FROM {table}").fetchone()[0]
    ]
    training.estimate_probability_two_random_records_match([block_on(one) for one in told[:2]], recall=0.1)
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for one in ("handle", told[0]):
        training.estimate_parameters_using_expectation_maximisation(block_on(one))
    return Trained(database, api, linker, known)


def groups_of(reports: Path) -> list[tuple[str, str]]:
    """Each report with its suspect."""
    model = train(load(reports), "flat")
    pairs = model.linker.inference.predict(threshold_match_probability=HIGH)
    groups = model.linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, HIGH)
    found: list[tuple[str, str]] = model.database.execute(
        f"SELECT unique_id, cluster_id FROM {groups.physical_name}"
    ).fetchall()
    return found


def time_each(reports: Path, new: int) -> None:
    """Prints the time that one new report takes, searched and scored; what is found is not kept."""
    database = load(reports)
    last = database.execute("SELECT max(place::INT) FROM flat").fetchone()[0] - new
    database.execute(f"CREATE TABLE known AS SELECT * FROM flat WHERE place::INT <= {last}")
    model = train(database, "known")
    for column in OFTEN:
        model.linker.table_management.compute_tf_table(column)
    print(f"{last + 1:,} reports, trained after {time.process_time():.0f} s of processor", flush=True)
    clock, processor = [], []
    for place in range(last + 1, last + 1 + new):
        database.execute(f"CREATE OR REPLACE TABLE one AS SELECT * FROM flat WHERE place::INT = {place}")
        start, used = time.perf_counter(), time.process_time()
        one = model.api.register("one")
        model.linker.inference.predict_between(
            model.table, one, threshold_match_probability=HIGH, warning_mode="never"
        ).as_record_list()
        clock.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - used) * 1000)
    for what, times in (("by the clock", clock), ("processor", processor)):
        told = sorted(times[min(3, new // 10) :])  # the first ones read the tables
        middle, high = told[len(told) // 2], told[len(told) * 99 // 100]
        print(f"{what}: p50 {middle:.0f} ms  p99 {high:.0f} ms", flush=True)


def flatten(reports: Path) -> Iterator[dict[str, str]]:
    """A row a report, as Splink wants it: the first value of each kind, pictures and scripts by family."""
    found = [(report.id, keys_of(report)) for report in read_files([reports])]
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


if __name__ == "__main__":
    time_each(Path(sys.argv[1]), int(sys.argv[2]))
