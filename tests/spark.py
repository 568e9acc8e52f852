"""A real Spark for the tests, told how small the work is; the engine takes the session that is there."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# A hundred small questions: what is compiled, planned or sent round with care here is used once and thrown away.
SMALL = {
    "spark.ui.enabled": "false",
    "spark.driver.memory": "900m",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",  # a broadcast is a job of its own
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    # The room for compiled code is small with one compiler alone, and Java then cleans it without end.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=240m",
}


@contextmanager
def running_spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]")
    for key, value in SMALL.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    yield spark
    spark.stop()


@contextmanager
def as_on_a_cluster(spark: Any) -> Iterator[None]:
    """Several parts of every table, and small ones sent to every worker, as Spark does if left alone."""
    changed = {"spark.sql.shuffle.partitions": "3", "spark.sql.autoBroadcastJoinThreshold": "10MB"}
    for key, value in changed.items():
        spark.conf.set(key, value)
    yield
    for key in changed:
        spark.conf.set(key, SMALL[key])
