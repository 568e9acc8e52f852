"""Throws broken, swapped and made-up input at every parser and form, and counts what was not answered properly.

    python -m tests.trust.fuzz --inputs 1000000 --seed 1

A proper answer is a value or one of our own errors, soon, and no error repeats what was thrown. The suite does the
same with a few thousand (test_fuzz.py); `./dev bench trust` with a million.
"""

import argparse
import json
import random
import sys
import tempfile
import time
import tomllib
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lightkeeper.core.errors import LightkeeperError

TOP = Path(__file__).parents[2]
SLOW = 2.0  # seconds of the processor for one input
SECRET = "wren-harbour-7391"  # stands in every seed; no error may show it
WORDS = (
    *(
        b"\x00",
        b"\xff",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"\r\n",
        b"\n",
        b",",
        b'"',
        b"'",
        b":",
        b"{",
        b"}",
        b"[",
        b"]",
    ),
    *(
        b"null",
        b"true",
        b"NaN",
        b"1e999",
        b"-1",
        b"9" * 40,
        b"0",
        b"\\u0000",
        b"\\ud800",
        b"%s",
        b"../",
        b"\xe2\x80\xae",
    ),
    *(
        b"2026-01-31T09:30:00Z",
        b"31/02/2026",
        b"9999-12-31",
        b"0000-00-00",
        b"24:61",
        b"age1",
        b"=",
        b"/",
        b"@",
        b"#",
    ),
    *(SECRET.encode(), b"\xf0\x9f\x98\xad", b"\xcc\x81" * 30, b"a" * 3000, b"[" * 600, b"<!ENTITY", b"PK\x03\x04"),
)
Parser = Callable[[bytes], object]


@dataclass(slots=True)
class Found:
    """What came of it, by parser."""

    tried: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)  # parser, and what went wrong; never the input
    slowest: float = 0.0


def text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def parsers() -> dict[str, Parser]:
    """Every place where something from outside is read."""
    from lightkeeper.check.batch import read_conversations
    from lightkeeper.check.engine import check
    from lightkeeper.check.exports import read_exports
    from lightkeeper.check.exports.pasted import read_lines
    from lightkeeper.cli.link import read_decisions
    from lightkeeper.core.identifier import Identifier, IdentifierKind
    from lightkeeper.core.report import parse_report
    from lightkeeper.desk.exchange.ncmec import read_referral
    from lightkeeper.link.keys import forms_of
    from lightkeeper.report.form import read_screen, screens
    from lightkeeper.report.kept import open_kept
    from lightkeeper.report.receipt import read_receipt
    from lightkeeper.report.redact import clean
    from lightkeeper.report.seal import open_envelope, read_recipients
    from lightkeeper.warn.figures import read_figures
    from lightkeeper.watch.events import read_events
    from lightkeeper.watch.ledger import read_ledger
    from lightkeeper.watch.series import read_series
    from lightkeeper.web.shared.backup.manifest import read_manifest
    from lightkeeper.web.shared.publications import shelf_from_text

    scratch = Path(tempfile.gettempdir()) / f"lightkeeper-fuzz-{time.time_ns()}"

    def as_file(read: Callable[[Path], object]) -> Parser:
        def through_a_file(data: bytes) -> object:
            try:
                scratch.write_bytes(data)
                return read(scratch)
            finally:
                scratch.unlink(missing_ok=True)

        return through_a_file

    def every_form(data: bytes) -> object:
        pieces = text(data).split("\n")
        given = [{one.name: pieces[at : at + 2] for at, one in enumerate(screen.fields)} for screen in screens()]
        return [read_screen(screen, one) for screen, one in zip(screens(), given, strict=True)]

    def every_identifier(data: bytes) -> object:
        value = text(data)[:400]
        return [list(forms_of(Identifier(kind, value or "x"))) for kind in IdentifierKind if kind != "image_hash"]

    return {
        "chat export": lambda data: read_exports(data),
        "pasted chat, checked": lambda data: check(read_lines(text(data[:2000]))),
        "batch of chats": lambda data: list(read_conversations(data.split(b"\n"))),
        "report": lambda data: parse_report(data),
        "referral": lambda data: read_referral(data),
        "forms": every_form,
        "field": lambda data: clean(text(data), 8000),
        "receipt": lambda data: read_receipt(text(data)),
        "answers on their way": lambda data: open_kept(text(data), b"k" * 32),
        "envelope": lambda data: open_envelope(data, []),
        "recipients": lambda data: read_recipients(text(data)),
        "identifiers": every_identifier,
        "decisions": as_file(read_decisions),
        "series": as_file(read_series),
        "figures": lambda data: read_figures(data),
        "ledger": lambda data: read_ledger(text(data).splitlines()),
        "events": lambda data: read_events(text(data)),
        "publications": lambda data: shelf_from_text(text(data)),
        "manifest": as_file(read_manifest),
    }


ALSO: dict[str, tuple[type[Exception], ...]] = {  # what a parser says it raises besides our own errors
    "manifest": (ValueError, KeyError, TypeError, AttributeError),
}


def seeds() -> dict[str, list[bytes]]:
    """Good inputs to begin with, by parser: the worked examples of the manual, and our own kinds of files."""
    from tests.check.exports.conftest import SPEC, _sample

    chats = [_sample(tomllib.loads(path.read_text("utf-8")))[0] for path in sorted(SPEC.glob("samples/*.toml"))]
    chats = [chat.replace(b"hi", SECRET.encode(), 1) for chat in chats]
    own = own_files()
    return {
        "chat export": chats,
        "pasted chat, checked": chats,
        **own,
        "": [one for all_ in own.values() for one in all_],
    }


