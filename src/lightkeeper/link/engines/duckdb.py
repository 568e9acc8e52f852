"""DuckDB reads the files and makes the normal forms, arrays do the joining: a year of reports on one machine.

SQL stays data, in `sql/`. A run leaves its parts in `OUT/.parts`; killed, it goes on from there.
"""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.core.report import Report, read_reports, write_reports
from lightkeeper.core.suspect import Decision
from lightkeeper.link import explain, weigh
from lightkeeper.link.arrays.parts import Part, Parts, gather
from lightkeeper.link.arrays.pieces import one_piece, pieces
from lightkeeper.link.arrays.run import Links, Result, link_tokens
from lightkeeper.link.arrays.words import word_hashes
from lightkeeper.link.cluster import Words, confirmed_pairs, latest_word, refuse_contradiction, rejected_pairs
from lightkeeper.link.engine import Linkage, Tell
from lightkeeper.link.forms.handle import SHORTEST_STEM, public_handles
from lightkeeper.link.forms.phone import PLAIN_PHONE
from lightkeeper.link.keys import MOST_IDENTIFIERS, SHORTEST_HANDLE, forms_of
from lightkeeper.link.write import make_folder, read_linkage, write_weights

MEMORY, MORE_MEMORY = "900MB", "3GB"  # of DuckDB alone; what does not fit goes to disk
AT_ONCE = 3_000_000  # reports whose suspects and links are written together
MANY_PIECES = 8  # above, the lists of ids alone ask for more memory
_Columns = dict[str, NDArray[Any]]
_LEET = "'l0134578', 'ioieastb'"


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
    with duckdb.connect(config={"memory_limit": MEMORY}) as database:
        database.execute(f"SET temp_directory = '{_quoted(parts.folder)}.spill'")
        run = _Run(database, folder, parts)
        count = run.read(paths, tell)
        tell("putting reports in order", 0.4)
        if count > MANY_PIECES:
            database.execute(f"SET memory_limit = '{MORE_MEMORY}'")
        number, reports = run.order(count)
        words = latest_word(decisions)
        place = run.places(words)
        sure, never = confirmed_pairs(words, place), rejected_pairs(words, place)
        refuse_contradiction(sure, never)
        tell("families of pictures and scripts", 0.45)
        tokens = gather(parts, count, number, reports)
        result = link_tokens(tokens, sure, never, lambda done: tell("linking", 0.55 + 0.35 * done))
        tell("writing", 0.9)
        run.write(result)
    parts.clear()
    tell("done", 1.0)
    return reports, int((result.root == np.arange(reports)).sum())


