"""Parts of the trust bench: broken input, input that is led by what it reaches, pictures in disguise."""

import argparse
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ground import Row, empty_folder, on_both
from tests.sites import Site
from tests.trust.fuzz import disguised_images, fuzz
from tests.trust.guided import can_be_guided, search
from tests.trust.parsers import parsers
from tests.trust.reporting import ask, kept_of

from lightkeeper.report.form import read_screen, screens

TOP = Path(__file__).parents[2]
ONCE_BROKE = TOP / "tests/trust/once_broke"


def throw_at_parsers(options: argparse.Namespace) -> Iterator[Row]:
    done = fuzz(options.inputs, options.seed)
    wrong = Counter(done.wrong)
    tried = sum(done.tried.values())
    yield (
        f"broken input at {len(done.tried)} parsers and forms",
        f"{tried:,} inputs",
        f"{len(done.wrong)} not answered with a value or one clear error; {sum(done.refused.values()):,} refused; "
        f"slowest {done.slowest:.2f} s of processor time" + "".join(f"; {one}" for one in list(wrong)[:5]),
    )


def guided(options: argparse.Namespace) -> Iterator[Row]:
    """Each parser in turn; what breaks is kept beside the tests, which throw it again from then on."""
    if not can_be_guided():
        raise SystemExit(
            "atheris is not installed here: `./dev bench` puts it in on Linux with Python 3.11 to 3.13"
        )
    tried = reached = 0
    wrong: list[str] = []
    names = list(parsers())
    for name in names:
        with empty_folder() as folder:
            done = search(name, options.guided_seconds / len(names), options.seed, folder)
            if not options.dry and any(folder.iterdir()):
                shutil.copytree(folder, ONCE_BROKE / name.replace(" ", "_"), dirs_exist_ok=True)
        tried, reached = tried + done.tried, reached + done.reached
        wrong.extend(done.found)
    yield (
        f"input led by what it reaches (libFuzzer, through atheris) at {len(names)} parsers and forms",
        f"{tried:,} inputs, {options.guided_seconds / len(names):.0f} s for each parser, one core",
        f"{len(wrong)} not answered with a value or one clear error; {reached:,} branches of our code reached"
        + "".join(f"; {one}" for one in wrong[:5]),
    )


def images(options: argparse.Namespace) -> Iterator[Row]:
    yield at_the_form(options)

    def work(name: str, folders: list[Path], site: Site) -> Row:
        count = options.images // 20
        answered: Counter[int] = Counter()
        kept = kept_of(ask(f"{site.address}/report").page)
        begins = []
        for hidden in disguised_images(count, options.seed + 1):
            form = {"kept": kept, "screen": "what", "what": hidden, "go": "next"}
            answered[ask(f"{site.address}/report", form).status] += 1
            begins.append(hidden[200:240].encode())
        disk = b"".join(path.read_bytes() for one in folders for path in one.rglob("*") if path.is_file())
        bytes_kept = sum(len(one) for one in begins if one and one in disk)
        return (
            f"the same, typed into the report of a running site ({name})",
            f"{count:,}",
            f"{answered[422]:,} refused at the field, {count - answered[422]:,} not; {bytes_kept} bytes on disk",
        )

    yield from on_both(work)


def at_the_form(options: argparse.Namespace) -> Row:
    """Each picture in every field of the report that takes words."""
    fields = [one for screen in screens() for one in screen.fields if one.kind in ("text", "line", "lines")]
    screen_of = {one.name: screen for screen in screens() for one in screen.fields}
    kept = tried = 0
    for number, hidden in enumerate(disguised_images(options.images, options.seed)):
        name = fields[number % len(fields)].name
        answers, _ = read_screen(screen_of[name], {name: [hidden]})
        tried += 1
        kept += sum(len(value) for values in answers.values() for value in values)
    return (
        "pictures in disguise at the form, in each field that takes words",
        f"{tried:,}: 12 kinds of files, 25 disguises, other bytes each time",
        f"{kept} bytes kept",
    )
