"""Input that is led by what it reaches: libFuzzer keeps what runs new lines of ours and goes on from there.

    python -m tests.trust.guided PARSER SECONDS SEED FOLDER

One process a parser. What is not answered properly goes into FOLDER, by its sum, and the search goes on. Through
atheris, which is in the requirements of the bench alone: there is none for every machine.
"""

import importlib.util
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

TOP = Path(__file__).parents[2]
LONGEST = 20_000  # bytes of one input
MEMORY = 2_048  # MB; more for one input is a finding


@dataclass(frozen=True, slots=True)
class Guided:
    """What one parser's search came to."""

    tried: int
    reached: int  # places in our code where the way parts, and one of the ways was taken
    found: tuple[str, ...]  # what went wrong, each once; never the input


def can_be_guided() -> bool:
    return importlib.util.find_spec("atheris") is not None


def search(parser: str, seconds: float, seed: int, folder: Path) -> Guided:
    """Search for so long in a process of its own."""
    words = [sys.executable, "-m", "tests.trust.guided", parser, str(seconds), str(seed), str(folder)]
    done = subprocess.run(words, cwd=TOP, capture_output=True, text=True, errors="replace", check=False)
    tried = re.search(r"stat::number_of_executed_units: (\d+)", done.stderr)
    reached = re.findall(r"\bcov: (\d+)", done.stderr)
    assert tried is not None, done.stderr[-2000:]
    found = dict.fromkeys(re.findall(r"^FOUND (.+)$", done.stderr, re.MULTILINE))
    if "\nDone " not in done.stderr:  # too slow, too much memory, or the interpreter itself fell
        found[f"{parser}: the process ended with {done.returncode}"] = None
    elif done.returncode != 0:  # libFuzzer and numba each bring an LLVM, and fall over one another at the very end
        for last in folder.glob("crash-*"):
            last.unlink()
    return Guided(int(tried[1]), int(reached[-1]) if reached else 0, tuple(found))


def compiled() -> list[str]:
    """The modules that numba compiles: it reads their bytecode, so nothing may be put into it."""
    link = TOP / "src/lightkeeper/link"
    names = [f"lightkeeper.link.arrays.{path.stem}" for path in (link / "arrays").glob("*.py")]
    return [*names, "lightkeeper.link.hash_kernels"]


def main(parser: str, seconds: float, seed: int, folder: Path) -> None:
    import atheris

    with atheris.instrument_imports(include=["lightkeeper"], exclude=compiled()):
        from tests.trust.fuzz import Found, broken, throw
        from tests.trust.good_inputs import good_inputs
        from tests.trust.parsers import parsers

        parse, good = parsers()[parser], good_inputs()
        begin = good.get(parser, good[""])
        for data in begin:  # what is imported on the way is watched as well
            throw(parser, parse, data, Found())
    seen: Counter[str] = Counter()

    def once(data: bytes) -> None:
        found = Found()
        throw(parser, parse, data, found)
        for wrong in found.wrong:
            keep(folder, wrong, data, seen)

    with tempfile.TemporaryDirectory() as work:
        for number, data in enumerate(begin):
            Path(work, str(number)).write_bytes(data[:LONGEST])
        limits = [
            f"-max_total_time={seconds:.0f}",
            f"-max_len={LONGEST}",
            f"-rss_limit_mb={MEMORY}",
            "-timeout=60",
        ]
        words = [parser, work, f"-seed={seed}", *limits, f"-artifact_prefix={folder}/", "-print_final_stats=1"]

        def change(data: bytes, longest: int, number: int) -> bytes:
            """As libFuzzer would, or as fuzz.py does, which knows our kinds of files."""
            dice = random.Random(number)
            ours = dice.random() < 0.5
            return broken([data, data, *begin], dice)[:longest] if ours else atheris.Mutate(data, longest)

        atheris.Setup(words, once, custom_mutator=change)
        atheris.Fuzz()


def keep(folder: Path, wrong: str, data: bytes, seen: Counter[str]) -> None:
    """The first input for each thing that went wrong."""
    seen[wrong] += 1
    if seen[wrong] == 1:
        print(f"FOUND {wrong}", file=sys.stderr, flush=True)
        (folder / sha256(data).hexdigest()[:16]).write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
