"""Near-equal pictures and scripts on many machines: a few are compared each with each, more meet in buckets.

The buckets are those of `arrays.families`. Each bucket is one worker's, who compares by the same compiled code.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from lightkeeper.link import weigh
from lightkeeper.link.arrays import families
from lightkeeper.link.arrays.compiled import Longs, roots
from lightkeeper.link.arrays.signs import Hashes
from lightkeeper.link.arrays.words import word_hashes
from lightkeeper.link.family import ALIKE
from lightkeeper.link.forms.image import NEAR
from lightkeeper.link.workers.components import components
from lightkeeper.link.workers.plan import EDGES, Frames, Plan, Table, whole_part

_BUCKETS = "bucket BIGINT, token BIGINT, value STRING"


@dataclass(frozen=True, slots=True)
class _Nearness:
    """How near ones of a kind are found: each with each by a statement, or in buckets by compiled code."""

    kind: int
    statement: str
    buckets: Callable[[int], Callable[[Any], Iterator[Any]]]
    compare: Callable[[Any], Longs]


def find_families(plan: Plan, seen: Table) -> Table:
    """Each picture or script (`node`) that has near-equal ones, with its family (`component`)."""
    pictures = _near(plan, seen, _Nearness(weigh.IMAGE, "near_pictures", _picture_buckets, _same_pictures))
    scripts = _near(plan, seen, _Nearness(weigh.SCRIPT, "near_scripts", _script_buckets, _same_scripts))
    return components(plan, pictures.union(scripts))


def _near(plan: Plan, seen: Table, how: _Nearness) -> Table:
    """Ties between near-equal values of a kind."""
    values = seen.where(f"kind = {how.kind}").select("token", "value").distinct()
    count = values.count()
    if count <= families.EACH_WITH_EACH:
        return plan.ask(how.statement, {"near": NEAR, "alike": ALIKE}, seen=seen)
    met = values.mapInPandas(_each(how.buckets(count)), _BUCKETS)
    in_order = met.repartition("bucket").sortWithinPartitions("bucket")
    return in_order.mapInPandas(_ties(how.compare), EDGES).distinct()


def _each(make: Callable[[Any], Iterator[Any]]) -> Frames:
    def all_frames(frames: Iterable[Any]) -> Iterator[Any]:
        for frame in frames:
            if len(frame):
                yield from make(frame)

    return all_frames


def _ties(compare: Callable[[Any], Longs]) -> Frames:
    """Ties each sighting in a part's buckets to the first that it is like; a bucket is never cut."""

    def tie(whole: Any) -> Any:
        import pandas as pd

        token = whole.token.to_numpy()
        like = token[compare(whole)]
        apart = np.flatnonzero(like != token)
        return pd.DataFrame({"a": token[apart], "b": like[apart]})

    return whole_part(tie)


def _picture_buckets(count: int) -> Callable[[Any], Iterator[Any]]:
    return lambda frame: _picture_keys(frame, count)


def _picture_keys(frame: Any, count: int) -> Iterator[Any]:
    hashes, key = _hashes(frame.value), np.empty(len(frame), np.uint32)
    for number, bits in enumerate(families.chunks(count)):
        families.chunk_keys(hashes, bits, key)
        yield frame.assign(bucket=key.astype(np.int64) + (number << 32))[["bucket", "token", "value"]]


def _script_buckets(count: int) -> Callable[[Any], Iterator[Any]]:
    return _script_keys


def _script_keys(frame: Any) -> Iterator[Any]:
    sketches = families.sketch_each(*word_hashes(frame.value.tolist()))
    for band in range(families.BANDS):
        key = families.band_keys(sketches, band).astype(np.int64)
        yield frame.assign(bucket=key + (band << 32))[["bucket", "token", "value"]]


def _same_pictures(whole: Any) -> Longs:
    order, key, parent = _in_order(whole.bucket)
    families.join_images(order, key, _hashes(whole.value), parent)
    return roots(parent).astype(np.int64)


def _same_scripts(whole: Any) -> Longs:
    order, key, parent = _in_order(whole.bucket)
    families.join_scripts(order, key, *word_hashes(whole.value.tolist()), parent)
    return roots(parent).astype(np.int64)


def _in_order(bucket: Any) -> tuple[Any, Any, Any]:
    """Rows that come bucket by bucket, as the compiled comparison wants them."""
    _, key = np.unique(bucket.to_numpy(), return_inverse=True)
    order = np.arange(len(key), dtype=np.int32)
    return order, key.astype(np.uint32), order.copy()


def _hashes(values: Any) -> Hashes:
    return np.frombuffer(bytes.fromhex("".join(values)), ">u8").astype(np.uint64).reshape(-1, 4)
