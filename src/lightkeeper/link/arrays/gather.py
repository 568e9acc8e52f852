"""All tokens of a run, put together kind by kind: what only one report has is dropped before it costs memory."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from lightkeeper.link import weigh
from lightkeeper.link.arrays.compiled import Ints
from lightkeeper.link.arrays.families import image_groups, script_groups
from lightkeeper.link.arrays.parts import Parts
from lightkeeper.link.arrays.signs import Hashes
from lightkeeper.link.arrays.tokens import Seen, Tiny, Tokens, number_kind, tokens_from

_Rows = tuple[Ints, Tiny, Hashes]  # report, source, value


def gather(parts: Parts, count: int, number: Ints, reports: int, tell: Callable[[float], None]) -> Tokens:
    """All tokens of a run; `number` gives each report's place in the order of ids by its place in the input.

    `tell` is told how much of the work is done, 0 to 1: finding families of scripts is most of it.
    """
    seen: list[Seen] = []
    for kind, rows in enumerate(_kinds(parts, count, number)):
        seen.append(number_kind(kind, *rows))
        tell(min(1.0, 0.03 * (kind + 1) if kind < weigh.IMAGE else 0.35 if kind == weigh.IMAGE else 0.95))
    return tokens_from(seen, reports)


def _kinds(parts: Parts, count: int, number: Ints) -> Iterator[_Rows]:
    """The sightings of each kind, in the order of kinds."""
    for kind in range(weigh.IMAGE):
        yield _exact(parts, count, number, kind)
    for what, families in (("image", _images), ("script", _scripts)):
        found = parts.remembered(f"{what}_families", partial(families, parts, count))
        report, source = parts.placed(count, f"{what}_report", number), parts.whole(count, f"{what}_source")
        yield report, source, found.astype(np.uint64)


def _images(parts: Parts, count: int) -> Ints:
    return image_groups(parts.whole(count, "image"))


def _scripts(parts: Parts, count: int) -> Ints:
    return script_groups(
        parts.whole(count, "word"), parts.starts(count, "word_start"), parts.whole(count, "sketch")
    )


def _exact(parts: Parts, count: int, number: Ints, kind: int) -> _Rows:
    report, source, value = [], [], []
    columns = (parts.column(count, name) for name in ("kind", "report", "source", "value"))
    for base, kinds, reports, sources, values in zip(parts.bases(count), *columns, strict=False):
        mine = np.flatnonzero(kinds == kind)
        report.append(number[reports[mine] + np.int32(base)])
        source.append(sources[mine])
        value.append(values[mine])
    return np.concatenate(report), np.concatenate(source), np.concatenate(value)
