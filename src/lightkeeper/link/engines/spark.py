"""Spark reads what no machine can alone: it makes keys, keeps what reports share, and hands that to the arrays.

Reading, normal forms and the counting of values are spread over the workers; what two reports share is small (some
300 bytes a report while it is joined) and is joined by the same arrays as DuckDB's engine uses, on the driver.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import ByteType, LongType, StringType, StructField, StructType

from lightkeeper.core.errors import InvalidReport, UnreadableInput
from lightkeeper.core.report import Report, parse_report, write_reports
from lightkeeper.core.suspect import Decision
from lightkeeper.link import weigh
from lightkeeper.link.arrays.families import image_groups, script_groups, sketch_each
from lightkeeper.link.arrays.linkage import linkage_from
from lightkeeper.link.arrays.run import link_tokens
from lightkeeper.link.arrays.signs import Hashes
from lightkeeper.link.arrays.tokens import Tokens, number_kind, tokens_from
from lightkeeper.link.arrays.words import word_hashes
from lightkeeper.link.cluster import confirmed_pairs, latest_word, refuse_contradiction, rejected_pairs
from lightkeeper.link.engine import Linkage, Tell, read_files
from lightkeeper.link.keys import keys_of
from lightkeeper.link.write import write_linkage

_Row = tuple[int, str, int, int, str | None]
_KEYS = StructType(
    [
        StructField("place", LongType()),
        StructField("id", StringType()),
        StructField("source", ByteType()),
        StructField("kind", ByteType()),  # -1 for a report without any key
        StructField("value", StringType()),
    ]
)


def link_reports(reports: Iterable[Report], decisions: Sequence[Decision] = ()) -> Linkage:
    """The same as the judge's `link_reports`, by way of a file that Spark reads."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(write_reports(reports))
        return _link([path], decisions)


def link_files(paths: Sequence[Path], folder: Path, decisions: Sequence[Decision], tell: Tell) -> tuple[int, int]:
    """Link the reports of files, write the result to a folder; gives the numbers of reports and suspects."""
    tell("reading with Spark", 0.1)
    linkage = _link(paths, decisions)
    tell("writing", 0.9)
    write_linkage(linkage, folder)
    return len(linkage.assignments), len(linkage.suspects)


def _link(paths: Sequence[Path], decisions: Sequence[Decision]) -> Linkage:
    spark = session()
    lines = spark.sparkContext.textFile(",".join(str(path.resolve()) for path in paths))
    keys = spark.createDataFrame(lines.zipWithIndex().mapPartitions(_keys_of_lines), _KEYS).cache()
    try:
        _refuse_faults(keys, paths)
        return _join(spark, keys, decisions)
    finally:
        keys.unpersist()


def session() -> SparkSession:
    """The session at hand, or a local one; the cluster and its memory are Spark's own settings."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("lightkeeper link").config("spark.sql.ansi.enabled", "true")
    return builder.getOrCreate()


def _keys_of_lines(lines: Iterable[tuple[str, int]]) -> Iterable[_Row]:
    """The keys of each line's report; a line that is none gives a row without an id, by its place."""
    for line, place in lines:
        if not line.strip():
            continue
        try:
            report = parse_report(line)
        except InvalidReport:
            yield place, "", -1, -1, None
            continue
        yield place, report.id, -1, -1, None
        for key in keys_of(report):
            yield place, report.id, key.source, weigh.KINDS.index(key.kind), key.value


def _refuse_faults(keys: DataFrame, paths: Sequence[Path]) -> None:
    """Raises the error that reading the files plainly gives, when a worker met a line that is no report."""
    if keys.where("id = ''").limit(1).count():
        for _ in read_files(paths):
            pass
        raise UnreadableInput("a line could not be read as a report")


def _join(spark: SparkSession, keys: DataFrame, decisions: Sequence[Decision]) -> Linkage:
    keys.createOrReplaceTempView("keys")
    first = _query(spark, "spark_first")
    first.createOrReplaceTempView("first")
    ids = sorted(row.id for row in first.select("id").collect())
    _query(spark, "spark_seen").createOrReplaceTempView("seen")
    rows = _query(spark, "spark_shared").collect()
    number = {one: place for place, one in enumerate(ids)}
    words = latest_word(decisions)
    sure, never = confirmed_pairs(words, number), rejected_pairs(words, number)
    refuse_contradiction(sure, never)
    return linkage_from(ids, link_tokens(_tokens(rows, number), sure, never, lambda done: None))


def _tokens(rows: Sequence[Any], number: dict[str, int]) -> Tokens:
    """What Spark collected as numbered tokens, with near-equal pictures and scripts in families."""
    of: dict[int, list[Any]] = {kind: [] for kind in range(len(weigh.KINDS))}
    for row in rows:
        of[row.kind].append(row)
    seen = []
    for kind, mine in of.items():
        report = np.array([number[row.id] for row in mine], np.int32)
        source = np.array([row.source for row in mine], np.int8)
        seen.append(number_kind(kind, report, source, _values(kind, mine)))
    return tokens_from(seen, len(number))


def _values(kind: int, rows: Sequence[Any]) -> Hashes:
    """What tells values of a kind apart: Spark's hashes, or the families of pictures and scripts."""
    if kind == weigh.IMAGE:
        raw = bytes.fromhex("".join(row.text for row in rows))
        return image_groups(np.frombuffer(raw, ">u8").astype(np.uint64).reshape(-1, 4)).astype(np.uint64)
    if kind == weigh.SCRIPT:
        words, start = word_hashes([row.text for row in rows])
        return script_groups(words, start, sketch_each(words, start)).astype(np.uint64)
    return np.array([row.value & 0xFFFFFFFFFFFFFFFF for row in rows], np.uint64)


def _query(spark: SparkSession, name: str) -> DataFrame:
    return spark.sql(files(__package__).joinpath(f"sql/{name}.sql").read_text("utf-8"))
