"""`lightkeeper demo`: both sites on this machine, with made-up reports that came in the real way."""

import argparse
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.report import Report, read_reports

if TYPE_CHECKING:
    from lightkeeper.desk.casebook import Casebook

SUMMARY = "Start both sites on this machine with made-up reports, and print the addresses and the sign-in."
EXAMPLE = """
lightkeeper demo
lightkeeper demo --fresh --public-port 9000 --team-port 9001
"""
REPORTS = Path(__file__).with_name("demo_reports")
_PATIENCE = 60  # seconds until a site must answer
_RECENT = timedelta(days=28)  # cases that are older have been worked on


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the demo lives and answers."""

    folder: Path
    public_port: int
    team_port: int

    @property
    def ready(self) -> Path:
        return self.folder / "ready.json"

    def environment(self, site: str) -> dict[str, str]:
        """What one site is told. The public site's environment names nothing of the team's."""
        told = {key: value for key, value in os.environ.items() if not key.startswith("LIGHTKEEPER_")}
        told |= {
            "LIGHTKEEPER_DATA": str(self.folder / site),
            "LIGHTKEEPER_HTTPS": "no",
            "LIGHTKEEPER_HOSTS": "localhost,127.0.0.1",
            "LIGHTKEEPER_INBOX_URL": f"sqlite:///{self.folder.absolute()}/public/inbox.sqlite3",
            "LIGHTKEEPER_PUBLICATIONS": str(self.folder.absolute() / "publications"),
        }
        return told | {"LIGHTKEEPER_DEMO": "yes"} if site == "team" else told


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=Path("var/demo"), help="where to keep it (default: var/demo)")
    parser.add_argument("--fresh", action="store_true", help="begin again: forget what was typed before")
    parser.add_argument("--public-port", type=int, default=8000, help="default: 8000, or the next free one")
    parser.add_argument("--team-port", type=int, default=8001, help="default: 8001, or the next free one")
    parser.add_argument("--step", choices=sorted(STEPS), help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    if options.step:
        STEPS[options.step](options.data)
        return 0
    if options.fresh:
        _forget(options.data)
    public = _free_port(options.public_port)
    demo = Demo(options.data, public, _free_port(options.team_port, taken=public))
    if not demo.ready.exists():
        _prepare(demo)
    return _serve(demo)


def _prepare(demo: Demo) -> None:
    """The first start: keys, the made-up reports through the public site's own slot, and in at the team's."""
    from lightkeeper.cli.keys import write_private
    from lightkeeper.report.seal import make_keys

    _say("The first start makes keys and sends the made-up reports (some seconds) ...")
    _forget(demo.folder)
    team = make_keys()
    write_private(demo.folder / "team" / "team.key", f"{team.identity}\n")
    for site in ("public", "team"):
        write_private(demo.folder / site / "secret", secrets.token_urlsafe(48) + "\n")
        (demo.folder / site / "recipients.txt").write_text(f"{team.recipient}\n")
    for step, site in (("send", "public"), ("receive", "team")):
        command = [
            sys.executable,
            "-m",
            "lightkeeper.cli.main",
            "demo",
            "--data",
            str(demo.folder),
            "--step",
            step,
        ]
        if subprocess.run(command, env=demo.environment(site), check=False).returncode:
            raise UnreadableInput("the demo could not be prepared; what went wrong stands above")


def send(_: Path) -> None:
    """Put the made-up reports through the public site's slot, moved in time so that the last is recent."""
    from lightkeeper.web.shared.serving import prepare

    prepare("public")
    from django.conf import settings

    from lightkeeper.report.seal import seal
    from lightkeeper.report.slot import EnvelopeKind, SealedEnvelope
    from lightkeeper.report.submit import reference_of
    from lightkeeper.web.inbox.slot import InboxSlot

    slot = InboxSlot()
    for report in moved_to_today(made_up_reports(), datetime.now(UTC)):
        plain = json.dumps({"version": 1, "report": report.as_json(), "language": "en"}).encode()
        digest = settings.PEPPER + report.id.encode()
        sealed = seal(plain, settings.RECIPIENTS)
        key = sha256(digest).hexdigest()
        slot.add(SealedEnvelope(EnvelopeKind.REPORT, reference_of(digest), key, sealed, report.received))


def receive(folder: Path) -> None:
    """Open them on the team's side, make the demo's people, and run a round."""
    from lightkeeper.web.shared.serving import prepare

    prepare("team")
    from django.conf import settings
    from django.db import transaction

    from lightkeeper.web.team.arrivals import take_arrivals
    from lightkeeper.web.team.demo import make_demo_people
    from lightkeeper.web.team.night import run_night
    from lightkeeper.web.team.wiring import casebook

    people = make_demo_people()
    book = casebook()
    # One write to the disk for all. At a real desk each envelope is safe by itself before it leaves the tray.
    with transaction.atomic(using="inbox"), transaction.atomic():
        take_arrivals(book, datetime.now(UTC))
        close_old_cases(book, tuple(one.username for one in people if one.role == "officer"), settings.TEAM)
        run_night(book, datetime.now(UTC))
    shown = [{"username": one.username, "role": one.role, "password": one.password} for one in people]
    (folder / "ready.json").write_text(json.dumps(shown))


