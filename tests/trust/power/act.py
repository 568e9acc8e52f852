"""Send reports through the real slot, spool and tray, write down each write, then cut the power after every one.

    python -m tests.trust.power.act FOLDER REPORTS CUTS SEED [careless]

A process of its own: it replaces SQLite's file system. CUTS is how many cuts to try (0: after every write, three
ways). `careless` leaves the syncs out, to show that this would be noticed. Prints what it found as JSON.
"""

import json
import os
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.sites import House, build_house
from tests.trust.power.recorder import Disk, Event, RecordingSqlite, recording_spool
from tests.trust.power.replay import WAYS, Machine

NOW = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)


@dataclass(slots=True)
class Found:
    """What all the cuts came to."""

    writes: int  # things done to the disk
    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    twice: int = 0
    unopened: int = 0
    broken: int = 0  # a database that is not sound, or a log whose chain does not hold
    seconds: float = 0


def main(folder: Path, reports: int, cuts: int, seed: int, careless: bool) -> Found:
    house, dice, begin = build_house(folder), random.Random(seed), time.monotonic()
    set_up(house)
    live = folder / "team"
    disk = Disk(live)
    sqlite = RecordingSqlite(disk)
    shutil.copytree(live, folder / "start")
    disk.recording = True
    with recording_spool(disk, careless):
        on_every_connection("PRAGMA synchronous = OFF" if careless else "PRAGMA synchronous = FULL")
        do_the_work(house, live, disk, reports, dice, careless)
    disk.recording = False
    assert sqlite.names, "nothing was recorded"
    assert any(event.what == "write" and ".sqlite3" in event.path for event in disk.events)
    found = Found(sum(event.what != "mark" for event in disk.events))
    cut_everywhere(folder, disk.events, cuts, dice, found)
    found.seconds = time.monotonic() - begin
    return found


