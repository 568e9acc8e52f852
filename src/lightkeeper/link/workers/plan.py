"""Asking Spark: the statements lie beside this file as data, the numbers in them are those of `weigh`.

pyspark itself is imported by the engine alone; here a table is whatever Spark gives.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from lightkeeper.link import weigh

Table = Any  # a DataFrame
Frames = Callable[[Iterable[Any]], Iterator[Any]]  # what a worker does with one part of a table, frame by frame
EDGES = "a BIGINT, b BIGINT"
_NUMBERS = {name: value for name, value in vars(weigh).items() if isinstance(value, int | float)}


class Plan:
    """A session that knows the functions of `weigh`, and tables that are computed once."""

    def __init__(self, spark: Any) -> None:
        self.spark = spark
        lists = {name: _listed(getattr(weigh, name)) for name in ("RARE", "JOINING", "CROWDING")}
        numbers = {name: _number(value) for name, value in _NUMBERS.items()}
        for statement in _text("weigh").split(";"):
            if statement.strip():
                spark.sql(statement.format(**numbers, **lists))

    def ask(self, name: str, values: Mapping[str, Any] | None = None, **tables: Table) -> Table:
        """The answer of a statement: `{name}` in it is a table, `:name` a value or a number of `weigh`."""
        wanted = {one: value for one, value in _NUMBERS.items() if f":{one}" in _text(name)}
        return self.spark.sql(_text(name), wanted | dict(values or {}), **tables)

    def rows(self, rows: list[tuple[Any, ...]], columns: str) -> Table:
        """A table of what the driver knows: officers' words, a table of weights."""
        return self.spark.createDataFrame(rows, columns)

    def keep(self, table: Table) -> Table:
        """The same, computed once, when it is first needed: in the workers' memory, or on their disks.

        It is freed when nobody needs it any more.
        """
        return self._anew(table).localCheckpoint(eager=False)

    def settle(self, table: Table) -> Table:
        """The same, computed now; where the cluster has a folder for it, safe from the loss of a worker."""
        lasting = self.spark.sparkContext.getCheckpointDir() is not None
        return self._anew(table).checkpoint() if lasting else self._anew(table).localCheckpoint()

    def _anew(self, table: Table) -> Table:
        """The same without a memory of how it was made.

        A checkpoint forgets the plan but keeps its guess of the size; each join squares that, and after some
        rounds the guess has a million digits.
        """
        session = self.spark._jsparkSession  # Spark's own language: Python's way would carry every row to Python
        rows = session.createDataFrame(table._jdf.toJavaRDD(), table._jdf.schema())
        return type(table)(rows, self.spark)


def whole_part(make: Callable[[Any], Any]) -> Frames:
    """What a worker makes of all rows of its part at once, in their order; nothing of a part without rows."""

    def all_frames(frames: Iterable[Any]) -> Iterator[Any]:
        import pandas as pd

        told = [frame for frame in frames if len(frame)]
        if told:
            yield make(pd.concat(told, ignore_index=True))

    return all_frames


@cache
def _text(name: str) -> str:
    text = files(__package__).joinpath(f"sql/{name}.sql").read_text("utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("--"))


def _number(value: float) -> str:
    return f"{value!r}D" if isinstance(value, float) else str(value)


def _listed(values: tuple[Any, ...]) -> str:
    return ", ".join(_number(one) for one in values)
