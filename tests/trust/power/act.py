"""Send reports through the real slot, spool and tray on SQLite, note each write, then cut the power after each.

    python -m tests.trust.power.act FOLDER REPORTS CUTS SEED [careless]

A process of its own: it replaces SQLite's file system. CUTS is how many cuts to try (0: after every write, three
ways). `careless` leaves the syncs out, to show that this would be noticed. Prints what it found as JSON.
"""

import json
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tests.sites import House, build_house
from tests.trust.power.judge import Found, cut_everywhere
from tests.trust.power.recorder import Disk, RecordingSqlite, recording_spool
from tests.trust.power.replay import Machine
from tests.trust.power.work import do_the_work, go_on, on_every_connection


def main(folder: Path, reports: int, cuts: int, seed: int, careless: bool) -> Found:
    house, dice = build_house(folder), random.Random(seed)
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
    return cut_everywhere(Machine(folder / "start", live), disk.events, cuts, dice, Ground(folder / "after", live))


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


class Ground:
    """A folder that the two databases of this process are turned to."""

    def __init__(self, after: Path, live: Path) -> None:
        self.after, self.live = after, live

    def lay_out(self, files: Iterator[tuple[str, bytes]]) -> None:
        shutil.rmtree(self.after, ignore_errors=True)
        (self.after / "spool").mkdir(parents=True)
        for path, data in files:
            if not path.endswith("-shm"):  # memory that processes share: gone with the power
                there = self.after / Path(path).relative_to(self.live)
                there.parent.mkdir(parents=True, exist_ok=True)
                there.write_bytes(data)

    def start_again(self) -> tuple[int, Counter[str]]:
        from django.db import connections

        for alias, name in (("default", "casebook.sqlite3"), ("inbox", "inbox.sqlite3")):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = self.after / name
        for alias in connections:
            with connections[alias].cursor() as cursor:
                assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return go_on(self.after)


if __name__ == "__main__":
    found = main(Path(sys.argv[1]), *map(int, sys.argv[2:5]), careless="careless" in sys.argv)
    print(json.dumps(asdict(found)), flush=True)
    os._exit(0)  # SQLite must not call into an interpreter that is half gone
