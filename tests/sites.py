"""Real sites for tests: a folder with keys, and `lightkeeper serve` as a process on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lightkeeper.report.seal import KeyPair, make_keys

SECRET = "only-for-tests-0123456789-0123456789-0123456789"


@dataclass(frozen=True, slots=True)
class House:
    """Keys and folders of one installation: `public` and `team` are the data folders of the two sites."""

    folder: Path
    team_key: KeyPair
    recovery_key: KeyPair

    @property
    def inbox_url(self) -> str:
        return f"sqlite:///{self.folder / 'inbox.sqlite3'}"

    def environment(self, site: str, **more: str) -> dict[str, str]:
        """The variables of one site. `more` adds or replaces, without the prefix: `HOSTS="example.org"`."""
        own = {
            "DATA": str(self.folder / site),
            "INBOX_URL": self.inbox_url,
            "HTTPS": "no",
            "NEUTRAL_ADDRESS": "data:,",
            "PUBLICATIONS": str(self.folder / "publications"),
            "RECIPIENTS_FILE": str(self.folder / "recipients.txt"),
            "SECRET_FILE": str(self.folder / f"{site}.secret"),
        }
        if site == "team":
            own["TEAM_KEY_FILE"] = str(self.folder / "team.key")
        own |= more
        return {f"LIGHTKEEPER_{name}": value for name, value in own.items()}


def build_house(folder: Path) -> House:
    """Make the folders, keys and secrets that an installation has."""
    folder.chmod(0o700)
    house = House(folder, make_keys(), make_keys())
    recipients = f"{house.team_key.recipient}\n{house.recovery_key.recipient}  # offline\n"
    (folder / "recipients.txt").write_text(recipients)
    write_private(folder / "team.key", house.team_key.identity + "\n")
    for site in ("public", "team"):
        (folder / site).mkdir(mode=0o700)
        write_private(folder / f"{site}.secret", f"{SECRET}-{site}\n")
    return house


def write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text)


@dataclass(slots=True)
class Site:
    """A site that runs. `log` is what it wrote to its standard error."""

    address: str
    process: "subprocess.Popen[bytes]"
    log: Path
    environment: Mapping[str, str] = field(repr=False)


def clean_environment() -> dict[str, str]:
    """Our own environment without any site's variables, which another test of this process may have set."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("LIGHTKEEPER_", "DJANGO_"))}


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serve(house: House, site: str, workers: int = 1, before: Sequence[str] = (), **more: str) -> Iterator[Site]:
    """Run `lightkeeper serve` until the block ends; waits until it answers. `before`: words in front of it."""
    address = f"127.0.0.1:{free_port()}"
    environment = {**clean_environment(), **house.environment(site, **more)}
    log = house.folder / f"{site}.log"
    command = [sys.executable, "-m", "lightkeeper.cli.main", "serve", site, "--bind", address]
    with log.open("ab") as errors:
        process = subprocess.Popen(
            [*before, *command, "--workers", str(workers)],
            env=environment,
            stdout=errors,
            stderr=errors,
            start_new_session=True,
        )
    try:
        wait_until_it_answers(f"http://{address}/health", process, log)
        yield Site(f"http://{address}", process, log, environment)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_it_answers(
    address: str, process: "subprocess.Popen[bytes]", log: Path, seconds: float = 40
) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise AssertionError(f"the site did not start:\n{log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError:
            return  # it answers, and that is all we ask
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the site did not answer in {seconds:.0f} s:\n{log.read_text()[-2000:]}")
