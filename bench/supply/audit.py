"""Ask for known holes in what the product is built on (requirements/demo.txt), with pip-audit.

    ./dev audit              asks the public database; needs the network
    ./dev audit all.zip      asks a file, without any network: OSV's export of PyPI, fetched where there is one

Exit 0: none is known. 1: there are some; they are printed. 2: it could not be asked, with the reason.
"""

import json
import subprocess
import sys
import threading
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

TOP = Path(__file__).parents[2]
LISTING = TOP / "requirements/demo.txt"
ELSEWHERE = """\
What to do: run it where the public database can be reached; or fetch OSV's export of PyPI there (all.zip, in the
bucket osv-vulnerabilities, folder PyPI), bring the file here and run `./dev audit all.zip`."""
Record = dict[str, Any]
Known = dict[str, list[Record]]


def main(words: list[str]) -> int:
    listing = Path(words[1]) if len(words) > 1 else LISTING
    if not words:
        return say(*ask(listing))
    try:
        known = read_export(Path(words[0]))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        print("this is not an export of OSV: a zip with a JSON file for each record", file=sys.stderr)
        return 2
    with answering(known) as address:
        return say(*ask(listing, "--vulnerability-service", "osv", "--osv-url", address))


def ask(listing: Path, *service: str) -> tuple[list[Record], str]:
    """What pip-audit found, package by package; nothing and its last words when it could not ask at all."""
    words = ["-f", "json", "--progress-spinner", "off", "--require-hashes", "--disable-pip", "-r", str(listing)]
    command = [str(Path(sys.executable).with_name("pip-audit")), *words, *service]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout)["dependencies"], ""
    except (ValueError, KeyError):
        return [], (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]


def say(found: list[Record], last_words: str) -> int:
    left_out = [one["name"] for one in found if "skip_reason" in one]
    if not found or len(left_out) == len(found):
        print("The database of known holes cannot be asked from here.", last_words, file=sys.stderr)
        print(ELSEWHERE, file=sys.stderr)
        return 2
    holes = [(one["name"], one["version"], hole) for one in found for hole in one.get("vulns", ())]
    for name, version, hole in holes:
        mended = ", ".join(hole["fix_versions"]) or "not yet"
        print(f"{name} {version}: {hole['id']}; mended in: {mended}")
    for name in left_out:
        print(f"{name}: not in the database, so nothing is known of it", file=sys.stderr)
    if not holes:
        print(f"No known hole in {len(found) - len(left_out)} packages.")
    return 1 if holes else 2 if left_out else 0


def read_export(path: Path) -> Known:
    """The records by package."""
    known: Known = defaultdict(list)
    with zipfile.ZipFile(path) as export:
        for name in export.namelist():
            record = json.loads(export.read(name))
            for package in {canonicalize_name(one["package"]["name"]) for one in record.get("affected", ())}:
                known[package].append(record)
    return known


def matching(known: Known, name: str, version: str) -> list[Record]:
    """The records that a version of a package falls under."""
    records = known.get(name, ())
    return [one for one in records if any(falls_under(part, name, version) for part in one["affected"])]


def falls_under(affected: Record, name: str, version: str) -> bool:
    if canonicalize_name(affected["package"]["name"]) != name:
        return False
    ranges = [one["events"] for one in affected.get("ranges", ()) if one["type"] == "ECOSYSTEM"]
    return version in affected.get("versions", ()) or any(lies_in(one, Version(version)) for one in ranges)


def lies_in(events: list[dict[str, str]], version: Version) -> bool:
    """Whether a version lies between an event that begins a hole and the one that mends it."""
    inside = False
    try:
        for event in sorted(events, key=lambda one: Version(next(iter(one.values())))):
            ((what, where),) = event.items()
            if what == "last_affected":
                inside = inside and version <= Version(where)
            elif version >= Version(where):
                inside = what == "introduced"
    except InvalidVersion:
        return True  # rather a hole too many
    return inside


@contextmanager
def answering(known: Known) -> Iterator[str]:
    """OSV's way of asking, on this machine alone."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found = matching(known, canonicalize_name(asked["package"]["name"]), asked["version"])
            body = json.dumps({"vulns": found} if found else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
