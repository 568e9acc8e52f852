"""Write what a released version leaves behind, so that every later one can be tried on it.

    python -m tests.trust.upgrade.make_baseline 0.1.0

Run with the code of that version, once, when it is released: it fills a team's site with made-up cases through
the usual ways, once on SQLite and once on PostgreSQL, and packs its folder into
tests/trust/upgrade/VERSION.DATABASE.tar.gz. test_upgrade.py brings each such folder up to date and looks whether
everything is still there. One site a process: without a second word it starts itself for each database.
"""

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.postgres import BINARIES, running_cluster
from tests.sites import House, build_house

HERE = Path(__file__).parent
CASES = 12
ON_SQLITE = ("inbox.sqlite3", "team/casebook.sqlite3")
DUMPED = {"INBOX_URL": "inbox.sql", "CASEBOOK_URL": "casebook.sql"}  # PostgreSQL: a database, and its file


def main(version: str, database: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        house, target = build_house(Path(folder)), HERE / f"{version}.{database}.tar.gz"
        if database == "sqlite":
            leave_behind(house, {})
            pack(house.folder, target, ON_SQLITE)
            return
        with running_cluster() as cluster:
            addresses = {name: cluster.url(cluster.new_database()) for name in DUMPED}
            leave_behind(house, addresses)
            for name, file in DUMPED.items():
                run_postgres("pg_dump", "--no-owner", f"--file={house.folder / file}", addresses[name])
        pack(house.folder, target, tuple(DUMPED.values()))


def leave_behind(house: House, addresses: dict[str, str]) -> None:
    start(house, addresses)
    migrate()
    fill(house)
    (house.folder / "told.json").write_text(json.dumps(everything(), indent=1))
    from django.db import connections

    connections.close_all()


def run_postgres(program: str, *words: str) -> None:
    subprocess.run([str(BINARIES[-1] / program), *words], check=True, stdout=subprocess.DEVNULL)


def start(house: House, addresses: dict[str, str]) -> None:
    """Start the team's site. `addresses`: databases elsewhere, by setting."""
    os.environ.update(house.environment("team", **addresses))
    os.environ["DJANGO_SETTINGS_MODULE"] = "lightkeeper.web.shared.settings.team"
    import django

    django.setup()


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connections

    for alias in connections:
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def fill(house: House) -> None:
    """Cases in several states, with notes, a hold, a link that was rejected, and an envelope that waits."""
    from tests.desk.made_up import LEAD, NOW, OFFICER, MadeUpLinkage, open_case

    from lightkeeper.core.suspect import Verdict
    from lightkeeper.desk.actions.decide_link import decide_link
    from lightkeeper.desk.actions.hold_case import place_hold
    from lightkeeper.desk.actions.move_case import move_case
    from lightkeeper.desk.actions.write_item import write_note
    from lightkeeper.desk.people import Role
    from lightkeeper.desk.states import State
    from lightkeeper.web.casebook.casebook import DjangoCasebook
    from lightkeeper.web.team.models import Feedback, Team
    from lightkeeper.web.team.who import make_person

    book = DjangoCasebook()
    team = Team.objects.create(name="desk", title="Desk")
    make_person("sam", "Sam", Role.OFFICER, [team])
    cases = [open_case(book, number, narrative=f"Story {number}: harbour and pebbles.") for number in range(CASES)]
    book.store_linkage(MadeUpLinkage(*[(cases[at].report.id, cases[at + 1].report.id) for at in range(0, 6, 2)]))
    for number, case in enumerate(cases[:6]):
        write_note(book, case, OFFICER, NOW, f"A note on case {number}.")
    worked = move_case(book, cases[7], OFFICER, NOW, State.WORKING)
    move_case(book, worked, OFFICER, NOW, State.CLOSED, "done", "safe")
    decide_link(book, OFFICER, cases[0].report.id, cases[1].report.id, Verdict.REJECTED, "not the same person")
    place_hold(book, LEAD, NOW, cases[8].id, [cases[8]], "a live matter", "sam", (NOW + timedelta(days=9)).date())
    Feedback.objects.create(text="It helped.", arrived=NOW)
    leave_an_envelope(house)


def leave_an_envelope(house: House) -> None:
    from uuid import UUID

    from tests.desk.made_up import NOW, made_up

    from lightkeeper.report.seal import seal
    from lightkeeper.report.slot import EnvelopeKind, SealedEnvelope
    from lightkeeper.web.inbox.slot import InboxSlot

    plain = json.dumps({"version": 1, "report": made_up(900, narrative="It waited.").as_json()}).encode()
    sealed = seal(plain, [house.team_key.recipient])
    InboxSlot().add(SealedEnvelope(EnvelopeKind.REPORT, UUID(int=900), "9" * 64, sealed, NOW))


def everything() -> dict[str, Any]:
    """What must be the same afterwards, in plain values."""
    from lightkeeper.web.casebook.casebook import DjangoCasebook
    from lightkeeper.web.casebook.models import CaseRow
    from lightkeeper.web.team.models import Feedback, Person

    book = DjangoCasebook()
    return {
        "cases": [told_of(book, case_id) for case_id in sorted(CaseRow.objects.values_list("id", flat=True))],
        "suspects": sorted(sorted(one.reports) for one in book.suspects(least=2)),
        "decisions": sorted([one.a, one.b, str(one.verdict)] for one in book.decisions()),
        "holds": sorted(one.id for one in book.holds()),
        "log": [entry.hash for entry in book.entries()],
        "people": sorted(Person.objects.values_list("name", flat=True)),
        "feedback": sorted(Feedback.objects.values_list("text", flat=True)),
    }


def told_of(book: Any, case_id: str) -> list[str]:
    case = book.case(case_id)
    items = sorted(item.text for item in book.items(case_id))
    return [
        case.id,
        str(case.state),
        str(case.band),
        case.team,
        json.dumps(case.report.as_json(), sort_keys=True),
        *items,
    ]


def pack(folder: Path, target: Path, databases: tuple[str, ...]) -> None:
    with tarfile.open(target, "w:gz") as archive:
        for name in (*databases, "team.key", "recipients.txt", "team.secret", "told.json"):
            archive.add(folder / name, name, filter=_plain)
    print(f"{target.name}: {target.stat().st_size / 1000:.0f} kB")


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.mode, entry.uid, entry.gid, entry.uname, entry.gname, entry.mtime = 0o600, 0, 0, "", "", 0
    return entry


if __name__ == "__main__":
    if len(sys.argv) == 3:
        main(*sys.argv[1:])
    else:
        for database in ("sqlite", "postgresql"):
            subprocess.run([sys.executable, "-m", __spec__.name, sys.argv[1], database], check=True)