def close_old_cases(book: "Casebook", names: tuple[str, ...], team: str) -> None:
    """Let two made-up officers have worked on the older cases, so that the queue looks like one day."""
    from lightkeeper.desk.actions.move_case import agree_to_close, move_case
    from lightkeeper.desk.people import Officer, Role
    from lightkeeper.desk.states import State

    first, second = (Officer(name, name, Role.OFFICER, frozenset({team})) for name in names[:2])
    for report in tuple(book.reports()):
        case = book.case_of(report.id)
        if case is None or datetime.now(UTC) - report.received < _RECENT:
            continue
        read = move_case(book, case, first, report.received + timedelta(minutes=20), State.WORKING)
        done = report.received + timedelta(days=6)
        asked = move_case(book, read, first, done, State.CLOSED, "Made up for the demo.", "no_suspect")
        if asked.state is not State.CLOSED:
            agree_to_close(book, asked, second, done)


STEPS = {"send": send, "receive": receive}


def made_up_reports() -> list[Report]:
    """The reports that are shipped for the demo, the earliest first."""
    found = [
        report
        for path in sorted(REPORTS.glob("*.jsonl"))
        for report in read_reports(path.read_bytes().splitlines())
    ]
    return sorted(found, key=lambda report: (report.received, report.id))


def moved_to_today(reports: list[Report], now: datetime) -> list[Report]:
    """The same reports, all later by the same whole number of days, so that the last of them is of yesterday."""
    later = (now - max(report.received for report in reports)).days * timedelta(days=1)
    return [
        replace(
            report,
            received=report.received + later,
            danger=replace(
                report.danger, deadline=report.danger.deadline + later if report.danger.deadline else None
            ),
        )
        for report in reports
    ]


def _serve(demo: Demo) -> int:
    """Start both sites, say where they are, and stop them cleanly on Ctrl-C."""
    for number in (signal.SIGINT, signal.SIGTERM):  # also where a shell started us with SIGINT ignored
        signal.signal(number, _stop)
    ports = {"public": demo.public_port, "team": demo.team_port}
    sites = {site: _start(demo, site, port) for site, port in ports.items()}
    try:
        for site, port in ports.items():
            _wait_for(site, sites[site], port)
        _say(_greeting(demo))
        while all(process.poll() is None for process in sites.values()):
            time.sleep(0.2)
        _say("One of the sites stopped; stopping the other.")
        return 1
    except KeyboardInterrupt:
        _say("\nStopping both sites. What you typed stays for the next start; --fresh forgets it.")
        return 0
    finally:
        for process in sites.values():
            process.terminate()
        for process in sites.values():
            process.wait(timeout=20)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _start(demo: Demo, site: str, port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "lightkeeper.cli.main", "serve", site, "--bind", f"127.0.0.1:{port}"]
    # Of their own session, so that Ctrl-C reaches only us and each site is stopped once, by us.
    return subprocess.Popen([*command, "--workers", "1"], env=demo.environment(site), start_new_session=True)


def _wait_for(site: str, process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise UnreadableInput(f"the {site} site did not start; why stands above")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(0.05)
    raise UnreadableInput(f"the {site} site does not answer after {_PATIENCE} seconds")


def _greeting(demo: Demo) -> str:
    people = json.loads(demo.ready.read_text())
    rows = "\n".join(f"    {one['username']:9}{one['role']}" for one in people)
    return f"""
  public site   http://localhost:{demo.public_port}/
  team site     http://localhost:{demo.team_port}/

  Sign in as one of:
{rows}
  with the password   {people[0]["password"]}
  The second factor's code stands on the page, because this is a demo.

  Everything in it is made up. Ctrl-C stops both sites.
"""


def _free_port(wanted: int, taken: int = 0) -> int:
    """The port that is wanted, or the next one that nobody uses. Raises UnreadableInput."""
    for port in range(wanted, min(wanted + 100, 65_536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port != taken:
            return port
    raise UnreadableInput("no free port was found; name others with --public-port and --team-port")


def _forget(folder: Path) -> None:
    """Remove the demo's own folder: only what a demo made there, never a folder of something else."""
    for part in ("public", "team", "publications"):
        shutil.rmtree(folder / part, ignore_errors=True)
    (folder / "ready.json").unlink(missing_ok=True)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
