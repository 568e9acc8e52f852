"""How fast the desk is with 1,000, 10,000 and 100,000 cases, on SQLite and, where it is installed, PostgreSQL.

    ./dev bench desk [--cases 1000 10000 100000] [--only sqlite]

Prints the time of the queue as a casebook gives it and as the whole page (sign-in, permission, log entry, HTML),
of searches, and of the desk's other pages; the median and the slowest of 20. The aim: 300 ms for the page at
10,000 open cases. PostgreSQL gathers its statistics first, as it does by itself within a minute of such a change:
without them it searches 10,000 cases in 90 ms instead of 11. Every case is made up.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
REPEATS = 20
WORDS = ("he", "said", "she", "wrote", "money", "card", "picture", "school", "friend", "pay", "now", "message")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    parser.add_argument("--inside", help=argparse.SUPPRESS)  # the database's address, in the child process
    options = parser.parse_args()
    if options.inside:
        measure(options.cases[0])
        return
    print(f"{'database':10} {'cases':>8} {'what':34} {'median ms':>10} {'slowest ms':>11}")
    for name in ("sqlite", "postgres") if not options.only else (options.only,):
        with _server(name) as cluster:
            if cluster is None and name == "postgres":
                print("postgres: not installed here")
                continue
            for cases in options.cases:
                _in_a_process_of_its_own(name, cluster, cases)


def _server(name: str) -> Any:
    from tests.postgres import running_cluster, there_is_postgres

    return running_cluster() if name == "postgres" and there_is_postgres() else nullcontext(None)


def _in_a_process_of_its_own(name: str, cluster: Any, cases: int) -> None:
    from tests.sites import build_house

    with tempfile.TemporaryDirectory(prefix="lightkeeper-bench-") as folder:
        house = build_house(Path(folder))
        more = {"CASEBOOK_URL": cluster.url(cluster.new_database())} if cluster else {}
        environment = {
            **os.environ,
            **house.environment("team", **more),
            "DJANGO_SETTINGS_MODULE": "lightkeeper.web.shared.settings.team",
            "BENCH_NAME": name,
        }
        command = [sys.executable, __file__, "--cases", str(cases), "--inside", name]
        subprocess.run(command, env=environment, check=True)


def measure(cases: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    for alias in ("default", "inbox"):
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    client = _signed_in()
    began = time.perf_counter()
    first = fill(cases)
    _row("filling, a case", [(time.perf_counter() - began) / cases], cases)
    from lightkeeper.desk.case import Band
    from lightkeeper.desk.casebook import Wanted
    from lightkeeper.web.team.wiring import casebook

    book, desk = casebook(), frozenset({"desk"})
    _time("queue, casebook", cases, lambda: book.queue(Wanted(desk)))
    _time("queue, page 21, casebook", cases, lambda: book.queue(Wanted(desk, after=1000)))
    _time("queue, one band, casebook", cases, lambda: book.queue(Wanted(desk, bands=frozenset({Band.P2}))))
    _time("search a handle, casebook", cases, lambda: book.queue(Wanted(desk, words="made_up_77")))
    _time("search a common word, casebook", cases, lambda: book.queue(Wanted(desk, words="money")))
    _time("queue, whole page", cases, lambda: client.get("/"))
    _time("search, whole page", cases, lambda: client.get("/?words=made_up_77"))
    _time("search a common word, whole page", cases, lambda: client.get("/?words=money"))
    _time("one case, whole page", cases, lambda: client.get(f"/cases/{first}"))
    for page in ("suspects", "figures", "log", "keeping"):
        _time(f"{page}, whole page", cases, lambda address=f"/{page}": client.get(address))  # type: ignore[misc]


def _signed_in() -> Any:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.conf import settings
    from django.test import Client

    from lightkeeper.desk.people import Role
    from lightkeeper.web.team.models import Team
    from lightkeeper.web.team.who import make_person

    settings.ALLOWED_HOSTS.append("testserver")
    team = Team.objects.create(name="desk", title="Desk")
    user = make_person("sam", "Sam", Role.LEAD, [team]).user
    TOTP.activate(user, generate_totp_secret())
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def fill(cases: int) -> str:
    """Put made-up cases in by the thousand, as the same rows in the same index; a tenth is linked in pairs."""
    from django.db import connection, transaction

    from lightkeeper.web.casebook.models import CaseRow

    chance, now = random.Random(7), datetime.now(UTC)
    last = ""
    for start in range(0, cases, 1_000):
        with transaction.atomic():
            made = [_case(number, chance, now) for number in range(start, min(start + 1_000, cases))]
            last = _keep(made)
    names = CaseRow.objects.order_by("report_id").values_list("id", flat=True)[: cases // 10]
    rows = [CaseRow(id=name, suspect=f"S{place // 2}") for place, name in enumerate(names)]
    CaseRow.objects.bulk_update(rows, ["suspect"], batch_size=500)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return last


def _case(number: int, chance: random.Random, now: datetime) -> Any:
    from lightkeeper.core.identifier import Identifier, IdentifierKind
    from lightkeeper.core.report import Harm, Report, Reporter
    from lightkeeper.desk.actions.open_report import open_report
    from lightkeeper.desk.in_memory import InMemoryCasebook

    report = Report(
        id=f"bench-{number}",
        received=now - timedelta(minutes=chance.randrange(500_000)),
        reporter=chance.choice(list(Reporter)),
        harms=(chance.choice(list(Harm)),),
        area=chance.choice(["wiltshire", "kent", "cheshire"]),
        age=chance.choice([None, 11, 13, 14, 15, 16, 17]),
        suspect=(Identifier(IdentifierKind.HANDLE, f"made_up_{number}", platform="instagram"),),
        narrative=" ".join(chance.choices(WORDS, k=40)),
    )
    return open_report(InMemoryCasebook(), report, "desk", now)


def _keep(made: list[Any]) -> str:
    from django.db import connection

    from lightkeeper.desk.queue import search_text, split_words
    from lightkeeper.web.casebook.models import CaseRow, SearchRow
    from lightkeeper.web.casebook.rows import fill_case
    from lightkeeper.web.casebook.search import row_of

    CaseRow.objects.bulk_create([fill_case(CaseRow(), one) for one in made])
    words = [(one.id, " ".join(dict.fromkeys(split_words(search_text(one))))) for one in made]
    if connection.vendor == "postgresql":
        SearchRow.objects.bulk_create([SearchRow(case_id=name, words=text) for name, text in words])
    else:
        with connection.cursor() as cursor:
            rows = [(row_of(name), name, text) for name, text in words]
            cursor.executemany("INSERT INTO casebook_words (rowid, case_id, words) VALUES (%s, %s, %s)", rows)
    return str(made[-1].id)


def _time(what: str, cases: int, act: Callable[[], object]) -> None:
    act()  # once to warm up
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        answer = act()
        times.append(time.perf_counter() - began)
        assert getattr(answer, "status_code", 200) == 200
    _row(what, times, cases)


def _row(what: str, times: list[float], cases: int) -> None:
    ms = [1000 * one for one in times]
    print(f"{os.environ['BENCH_NAME']:10} {cases:8,} {what:34} {median(ms):10.1f} {max(ms):11.1f}", flush=True)


if __name__ == "__main__":
    main()
