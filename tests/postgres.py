"""A real PostgreSQL for tests: a private cluster in a temporary folder, on a socket, without a network port.

As the root user (in a container) the server runs as `postgres`, because it refuses to run as root.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import psycopg

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
OWNER = "owner"
NOTHING: Mapping[str, str] = {}
PORT = 54329  # names the socket's file; nothing listens on a network


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server. Users sign in without a password: only this process reaches the socket."""

    socket: Path
    data: Path
    before: tuple[str, ...] = ()  # words in front of the command that starts it

    def url(self, database: str, user: str = OWNER) -> str:
        """The address as our settings read it."""
        return f"postgresql://{user}@localhost:{PORT}/{database}?host={self.socket}"

    def connect(self, database: str = "postgres", user: str = OWNER) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(host=str(self.socket), port=PORT, dbname=database, user=user, autocommit=True)

    def start_again(self) -> None:
        """Start the server after it was killed; what it had promised is in its log."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self.start()

    def stop(self, mode: str = "immediate") -> None:
        """Pull the plug: no goodbye to anybody, as when the power goes. `fast` writes everything back before."""
        _run("pg_ctl", "stop", f"--mode={mode}", f"--pgdata={self.data}", check=False)

    def start(self, more: Mapping[str, str] = NOTHING) -> None:
        """`more`: settings of the server."""
        place = {"listen_addresses": "''", "unix_socket_directories": self.socket, "port": PORT, "fsync": "off"}
        options = " ".join(f"-c {name}={value}" for name, value in {**place, **more}.items())
        log = self.socket / "log"
        words = ("start", "--wait", f"--pgdata={self.data}", f"--log={log}", f"--options={options}")
        _run("pg_ctl", *words, before=self.before)

    def own(self) -> None:
        """Give the data folder to the user that the server runs as."""
        if os.geteuid() == 0:
            for path in (self.data, *self.data.rglob("*")):
                shutil.chown(path, "postgres")

    def new_database(self, name: str = "") -> str:
        """An empty database, of a name of its own."""
        name = name or f"d{uuid4().hex}"
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # the name is ours
        return name


def there_is_postgres() -> bool:
    return bool(BINARIES)


def new_cluster(socket: Path, data: Path, *more: str) -> Cluster:
    """Make a cluster that does not run yet. `more`: words for initdb."""
    for folder in (socket, data):
        folder.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
    words = ("--auth=trust", "--encoding=UTF8", "--no-sync", f"--username={OWNER}", f"--pgdata={data}")
    _run("initdb", *words, *more)
    return Cluster(socket, data)


@contextmanager
def running_cluster(before: tuple[str, ...] = ()) -> Iterator[Cluster]:
    """Start a cluster, give it, stop it, and take the folder away. `before`: words in front of its command."""
    folder = Path(tempfile.mkdtemp(prefix="lk-pg-"))  # short: a socket's path has room for 107 bytes
    folder.chmod(0o755)
    cluster = replace(new_cluster(folder, folder / "data"), before=before)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: str, check: bool = True, before: tuple[str, ...] = ()) -> None:
    command = [*before, str(BINARIES[-1] / program), *arguments]
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]
    subprocess.run(command, check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", timeout=60)
