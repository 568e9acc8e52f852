"""`lightkeeper check`: does this chat follow the script of online blackmail?"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from lightkeeper.check import check
from lightkeeper.check.batch import read_conversations
from lightkeeper.check.exports import FORMATS, read_export
from lightkeeper.check.report import write_report
from lightkeeper.cli.progress import watch_lines
from lightkeeper.core.errors import UnreadableExport, UnreadableInput

SUMMARY = "Say whether a chat follows the script of online blackmail, and which messages say so."
EXAMPLE = """
lightkeeper check chat.zip
printf 'Sam: pay me 50 or i send your pic to everyone\\n' | lightkeeper check -
lightkeeper check chat.txt --format whatsapp --json
lightkeeper check --batch chats.jsonl --out readings.jsonl
"""
LARGEST_FILE = 512 * 1024 * 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="a chat export or pasted text, or - for standard input"
    )
    parser.add_argument("--format", choices=FORMATS, help="what the file is, where it is not found out by itself")
    parser.add_argument("--me", metavar="NAME", help="the name in the chat of the one who asks for help")
    parser.add_argument("--json", action="store_true", help="write the reading as one JSON object")
    parser.add_argument("--batch", metavar="IN.jsonl", help="many conversations, one JSON object a line")
    parser.add_argument(
        "--out", metavar="OUT.jsonl", help="where the readings of a batch go (default: standard output)"
    )


def run(options: argparse.Namespace) -> int:
    if options.batch:
        return _run_batch(options)
    if options.file is None:
        raise UnreadableInput("name a file, or - to read what is pasted")
    conversation = read_export(_read_bytes(options.file), filename=_name(options.file), format=options.format)
    if options.me is not None:
        conversation = type(conversation)(conversation.messages, options.me, conversation.id, conversation.notes)
    reading = check(conversation)
    if options.json:
        print(json.dumps(reading.as_json(), ensure_ascii=False))
    else:
        write_report(reading, conversation, sys.stdout, colour=sys.stdout.isatty())
    return 0


def _run_batch(options: argparse.Namespace) -> int:
    source = Path(options.batch)
    try:
        with source.open("rb") if options.batch != "-" else sys.stdin.buffer as lines:
            if options.out is None:
                _write_readings(lines, sys.stdout, options.batch)
            else:
                with Path(options.out).open("w", encoding="utf-8") as out:
                    _write_readings(lines, out, options.batch)
    except OSError as error:
        raise UnreadableInput(f"cannot open a file: {error.strerror}") from None
    return 0


def _write_readings(lines: BinaryIO | Iterable[bytes], out: TextIO, name: str) -> None:
    size = Path(name).stat().st_size if name != "-" else None
    for conversation in read_conversations(watch_lines(_lines(lines), size, "checking")):
        out.write(json.dumps(check(conversation).as_json(), ensure_ascii=False, separators=(",", ":")) + "\n")


def _lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    yield from lines


def _name(file: str) -> str:
    return "" if file == "-" else Path(file).name


def _read_bytes(file: str) -> bytes:
    """The bytes of a file or of standard input. Raises UnreadableExport where there are none, or too many."""
    try:
        if file == "-":
            data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UnreadableExport(f"the file cannot be opened ({error.strerror})") from None
    if len(data) > LARGEST_FILE:
        raise UnreadableExport("the file is larger than 512 MB")
    return data