def own_files() -> dict[str, list[bytes]]:
    from tests.desk.made_up import made_up

    from lightkeeper.report.kept import Kept, close

    told = [f"@{SECRET}\n07700 900123\nhttps://example.com/{SECRET}\nGB29 NWBK 6016 1331 9268 19\n14".encode()]
    referral = {
        "reportId": 7,
        "incidentSummary": {"incidentDateTime": "2026-01-31T09:30:00Z"},
        "additionalInfo": SECRET,
    }
    scope = {"what": "area", "first": "2026-01-01", "last": "2026-01-31", "where": [["area", "kent"]]}
    release = {"day": "2026-02-01", "entries": [{"scope": scope, "true": 3, "low": 1, "high": 4}], "covers": []}
    return {
        "report": [json.dumps({**made_up(1).as_json(), "narrative": SECRET}).encode()],
        "referral": [json.dumps(referral).encode()],
        "batch of chats": [json.dumps({"id": "c", "messages": [{"sender": "Sam", "text": SECRET}]}).encode()],
        **dict.fromkeys(("forms", "field", "identifiers"), told),
        "receipt": [b"acorn amber apple apron arrow aspen atlas autumn badge"],
        "answers on their way": [close(Kept({"what": (SECRET,)}), b"k" * 32).encode()],
        "recipients": [b"age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p # offline\n"],
        "decisions": [b'{"a": "R-1", "b": "R-2", "verdict": "confirmed"}\n'],
        "series": [
            b"series,week,count\n" + SECRET.encode() + b",2026-W01,3\n" + SECRET.encode() + b",2026-W02,4\n"
        ],
        "events": [
            b'[[event]]\nkind = "holiday"\nwords = "x"\nfrom = 2026-01-01\nto = 2026-01-02\n',
            b"event = 5",
        ],
        "ledger": [json.dumps(release).encode()],
        "publications": [
            b'{"schema": "lightkeeper.publications/1", "changed": null, "warnings": [], "figures": []}'
        ],
        "manifest": [b'{"made": "x", "version": "1", "files": {"a": {"bytes": 1, "sha256": "x"}}}'],
        "figures": [path.read_bytes()[:4000] for path in sorted((TOP / "docs/examples").rglob("*.json"))[:6]],
    }


def broken(good: list[bytes], dice: random.Random) -> bytes:
    """One input: a good one with a few things changed, swapped, repeated or cut."""
    data = bytearray(dice.choice(good))
    for _ in range(dice.choice((1, 1, 2, 4, 12))):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(7):
            case 0:
                data[at:at] = dice.choice(WORDS)
            case 1:
                del data[at : at + dice.randrange(1, 40)]
            case 2 if data:
                data[at % len(data)] = dice.randrange(256)
            case 3:
                data[at : at + 8] = dice.choice(WORDS)
            case 4:
                data[at:at] = data[at : at + dice.randrange(1, 200)] * dice.randrange(1, 5)
            case 5:
                other = dice.choice(good)
                start = dice.randrange(len(other) + 1)
                data[at:] = other[start : start + 4000]
            case _:
                data = data[: dice.randrange(len(data) + 1)]
    return bytes(data[:20_000])


def throw(name: str, parse: Parser, data: bytes, found: Found) -> None:
    found.tried[name] += 1
    begin = time.process_time()
    try:
        parse(data)
    except LightkeeperError as error:
        found.refused[name] += 1
        if SECRET in str(error) or SECRET in "".join(traceback.format_exception(error)):
            found.wrong.append(f"{name}: its error repeats the input")
    except ALSO.get(name, ()):
        found.refused[name] += 1
    except Exception as error:  # the very thing that is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        found.wrong.append(f"{name}: {type(error).__name__} at {Path(last.filename).name}:{last.lineno}")
    took = time.process_time() - begin
    found.slowest = max(found.slowest, took)
    if took > SLOW:
        found.wrong.append(f"{name}: took {took:.1f} s")


def fuzz(inputs: int, seed: int) -> Found:
    """Spread so many inputs evenly over all parsers."""
    dice, found, good = random.Random(seed), Found(), seeds()
    turns: list[tuple[str, Parser]] = list(parsers().items())
    for number in range(inputs):
        name, parse = turns[number % len(turns)]
        throw(name, parse, broken(good.get(name, good[""]), dice), found)
    return found


def disguised_images(count: int, seed: int) -> Iterator[str]:
    """Files of pictures of every kind, with other bytes each time, in every disguise that we know of."""
    from tests.report.test_images import DISGUISES, FILES

    dice, kinds, ways = random.Random(seed), list(FILES.values()), list(DISGUISES.values())
    for number in range(count):
        whole = kinds[number % len(kinds)]
        head = whole[:40] if b"\x89PNG" not in whole[40:] and b"\xff\xd8\xff" not in whole[40:] else whole[:460]
        yield ways[number % len(ways)](head + dice.randbytes(dice.randrange(300, 1200)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = fuzz(options.inputs, options.seed)
    for name, tried in found.tried.items():
        print(f"{name}: {tried:,} tried, {found.refused[name]:,} refused")
    for wrong, times in Counter(found.wrong).most_common():
        print(f"WRONG {times} x {wrong}")
    print(f"slowest: {found.slowest:.2f} s")
    sys.exit(1 if found.wrong else 0)


def summary(found: Found) -> dict[str, Any]:
    return {"tried": sum(found.tried.values()), "refused": sum(found.refused.values()), "wrong": len(found.wrong)}


if __name__ == "__main__":
    main()
