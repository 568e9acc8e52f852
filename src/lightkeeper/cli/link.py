"""lightkeeper link: which reports are one offender, with the reasons."""

import argparse
import importlib
import json
from pathlib import Path

from lightkeeper.cli.progress import steps
from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.suspect import Decision, Verdict

SUMMARY = "find the reports that are one offender, with the reasons for every link"
EXAMPLE = """
lightkeeper link reports.jsonl --out linked
lightkeeper link part-*.jsonl --out linked --engine duckdb --decisions decisions.jsonl
lightkeeper link --explain CH-001 CH-006 --in linked
"""
ENGINES = ("in_memory", "duckdb", "spark")
SMALL = 1_000_000  # bytes; below, the plain engine is done before the fast one has started


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("reports", nargs="*", type=Path, metavar="REPORTS.jsonl", help="one report a line")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the result is written")
    parser.add_argument("--engine", choices=ENGINES, help="default: in_memory for small files, else duckdb")
    parser.add_argument("--decisions", type=Path, metavar="FILE", help='{"a", "b", "verdict"} a line')
    parser.add_argument("--explain", nargs=2, metavar=("A", "B"), help="why two reports are linked, or why not")
    parser.add_argument("--in", dest="folder", type=Path, metavar="DIR", help="a result to explain from")


def run(options: argparse.Namespace) -> int:
    if options.explain:
        return explain(options.folder or options.out, *options.explain)
    if not options.reports or not options.out:
        raise UnreadableInput("say which reports to link, and with --out where to write the result")
    sizes = [size_of(path) for path in options.reports]
    name = options.engine or ("in_memory" if sum(sizes) < SMALL else "duckdb")
    engine = importlib.import_module(f"lightkeeper.link.engines.{name}")
    decisions = read_decisions(options.decisions) if options.decisions else ()
    with steps() as tell:
        reports, suspects = engine.link_files(options.reports, options.out, decisions, tell)
    print(f"{reports:,} reports, {suspects:,} suspects; the result is in {options.out}")
    return 0


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise UnreadableInput(f"cannot read {path.name}: {error.strerror}") from None


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """An officer's words, one JSON object a line, the latest last. Raises UnreadableInput."""
    size_of(path)
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        raise UnreadableInput(f"{path.name} is not text in UTF-8") from None
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            data = json.loads(line)
            found.append(Decision(str(data["a"]), str(data["b"]), Verdict(data["verdict"])))
        except (ValueError, KeyError, TypeError, RecursionError):
            reason = 'needs "a", "b" and a "verdict" that is confirmed or rejected'
            raise UnreadableInput(f"line {number} of the decisions {reason}") from None
    return tuple(found)


def explain(folder: Path | None, a: str, b: str) -> int:
    if not folder:
        raise UnreadableInput("say with --in DIR which result to explain")
    why = importlib.import_module("lightkeeper.link.why")
    print("\n".join(why.explain_pair(folder, a, b)))
    return 0
