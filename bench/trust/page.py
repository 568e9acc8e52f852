"""Writes docs/explanation/trust.md from what the parts of the bench found."""

import os
import platform
from typing import Any

HEAD = """# What was tried, and what came of it
<!-- written by `./dev bench trust`; do not edit -->

Peers publish no fault injection and no proof of purge. This page is made by one command that anybody can run, from real
runs, and says what it found, good or bad. The short forms of all of it run in the test suite (`tests/trust`), and each has
a test of its judge: a count or a search that could not fail would prove nothing. A row says what was found on its day;
what breaks is mended, kept as an example (`tests/trust/once_broke`) and thrown again in every run of the tests.
"""
TITLES = {
    "faults": "Processes and the database killed, clocks set",
    "cuts": "The power cut after every write",
    "theft": "The public server stolen",
    "load": "Many at once",
    "fuzz": "Broken input",
    "guided": "Broken input that is led by what it reaches",
    "images": "Pictures in disguise",
    "restore": "Backup and restore",
    "attacks": "Attacks on the sites",
}
NOTES = {
    "guided": """
"The process ended with 77" is no fault of a parser: libFuzzer and numba each bring an LLVM, which fall over one another
when a search is over. Searches after this one do not count it.
""",
}
COLUMNS = {"attacks": ("attack", "how it was tried", "result")}
FOOT = """
## What a thief of the team server reads
Everything in the casebook: it is open text in the team's database, because it is searched, linked and worked with. What
waits in the inbox or the spool stays shut as long as the passphrase of the key file is not on the same disk. Full-disk
encryption, the room, and PostgreSQL's own users are the team's to set. Backups are sealed for a key that is offline.

## Where the rest is tried
| what | tests |
| --- | --- |
| a full disk, a read-only disk (a small disk of the site's own) | `tests/trust/test_disks.py` |
| a clock that is set back or forward while somebody reports, in one process | `tests/web/public/test_clock.py` |
| the log: structured, a request id, no address, no receipt, no word | `tests/trust/test_log.py` |
| commands where there is no network at all | `tests/trust/test_no_network.py` |
| migrations forward from every released version, on both databases, every row value for value | `tests/trust/test_upgrade.py` |
| a report that moves while a backup is made; hostile, cut and changed backups | `tests/cli/test_backup.py` |
| edits, deletions, reorders and cuts of the log | `tests/desk/test_audit.py`, `lightkeeper verify audit` |
| locked, hashed, licensed, reproducible, CycloneDX; an audit without a network | `tests/house/test_supply.py` |

## What was not tried
A disk that says it has synced and has not, or a file system that is itself damaged (the cuts above lose, keep or tear
what was not synced, and nothing else); two machines that fall apart in the middle of a backup; load on machines of its own;
a coverage-guided fuzzer for days (above it ran for minutes); a person from outside who attacks it with intent. Each would
be welcome; `SECURITY.md` says how to tell us.
"""


def machine() -> str:
    """What kind of machine this is, and how busy it was. Never its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    kernel = ".".join(platform.release().split(".")[:2])
    allowed, there = len(os.sched_getaffinity(0)), os.cpu_count()
    cores = f"{there} cores" if allowed == there else f"{allowed} of {there} cores"
    kind = f"{cores}, {memory:.0f} GiB, {platform.system()} {kernel} {platform.machine()}"
    return f"{kind}, Python {platform.python_version()}, load average {os.getloadavg()[1]:.0f}"


def write_page(found: dict[str, Any]) -> str:
    """The page. A part that was never run says so."""
    return HEAD + "".join(section(name, found.get(name)) for name in TITLES) + FOOT


def section(name: str, part: dict[str, Any] | None) -> str:
    title = f"\n## {TITLES[name]}\n"
    if part is None:
        return title + f"Not run yet: `./dev bench trust --only {name}`.\n"
    run = f"Run on {part['day']}, {part['machine']}; seed {part['seed']}; {part['minutes']} minutes.\n\n"
    head = COLUMNS.get(name, ("what was done", "how much", "what came of it"))
    lines = [head, ("---",) * 3, *part["rows"]]
    return title + run + "".join(f"| {' | '.join(line)} |\n" for line in lines) + note(name, part)


def note(name: str, part: dict[str, Any]) -> str:
    """What has to be known of a row that says something strange."""
    strange = "ended with 77" in str(part["rows"])
    return NOTES.get(name, "") if strange else ""