def set_up(house: House) -> None:
    """The team's settings, because they know both databases: the inbox and the casebook."""
    own = house.folder / "team" / "inbox.sqlite3"
    os.environ.update(house.environment("team", INBOX_URL=f"sqlite:///{own}"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "lightkeeper.web.shared.settings.team"
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    for alias in connections:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    connections.close_all()
    (house.folder / "team" / "spool").mkdir()


def do_the_work(house: House, live: Path, disk: Disk, reports: int, dice: random.Random, careless: bool) -> None:
    """Reports and answers come, some while the inbox is away; the spool is drained; the team takes what waits."""
    from django.db import connections

    from lightkeeper.report.receipt import make_receipt
    from lightkeeper.report.spool import Spool
    from lightkeeper.report.submit import Sealing, keep, seal_answer, seal_report
    from lightkeeper.web.inbox.slot import InboxSlot

    spool, sealing = Spool(live / "spool"), Sealing((house.team_key.recipient,), b"p" * 32)
    small_logs()
    for number in range(reports):
        receipt, now = make_receipt(), NOW + timedelta(minutes=number)
        told = {"what": (f"Report {number}: somebody threatens to show a photo.",)}
        sent = seal_report(told, "en", receipt, sealing, now)
        away = dice.random() < 0.4
        for _ in range(1 + (dice.random() < 0.2)):  # pressed twice
            keep(sent, (spool,) if away else (InboxSlot(), spool))
        disk.mark(str(sent.reference))
        if dice.random() < 0.3:
            keep(seal_answer(f"Answer {number}.", "en", receipt, sealing, now), (InboxSlot(), spool))
            disk.mark(f"Answer {number}.")
        if dice.random() < 0.3:
            spool.drain(InboxSlot())
        if dice.random() < 0.3:
            take()
        if dice.random() < 0.1 and not careless:
            connections.close_all()
            small_logs()


def small_logs() -> None:
    """Write the log back into the database often, so that a short run cuts the power in the middle of that too."""
    on_every_connection("PRAGMA wal_autocheckpoint = 60")


def on_every_connection(statement: str) -> None:
    from django.db import connections

    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute(statement)


def take() -> int:
    from lightkeeper.web.casebook.casebook import DjangoCasebook
    from lightkeeper.web.team.arrivals import take_arrivals

    return take_arrivals(DjangoCasebook(), NOW + timedelta(days=1)).unopened


def cut_everywhere(folder: Path, events: list[Event], cuts: int, dice: random.Random, found: Found) -> None:
    """Follow the writes; at each one (or at as many as were asked for) see what a start after a cut would find."""
    chosen = choose(events, cuts, dice)
    machine, promised = Machine(folder / "start"), set[str]()
    live, start = str(folder / "team"), str(folder / "start")
    machine.files = {path.replace(start, live, 1): file for path, file in machine.files.items()}
    machine.safe_names = dict(machine.files)
    for number, event in enumerate(events):
        if event.what == "mark":
            promised.add(event.path)
            found.acknowledged = len(promised)
            continue
        machine.follow(event)
        for way in chosen.get(number, ()):
            lay_out(folder / "after", machine.after_a_cut(way, dice), live)
            look(folder / "after", promised, found)


def choose(events: list[Event], cuts: int, dice: random.Random) -> dict[int, tuple[str, ...]]:
    places = [number for number, event in enumerate(events) if event.what != "mark"]
    if cuts == 0:
        return dict.fromkeys(places, WAYS)
    chosen: dict[int, tuple[str, ...]] = {}
    for number in dice.choices(places, k=cuts):
        chosen[number] = (*chosen.get(number, ()), dice.choice(WAYS))
    return chosen


def lay_out(after: Path, files: Iterator[tuple[str, bytes]], live: str) -> None:
    shutil.rmtree(after, ignore_errors=True)
    (after / "spool").mkdir(parents=True)
    for path, data in files:
        if not path.endswith("-shm"):  # memory that processes share: gone with the power
            there = after / Path(path).relative_to(live)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(data)


def look(after: Path, promised: set[str], found: Found) -> None:
    """Start again on what is left: drain, take, and hold everything against what was promised."""
    from django.db import connections

    for alias, name in (("default", "casebook.sqlite3"), ("inbox", "inbox.sqlite3")):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = after / name
    found.cuts += 1
    try:
        unopened, seen = start_again(after)
    except Exception as error:  # whatever it was: the site did not come up
        print(type(error).__name__, file=sys.stderr)
        found.broken += 1
        return
    found.unopened += unopened
    found.lost += len(promised - seen.keys())
    found.twice += sum(count > 1 for count in seen.values())


def start_again(after: Path) -> tuple[int, Counter[str]]:
    from django.db import connections

    from lightkeeper.report.spool import Spool
    from lightkeeper.web.inbox.slot import InboxSlot

    for alias in connections:
        with connections[alias].cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    Spool(after / "spool").drain(InboxSlot())
    take()
    return take(), everything()  # the second time for answers that came out of the spool before their report


def everything() -> Counter[str]:
    """What the desk has: every report and every answer, by the name that was acknowledged. The log must hold."""
    from lightkeeper.desk.audit import find_flaws
    from lightkeeper.web.casebook.casebook import DjangoCasebook
    from lightkeeper.web.casebook.models import CaseRow, ItemRow

    book = DjangoCasebook()
    assert find_flaws(book.entries(), book.reasons()) == ()
    reports = CaseRow.objects.values_list("report_id", flat=True)
    answers = ItemRow.objects.filter(kind="news").values_list("text", flat=True)
    return Counter([*reports, *answers])


if __name__ == "__main__":
    found = main(Path(sys.argv[1]), *map(int, sys.argv[2:5]), careless="careless" in sys.argv)
    print(json.dumps(asdict(found)), flush=True)
    os._exit(0)  # SQLite must not call into an interpreter that is half gone
