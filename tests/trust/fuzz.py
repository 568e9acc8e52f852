"""Throws broken, swapped and made-up input at every parser and form, and counts what was not answered properly.

    python -m tests.trust.fuzz --inputs 1000000 --seed 1

A proper answer is a value or one of our own errors, soon, and no error repeats what was thrown. The suite does the
same with a few thousand (test_fuzz.py); `./dev bench trust` with a million.
"""

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.trust.good_inputs import good_inputs
from tests.trust.parsers import ALSO, MAY_REPEAT, SECRET, Parser, parsers

from lightkeeper.core.errors import LightkeeperError

SLOW = 2.0  # seconds of the processor for one input
WORDS = (
    *b"\x00 \xff \xfe\xff \xef\xbb\xbf \r\n \n , \" ' : { } [ ] = / @ # %s ../ \xe2\x80\xae \\u0000 \\ud800".split(
        b" "
    ),
    *b"null true NaN 1e999 -1 0 age1 2026-01-31T09:30:00Z 31/02/2026 9999-12-31 0000-00-00 24:61".split(b" "),
    *(b"9" * 40, b"9" * 5000, b"\xf0\x9f\x98\xad", b"\xcc\x81" * 30, b"a" * 3000, b"[" * 6000, b'{"a":' * 2000),
    *(SECRET.encode(), b"<!ENTITY", b"PK\x03\x04"),
)


@dataclass(slots=True)
class Found:
    """What came of it, by parser."""

    tried: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)  # parser, and what went wrong; never the input
    slowest: float = 0.0


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
        told = str(error) + "".join(traceback.format_exception(error))
        if SECRET in told and name not in MAY_REPEAT:
            found.wrong.append(f"{name}: its error repeats the input")
    except ALSO.get(name, ()):
        found.refused[name] += 1
    except Exception as error:  # the very thing that is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        found.wrong.append(f"{name}: {type(error).__name__} at {Path(last.filename).name}:{last.lineno}")
    took = time.process_time() - begin
    if took > SLOW:  # the first time may have compiled or imported something
        took = seconds_of(parse, data)
    found.slowest = max(found.slowest, took)
    if took > SLOW:
        found.wrong.append(f"{name}: took {took:.1f} s")


def seconds_of(parse: Parser, data: bytes) -> float:
    begin = time.process_time()
    with suppress(Exception):
        parse(data)
    return time.process_time() - begin


def fuzz(inputs: int, seed: int) -> Found:
    """Spread so many inputs evenly over all parsers."""
    dice, found, good = random.Random(seed), Found(), good_inputs()
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


if __name__ == "__main__":
    main()
