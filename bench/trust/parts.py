"""The parts of the trust bench: each breaks something for long and gives rows: what, how much, what came of it."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.postgres import Cluster, running_cluster, there_is_postgres
from tests.sites import Site, build_house, serve
from tests.trust.faults import (
    Outcome,
    count_outcome,
    envelopes_in_postgres,
    kill_postgres,
    prepared_inbox,
    send_under_fire,
    wait_for_an_empty_spool,
)
from tests.trust.fuzz import disguised_images, fuzz
from tests.trust.guided import can_be_guided, search
from tests.trust.load import Load, press
from tests.trust.parsers import parsers
from tests.trust.power.cuts import cut_the_power, cut_the_power_of_postgres
from tests.trust.power.traced import can_be_traced
from tests.trust.reporting import ask, kept_of
from tests.trust.test_faults import run_on_postgres, run_on_sqlite
from tests.trust.theft import plant, traces

from lightkeeper.report.form import read_screen, screens

TOP = Path(__file__).parents[2]
ATTACKS = TOP / "tests/trust/attacks.toml"
ONCE_BROKE = TOP / "tests/trust/once_broke"
MANY = "1000000"  # the limit on reports of one network is not what is tried here
Row = tuple[str, str, str]
Part = Callable[[argparse.Namespace], Iterator[Row]]


@contextmanager
def empty_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="lightkeeper-trust-") as folder:
        yield Path(folder)


def on_both(work: Callable[[str, list[Path], Site], Row]) -> Iterator[Row]:
    """Do the work on a public site with SQLite, then on one with PostgreSQL; with the folders each writes to."""
    with empty_folder() as folder:
        house = build_house(folder)
        with serve(house, "public", workers=2, MOST_REPORTS=MANY) as site:
            yield work("SQLite", [folder], site)
    if there_is_postgres():
        with empty_folder() as folder, running_cluster() as cluster:
            house = build_house(folder)
            _, address = prepared_inbox(house, cluster)
            with serve(house, "public", workers=2, MOST_REPORTS=MANY, INBOX_URL=address) as site:
                yield work("PostgreSQL", [folder, cluster.data], site)


def faults(options: argparse.Namespace) -> Iterator[Row]:
    with empty_folder() as folder:
        done = run_on_sqlite(folder, options.reports, options.seed)
        yield say_faults("workers and drainers killed (SQLite)", done)
    if there_is_postgres():
        with empty_folder() as folder, running_cluster() as cluster:
            done = run_on_postgres(folder, cluster, options.reports, options.seed)
            yield say_faults("workers, drainers and the database server killed (PostgreSQL)", done)
        with empty_folder() as folder, running_cluster() as cluster:
            yield say_faults(
                "the database away for 60 seconds (PostgreSQL)", away_for_a_minute(folder, cluster, options)
            )


def say_faults(what: str, done: Outcome) -> Row:
    tried = f"{done.sent:,} reports, {done.kills:,} × kill -9, {done.seconds:.0f} s"
    found = f"{done.acknowledged:,} acknowledged; {done.lost} lost, {done.twice} twice, {done.unopened} unopenable"
    return what, tried, found


def away_for_a_minute(folder: Path, cluster: Cluster, options: argparse.Namespace) -> Outcome:
    """The server is killed once and stays away for a minute while reports go on."""
    house, begin, once = build_house(folder), time.monotonic(), []
    name, address = prepared_inbox(house, cluster)

    def kill_once() -> None:
        if not once:
            once.append(True)
            kill_postgres(cluster, 60)

    with serve(house, "public", workers=2, MOST_REPORTS=MANY, INBOX_URL=address) as site:
        acknowledged, _ = send_under_fire(site, options.reports, [kill_once], options.seed, pause=0.5)
        wait_for_an_empty_spool(house, 60)
        found = envelopes_in_postgres(cluster, name)
    seconds = time.monotonic() - begin
    return count_outcome(house, found, acknowledged, options.reports, len(once), seconds)


def cuts(options: argparse.Namespace) -> Iterator[Row]:
    with empty_folder() as folder:
        done = cut_the_power(folder, options.cut_reports, options.cuts, options.seed)
        how = (
            "after each, what was not synced lost, kept or torn" if not options.cuts else "at moments drawn by lot"
        )
        yield (
            "the power cut during the whole way of a report: slot, spool, drainer, tray, casebook, log (SQLite)",
            f"{done['writes']:,.0f} writes, syncs, renames and removals; {done['cuts']:,.0f} cuts: {how}",
            f"{done['acknowledged']:,.0f} acknowledged; {done['lost']:.0f} lost, {done['twice']:.0f} twice, "
            f"{done['unopened']:.0f} unopenable, {done['broken']:.0f} databases or logs broken",
        )
    with empty_folder() as folder:
        done = cut_the_power(folder, 6, 60, options.seed, careless=True)
        yield (
            "the same with every sync left out, to see that the count can fail",
            f"{done['cuts']:,.0f} cuts",
            f"{done['lost']:,.0f} losses were seen",
        )
    if there_is_postgres() and can_be_traced():
        yield say_postgres_cuts(options)
        done = cut_the_power_of_postgres(6, 60, options.seed, careless=True)
        yield (
            "the same with fsync off, to see that the count can fail",
            f"{done['cuts']:,.0f} cuts",
            f"{done['lost']:,.0f} losses were seen, and {done['broken']:.0f} servers that did not come up whole",
        )


def say_postgres_cuts(options: argparse.Namespace) -> Row:
    done = cut_the_power_of_postgres(options.cut_reports, options.postgres_cuts, options.seed)
    how = "three after each" if not options.postgres_cuts else "at moments drawn by lot"
    return (
        "the same way of a report with the power cut below PostgreSQL: the writes of all its processes to its log, "
        "tables and control file, and those of the spool; then the server started on what was left, and every "
        "table and index checked (amcheck)",
        f"{done['writes']:,.0f} writes, syncs, renames and removals; {done['cuts']:,.0f} cuts, {how}: what was "
        "not synced lost, kept or torn",
        f"{done['acknowledged']:,.0f} acknowledged; {done['lost']:.0f} lost, {done['twice']:.0f} twice, "
        f"{done['unopened']:.0f} unopenable, {done['broken']:.0f} databases or logs broken",
    )


def theft(options: argparse.Namespace) -> Iterator[Row]:
    def work(name: str, folders: list[Path], site: Site) -> Row:
        planted = plant(site, options.reports if name == "SQLite" else options.reports // 4)
        found = [trace for folder in folders for trace in traces(folder)]
        return (
            f"the public server's disk stolen while it runs ({name})",
            f"{planted:,} reports, answers and words of feedback with canaries; every file of the site and the "
            "database byte for byte, as text, UTF-16, hex, base64, and inside compressed blocks",
            f"{len(found)} files in which one can be read",
        )

    yield from on_both(work)


def load(options: argparse.Namespace) -> Iterator[Row]:
    def work(name: str, folders: list[Path], site: Site) -> Row:
        return say_load(
            f"100 at once, reading and reporting ({name})", press(site, 100, options.seconds, options.seed)
        )

    yield from on_both(work)


def say_load(what: str, done: Load) -> Row:
    third = len(done.memory) // 3
    early, late = max(done.memory[third : 2 * third]), max(done.memory[2 * third :])
    found = (
        f"{len(done.wrong)} errors; {done.reports:,} reports kept; median {done.quantile(0.5):,.0f} ms, "
        f"p99 {done.p99:,.0f} ms (the clients share the cores); memory {early:.0f} MB in the middle third, "
        f"{late:.0f} MB in the last"
    )
    return what, f"{len(done.times):,} visits in {done.seconds:.0f} s", found


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


def restore(options: argparse.Namespace) -> Iterator[Row]:
    from restoring import run

    with empty_folder() as folder:
        yield say_restore("SQLite", run(folder, options.cases))
    if there_is_postgres():
        with empty_folder() as folder, running_cluster() as cluster:
            here, there = cluster.url(cluster.new_database()), cluster.url(cluster.new_database())
            yield say_restore("PostgreSQL", run(folder, options.cases, here, there))


def say_restore(name: str, done: dict[str, float]) -> Row:
    return (
        f"backup and restore of a casebook that is written to ({name})",
        f"{done['cases']:,.0f} cases, {done['meanwhile']:.0f} more while the backup was made",
        f"backup {done['backing_up']:.1f} s ({done['size']:.0f} MB sealed), restore {done['restoring']:.1f} s; "
        f"{done['missing']:.0f} missing; the log holds",
    )


def attacks(options: argparse.Namespace) -> Iterator[Row]:
    """Run the tests of each attack, and say how many tries held."""
    table = tomllib.loads(ATTACKS.read_text(encoding="utf-8"))["attack"]
    tests = sorted({test for one in table for test in one["tests"]})
    outcomes = run_tests(tests)
    for one in table:
        found = Counter(outcome for test in one["tests"] for outcome in outcomes.get(test, ["not run"]))
        bad = sum(count for outcome, count in found.items() if outcome != "held")
        result = f"{found['held']:,} tries held" if not bad else f"{bad} OF {sum(found.values())} DID NOT HOLD"
        yield one["name"], one["how"], result


def run_tests(tests: list[str]) -> dict[str, list[str]]:
    """Outcomes by the name that was asked for. The two sites' tests need a process each."""
    found: dict[str, list[str]] = {test: [] for test in tests}
    rooms = ("tests/web/public", "tests/web/team", "")
    for room in rooms:
        mine = [t for t in tests if (t.startswith(room) if room else not t.startswith("tests/web/"))]
        with empty_folder() as folder:
            report = folder / "report.xml"
            command = [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                f"--junitxml={report}",
                f"--basetemp={folder}/tmp",
                *mine,
            ]
            clean = {
                name: text for name, text in os.environ.items() if not name.startswith(("LIGHTKEEPER_", "DJANGO_"))
            }
            subprocess.run(command, cwd=TOP, env=clean, check=False, stdout=subprocess.DEVNULL)
            for case in ET.parse(report).getroot().iter("testcase"):
                note(found, mine, case)
    return found


def note(found: dict[str, list[str]], asked: list[str], case: ET.Element) -> None:
    file = case.get("classname", "").replace(".", "/") + ".py"
    name = case.get("name", "").split("[")[0]
    bad = case.find("failure") is not None or case.find("error") is not None
    outcome = "broken" if bad else "left out" if case.find("skipped") is not None else "held"
    for test in asked:
        path, _, wanted = test.partition("::")
        if file.startswith(path.removesuffix(".py")) and wanted in ("", name):
            found[test].append(outcome)


PARTS: dict[str, Part] = {
    "faults": faults,
    "cuts": cuts,
    "theft": theft,
    "load": load,
    "fuzz": throw_at_parsers,
    "guided": guided,
    "images": images,
    "restore": restore,
    "attacks": attacks,
}
