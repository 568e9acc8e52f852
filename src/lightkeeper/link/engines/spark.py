"""Past one machine: Spark reads the reports, makes their keys, and links them in its own plan.

The driver sees the officers' words, the table of weights and, row by row, the result. `link/workers` holds the
method as SQL; decision 0045 says what no SQL can say and how it is spread over the workers all the same.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from pyspark.sql import DataFrame, SparkSession

from lightkeeper.core.errors import InvalidReport, UnreadableInput
from lightkeeper.core.report import Report, parse_report, write_reports
from lightkeeper.core.suspect import Decision
from lightkeeper.link import weigh
from lightkeeper.link.cluster import Words, confirmed_pairs, latest_word, refuse_contradiction, rejected_pairs
from lightkeeper.link.engine import Linkage, Tell, read_files
from lightkeeper.link.keys import keys_of
from lightkeeper.link.workers.families import find_families
from lightkeeper.link.workers.plan import Plan
from lightkeeper.link.workers.result import Findings
from lightkeeper.link.workers.rounds import Rounds

_Row = tuple[int, str, int, int, str | None]
_KEYS = "place BIGINT, id STRING, source TINYINT, kind TINYINT, value STRING"  # kind -1: a report without any key


def link_reports(reports: Iterable[Report], decisions: Sequence[Decision] = ()) -> Linkage:
    """The same as the judge's `link_reports`, by way of a file that Spark reads."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(write_reports(reports))
        return _found([path], decisions, lambda what, done: None).linkage()


def link_files(paths: Sequence[Path], folder: Path, decisions: Sequence[Decision], tell: Tell) -> tuple[int, int]:
    """Link the reports of files, write the result to a folder; gives the numbers of reports and suspects."""
    findings = _found(paths, decisions, tell)
    tell("writing", 0.9)
    return findings.write(folder)


def _found(paths: Sequence[Path], decisions: Sequence[Decision], tell: Tell) -> Findings:
    tell("reading with Spark", 0.0)
    plan = Plan(session())
    lines = plan.spark.sparkContext.textFile(",".join(str(path.resolve()) for path in paths))
    keys = plan.keep(plan.spark.createDataFrame(lines.zipWithIndex().mapPartitions(_keys_of_lines), _KEYS))
    _refuse_faults(keys, paths)
    return _find(plan, keys, decisions, tell)


def session() -> SparkSession:
    """The session at hand, or a local one; the cluster and its memory are Spark's own settings."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("lightkeeper link").config("spark.sql.ansi.enabled", "true")
    # We say ourselves how far we are; Spark's own bars would write over it.
    return builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()


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


def _find(plan: Plan, keys: DataFrame, decisions: Sequence[Decision], tell: Tell) -> Findings:
    """Link the reports of these keys; officers' words are the one thing that the driver looks up by itself."""
    numbers = _number(plan, keys)
    words = latest_word(decisions)
    place = _places(numbers, words)
    sure, never = confirmed_pairs(words, place), rejected_pairs(words, place)
    refuse_contradiction(sure, never)
    seen = plan.keep(plan.ask("seen", keys=keys, numbers=numbers))
    tell("families of pictures and scripts", 0.2)
    families = plan.keep(find_families(plan, seen))
    sights = plan.keep(plan.ask("sights", seen=seen, families=families))
    found = Rounds(plan, sights, numbers, never).link(sure, lambda done: tell("linking", 0.3 + 0.6 * done))
    return Findings(plan, found, numbers)


def _number(plan: Plan, keys: DataFrame) -> DataFrame:
    """Every report once (`id`, its first `place` in the input), with its place in the order of ids (`report`)."""
    ids = plan.settle(plan.ask("first", keys=keys).orderBy("id"))
    parts = ids.selectExpr("spark_partition_id() AS part").groupBy("part").count().collect()
    counts = dict(sorted((row.part, row["count"]) for row in parts))
    before = list(zip(counts, accumulate(counts.values(), initial=0), strict=False))
    numbers: DataFrame = plan.settle(
        plan.ask("number", sorted=ids, parts=plan.rows(before, "part INT, before BIGINT"))
    )
    return numbers


def _places(numbers: DataFrame, words: Words) -> dict[str, int]:
    """The reports that officers spoke about."""
    named = sorted({one for pair in words for one in pair})
    if not named:
        return {}
    return {row.id: row.report for row in numbers.where(numbers.id.isin(named)).collect()}
