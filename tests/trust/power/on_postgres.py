"""The same on PostgreSQL: every write of the database server and of the spool is cut, below the server's own log.

    python -m tests.trust.power.on_postgres cut REPORTS CUTS SEED [careless]

The server and the site run under strace (traced.py). Then the server is started on what each cut left: its data
folder and the spool. `careless` is `fsync = off`, to show that losses would be seen. Prints what it found as JSON.
"""

import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from tests.postgres import Cluster, new_cluster
from tests.sites import House, build_house
from tests.trust.power.judge import Found, cut_everywhere
from tests.trust.power.replay import Machine
from tests.trust.power.traced import Reader, python, trace
from tests.trust.power.work import do_the_work, go_on, on_every_connection

from lightkeeper.report.seal import KeyPair, recipient_of

# Little room: the server writes pages long before it must, begins new files of its log, and uses them again.
TIGHT = {"shared_buffers": "1MB", "max_wal_size": "2MB", "min_wal_size": "2MB", "max_connections": "12"}
SOUND = """SELECT bt_index_check(c.oid, true) FROM pg_class c JOIN pg_am a ON a.oid = c.relam
WHERE a.amname = 'btree' AND c.relkind = 'i' AND c.relpersistence = 'p'"""
WHOLE = """SELECT count(*) FROM pg_class c, LATERAL verify_heapam(c.oid) WHERE c.relkind = 'r'"""


def main(reports: int, cuts: int, seed: int, careless: bool) -> Found:
    base = Path(tempfile.mkdtemp(prefix="lk-cut-"))  # short: a socket's path has room for 107 bytes
    base.chmod(0o755)  # the server is another user
    try:
        return run(base, reports, cuts, seed, careless)
    finally:
        shutil.rmtree(base, ignore_errors=True)


def run(base: Path, reports: int, cuts: int, seed: int, careless: bool) -> Found:
    live = base / "live"
    (base / "house").mkdir()
    (live / "spool").mkdir(parents=True)
    cluster = prepare(build_house(base / "house"), base, live)
    shutil.copytree(live, base / "start", copy_function=shutil.copyfile)
    trace(base / "log", python(__spec__.name, "record", str(base), str(reports), str(seed), str(int(careless))))
    machine = Machine(base / "start", live)
    reader = Reader((str(live),), live / "pg", base / "marks", set(machine.files))
    events = list(reader.read(base / "log"))
    assert any(event.what == "sync" and "pg_wal" in event.path for event in events) or careless
    ground = Ground(replace(cluster, data=base / "after" / "pg"), live)
    return cut_everywhere(machine, events, cuts, random.Random(seed), ground)


def prepare(house: House, base: Path, live: Path) -> Cluster:
    """A cluster with the tables of both databases, shut down cleanly."""
    cluster = new_cluster(base / "socket", live / "pg", "--data-checksums", "--wal-segsize=1")
    cluster.start()
    for name in ("inbox", "casebook"):
        cluster.new_database(name)
    set_up(house, cluster)
    from django.core.management import call_command
    from django.db import connections

    for alias in connections:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    on_every_connection("CREATE EXTENSION amcheck")
    drop_the_rest(cluster)
    connections.close_all()
    cluster.stop("fast")
    return cluster


def drop_the_rest(cluster: Cluster) -> None:
    """Databases that nobody uses: they would be laid out anew for every cut."""
    with cluster.connect("inbox") as connection:
        for name in ("postgres", "template0", "template1"):
            connection.execute(f"ALTER DATABASE {name} IS_TEMPLATE false")
            connection.execute(f"DROP DATABASE {name}")


def set_up(house: House, cluster: Cluster) -> None:
    urls = {"INBOX_URL": cluster.url("inbox"), "CASEBOOK_URL": cluster.url("casebook")}
    os.environ.update(house.environment("team", **urls))
    os.environ["DJANGO_SETTINGS_MODULE"] = "lightkeeper.web.shared.settings.team"
    import django

    django.setup()


class Marks:
    """A file that is written to; strace sees it between all else."""

    def __init__(self, path: Path) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)

    def mark(self, name: str) -> None:
        os.write(self.file, f"{name}\n".encode())


def record(base: Path, reports: int, seed: int, careless: bool) -> None:
    """What is traced: the server comes up, reports go their way, the server goes down in the middle of it."""
    key = (base / "house/team.key").read_text().strip()
    house = House(base / "house", KeyPair(recipient_of(key), key), KeyPair(recipient_of(key), key))
    cluster = Cluster(base / "socket", base / "live/pg")
    cluster.start({**TIGHT, "fsync": "off" if careless else "on"})
    set_up(house, cluster)
    do_the_work(house, base / "live", Marks(base / "marks"), reports, random.Random(seed))
    cluster.stop()


class Ground:
    """A folder that the server is started on again."""

    def __init__(self, cluster: Cluster, live: Path) -> None:
        self.cluster, self.live, self.after = cluster, live, cluster.data.parent
        self.folders = [path.relative_to(live) for path in (live / "pg").rglob("*") if path.is_dir()]

    def lay_out(self, files: Iterator[tuple[str, bytes]]) -> None:
        shutil.rmtree(self.after, ignore_errors=True)
        for folder in (Path("spool"), Path("pg"), *self.folders):
            (self.after / folder).mkdir(mode=0o700, parents=True)
        for path, data in files:
            if not path.endswith(
                "postmaster.pid"
            ):  # it names a process of before the cut, and here that may be any
                (self.after / Path(path).relative_to(self.live)).write_bytes(data)
        self.cluster.own()

    def start_again(self) -> tuple[int, Counter[str]]:
        from django.db import connections

        self.cluster.start(TIGHT)
        try:
            for alias in connections:
                with connections[alias].cursor() as cursor:
                    cursor.execute(SOUND)
                    assert cursor.execute(WHOLE).fetchone() == (0,)
            return go_on(self.after)
        finally:
            connections.close_all()
            self.cluster.stop()


if __name__ == "__main__":
    if sys.argv[1] == "record":
        record(Path(sys.argv[2]), *map(int, sys.argv[3:5]), careless=sys.argv[5] == "1")
    else:
        print(json.dumps(asdict(main(*map(int, sys.argv[2:5]), careless="careless" in sys.argv))))