@dataclass(frozen=True, slots=True)
class _Run:
    database: duckdb.DuckDBPyConnection
    folder: Path
    parts: Parts

    def read(self, paths: Sequence[Path], tell: Tell) -> int:
        """Read every piece that an earlier run has not; gives how many there are."""
        total = max(1, sum(path.stat().st_size for path in paths))
        self.sql("public")
        self.database.executemany("INSERT INTO public VALUES (?)", [[name] for name in sorted(public_handles())])
        count = done = 0
        for path in paths:
            for start, end in pieces(path):
                if not self.parts.has(count):
                    tell("reading", 0.4 * done / total)
                    with one_piece(path, start, end, self.parts.folder) as part:
                        self.parts.keep(count, self.read_piece(path, part, count))
                count, done = count + 1, done + end - start
        return count

    def read_piece(self, path: Path, piece: Path, number: int) -> Part:
        try:
            self.sql("reports", {"path": str(piece)}, most=MOST_IDENTIFIERS)
            self.sql("identifiers")
            faults = self.sql("faults").fetchall()[0][0]
        except duckdb.Error:
            faults = 1
        if faults:
            find_fault(path)
        self.make_odd_forms()
        self.sql("forms", leet=_LEET, phone=PLAIN_PHONE)
        ids = self.parts.path(number, "ids.parquet")
        self.sql("keep_ids", to=_quoted(ids))
        return self.part()

    def make_odd_forms(self) -> None:
        """Normal forms of what is not plain, made by `link/forms` one by one, as a table."""
        with (self.parts.folder / "odd.jsonl").open("w", encoding="utf-8") as file:
            for kind, value, scheme in self.sql("odd", phone=PLAIN_PHONE).fetchall():
                for key, form in forms_of(Identifier(IdentifierKind(kind), value, None, scheme or None)):
                    row = {
                        "kind": kind,
                        "raw": value,
                        "scheme": scheme,
                        "code": weigh.KINDS.index(key),
                        "form": form,
                    }
                    file.write(json.dumps(row) + "\n")
        self.sql("read_odd", {"path": str(self.parts.folder / "odd.jsonl")})

    def part(self) -> Part:
        form = keep_telling(
            self.columns("FROM form"), self.columns("SELECT hash(name) AS name FROM public")["name"]
        )
        image = self.columns(
            'SELECT report, source, lower(trim("value")) AS v FROM identifier '
            "WHERE code = 7 AND regexp_full_match(lower(trim(\"value\")), '[0-9a-f]{64}')"
        )
        script = self.columns('SELECT report, source, "value" AS v FROM identifier WHERE code = 8')
        hashes = np.frombuffer(bytes.fromhex("".join(image["v"])), ">u8").astype(np.uint64).reshape(-1, 4)
        words, starts = word_hashes(script["v"].tolist())
        reports = self.database.execute("SELECT count(*) FROM report").fetchall()[0][0]
        return Part(
            np.array([reports], np.int32),
            form["report"],
            form["source"],
            form["code"],
            form["form"],
            image["report"],
            image["source"],
            hashes,
            script["report"],
            script["source"],
            words,
            starts,
        )

    def order(self, count: int) -> tuple[NDArray[np.int32], int]:
        """Each report's place in the order of ids, by its place in the input, and how many reports there are."""
        base, places = 0, []
        for number, reports in enumerate(self.parts.column(count, "reports")):
            places.append(_sql("place", base=base, path=_quoted(self.parts.path(number, "ids.parquet"))))
            base += int(reports[0])
        self.sql("order", all=" UNION ALL ".join(places))
        first = self.columns("SELECT place FROM named")["place"]
        number_of = np.full(base, -1, np.int32)
        number_of[first] = np.arange(len(first), dtype=np.int32)
        return number_of, len(first)

    def places(self, words: Words) -> dict[str, int]:
        """The numbers of the reports that officers spoke about."""
        wanted = sorted({one for pair in words for one in pair})
        sql = "SELECT id, number FROM named WHERE id IN (SELECT unnest(?::VARCHAR[]))"
        return dict(self.database.execute(sql, [wanted]).fetchall()) if wanted else {}

    def write(self, result: Result) -> None:
        """The four files of a result."""
        self.table("grouped", {"number": np.arange(len(result.root), dtype=np.int32), "root": result.root})
        self.table("link", _columns(result.linked, result.possible))
        self.database.execute(
            "CREATE OR REPLACE TEMP TABLE how(rests_on INT, one INT, other INT, kind TEXT, how TEXT)"
        )
        self.database.executemany("INSERT INTO how VALUES (?, ?, ?, ?, ?)", list(explain.all_reasons()))
        self.sql("assignments", to=_quoted(self.folder / "assignments.csv"))
        self.in_turns("suspects", "suspects.jsonl", len(result.root), [{}])
        total = " + ".join(f"l.rest{place}" for place in range(len(weigh.KINDS)))
        others = [place for place in range(len(weigh.KINDS)) if place != weigh.STEM]
        reasons = ", ".join(
            _sql("reason", kind=weigh.KINDS[n], n=n, fits=explain.FITS, against=explain.AGAINST) for n in others
        )
        strengths: list[dict[str, Any]] = [
            {"strength": strength, "total": total, "reasons": reasons} for strength in (0, 1)
        ]
        self.in_turns("links", "links.jsonl", len(result.root), strengths)
        table = weigh.describe(result.beliefs.belief.tolist(), result.beliefs.taught.tolist())
        write_weights(self.folder, table)

    def in_turns(self, name: str, file: str, reports: int, each: Sequence[Mapping[str, Any]]) -> None:
        """Write a file by some millions of reports at a time, so that no step needs more memory than another."""
        part = self.parts.folder / file
        with (self.folder / file).open("wb") as whole:
            for words in each:
                for first in range(0, reports, AT_ONCE):
                    self.sql(name, to=_quoted(part), first=first, end=first + AT_ONCE, **words)
                    with part.open("rb") as written:
                        shutil.copyfileobj(written, whole)
        part.unlink(missing_ok=True)

    def sql(
        self, name: str, values: dict[str, object] | None = None, **words: object
    ) -> duckdb.DuckDBPyConnection:
        text = _sql(name, **words)
        return self.database.execute(text, values) if values else self.database.execute(text)

    def columns(self, query: str) -> _Columns:
        return {name: np.asarray(column) for name, column in self.database.execute(query).fetchnumpy().items()}

    def table(self, name: str, columns: _Columns) -> None:
        """Numbers as a table of DuckDB's."""
        self.database.register(f"{name}_columns", columns)
        self.sql("numbers", table=name)
        self.database.unregister(f"{name}_columns")


def _sql(name: str, **words: object) -> str:
    """A statement from its file, with the words in braces filled in."""
    text = files(__package__).joinpath(f"sql/{name}.sql").read_text("utf-8")
    for word, filling in words.items():
        text = text.replace("{" + word + "}", str(filling))
    return text


def keep_telling(form: _Columns, public: NDArray[Any]) -> _Columns:
    """Drop what is too short to tell people apart, and names that are nobody's own."""
    code, shortest = form["code"], np.ones(len(weigh.KINDS), np.int16)
    shortest[[weigh.HANDLE, weigh.STEM]] = SHORTEST_HANDLE, SHORTEST_STEM
    kept = form.pop("length") >= shortest[code]
    kept &= ~((code <= weigh.STEM) & np.isin(form["form"], public))
    return {name: column[kept] for name, column in form.items()}


def find_fault(path: Path) -> None:
    """Read the file the slow and exact way, for the error that says the line and the field."""
    try:
        with path.open("rb") as file:
            for _ in read_reports(file):
                pass
    except OSError as error:
        raise UnreadableInput(f"cannot read {path.name}: {error.strerror}") from None
    raise UnreadableInput(f"{path.name} could not be read; is a line longer than 16 MB?")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _columns(linked: Links, possible: Links) -> _Columns:
    both = Links.together([linked, possible])
    strength = np.repeat(np.array([0, 1], np.int8), [len(linked.a), len(possible.a)])
    columns: _Columns = {name: getattr(both, name) for name in Links.__slots__ if name != "rest"}
    rest = {f"rest{place}": np.ascontiguousarray(both.rest[:, place]) for place in range(both.rest.shape[1])}
    return columns | rest | {"strength": strength}
