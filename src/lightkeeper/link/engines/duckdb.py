"""A year of the world's reports on one machine: compiled code reads, joins and writes, DuckDB puts ids in order.

A run leaves its parts in `OUT/.parts`; killed, it goes on from there.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np

from lightkeeper.core.report import Report, write_reports
from lightkeeper.core.suspect import Decision
from lightkeeper.link import weigh
from lightkeeper.link.arrays.compiled import Ints
from lightkeeper.link.arrays.gather import gather
from lightkeeper.link.arrays.names import Names
from lightkeeper.link.arrays.parts import Parts
from lightkeeper.link.arrays.reading import cut_lines, read_piece
from lightkeeper.link.arrays.run import Result, link_tokens
from lightkeeper.link.arrays.writing import write_assignments, write_links, write_suspects
from lightkeeper.link.cluster import Words, confirmed_pairs, latest_word, refuse_contradiction, rejected_pairs
from lightkeeper.link.engine import Linkage, Tell
from lightkeeper.link.write import make_folder, read_linkage, write_weights

MEMORY = "1GB"  # of DuckDB alone; what does not fit goes to disk
AT_ONCE = 1_000_000  # names given to DuckDB together
READ, ALIKE, LINKED = 0.35, 0.6, 0.93  # of the whole work, when this is done: measured at a million reports
PIECE = 512 << 20  # bytes that are read before they are kept


def link_reports(reports: Iterable[Report], decisions: Sequence[Decision] = ()) -> Linkage:
    """The same as the judge's `link_reports`, by way of files: for tests and for lists that are at hand."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(write_reports(reports))
        link_files([path], Path(folder) / "out", decisions, lambda what, done: None)
        return read_linkage(Path(folder) / "out")


def link_files(paths: Sequence[Path], folder: Path, decisions: Sequence[Decision], tell: Tell) -> tuple[int, int]:
    """Link the reports of files, write the result to a folder; gives the numbers of reports and suspects.

    Raises InvalidReport with the line and the field, UnreadableInput when a file cannot be read.
    """
    make_folder(folder)
    parts = Parts(folder / ".parts")
    parts.begin([(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in paths])
    count = read(paths, parts, tell)
    tell("putting reports in order", READ)
    number, names = put_in_order(
        Names(parts.whole(count, "name"), parts.starts(count, "name_start")), parts.folder
    )
    words = latest_word(decisions)
    place = find_places(words, names)
    sure, never = confirmed_pairs(words, place), rejected_pairs(words, place)
    refuse_contradiction(sure, never)
    alike = partial(_tell_between, tell, "families of pictures and scripts", READ, ALIKE)
    tokens = gather(parts, count, number, len(names), alike)
    result = link_tokens(tokens, sure, never, partial(_tell_between, tell, "linking", ALIKE, LINKED))
    del tokens
    tell("writing", LINKED)
    write(folder, names, result)
    parts.clear()
    tell("done", 1.0)
    return len(names), int((result.root == np.arange(len(names))).sum())


def _tell_between(tell: Tell, what: str, start: float, end: float, done: float) -> None:
    tell(what, start + (end - start) * done)


def read(paths: Sequence[Path], parts: Parts, tell: Tell) -> int:
    """Read every piece that an earlier run has not; gives how many there are."""
    total = max(1, sum(path.stat().st_size for path in paths))
    count = done = 0
    for path in paths:
        for start, end in list(cut_lines(path, 0, path.stat().st_size, PIECE)) or [(0, 0)]:
            if not parts.has(count):
                tell("reading", READ * done / total)
                parts.keep(count, read_piece(path, start, end))
            count, done = count + 1, done + end - start
    return count


def put_in_order(names: Names, spill: Path) -> tuple[Ints, Names]:
    """Each report's place in the order of ids, by its place in the input, and the names in that order.

    A report that comes again has no place (-1). DuckDB is asked only when the input is not in order already.
    """
    if names.in_order():
        return np.arange(len(names), dtype=np.int32), names
    with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": f"{spill}.spill"}) as database:
        database.execute("CREATE TABLE name (id VARCHAR, place INTEGER)")
        for first in range(0, len(names), AT_ONCE):
            end = min(len(names), first + AT_ONCE)
            columns = {
                "id": np.array(names.texts(first, end), np.object_),
                "place": np.arange(first, end, dtype=np.int32),
            }
            database.register("some_names", columns)
            database.execute("INSERT INTO name SELECT * FROM some_names")
            database.unregister("some_names")
        sql = files(__package__).joinpath("sql/order.sql").read_text("utf-8")
        places = np.asarray(database.execute(sql).fetchnumpy()["place"], np.int32)
    number = np.full(len(names), -1, np.int32)
    number[places] = np.arange(len(places), dtype=np.int32)
    return number, names.at(places)


def find_places(words: Words, names: Names) -> dict[str, int]:
    """The numbers of the reports that officers spoke about, as far as they are here."""
    wanted = {one for pair in words for one in pair}
    return {one: place for one in wanted if (place := names.find(one)) >= 0}


def write(folder: Path, names: Names, result: Result) -> None:
    """The four files of a result."""
    write_assignments(folder / "assignments.csv", names, result.root)
    write_suspects(folder / "suspects.jsonl", names, result.root)
    write_links(folder / "links.jsonl", names, result.linked, result.possible)
    table = weigh.describe(result.beliefs.belief.tolist(), result.beliefs.taught.tolist())
    write_weights(folder, table, result.worlds)
