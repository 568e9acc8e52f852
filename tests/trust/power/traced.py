"""Reads what strace wrote of a family of processes: what they did to files below some folders, in order.

PostgreSQL writes from many processes. strace stops each at every call until the call is written down, so there is
one order of all of them, and what was answered comes after what was done for it.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.trust.power.recorder import Event

CALLS = (
    "openat", "creat", "write", "pwrite64", "pwritev", "writev", "ftruncate", "truncate", "fallocate", "fsync",
    "fdatasync", "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "lseek", "mkdir",
)  # fmt: skip
SYNCS = ("fsync", "fdatasync")
LINE = re.compile(r"^(\d+) +(?:<\.\.\. (\w+) resumed>)?(.*)$")
RESULT = re.compile(r"^(\w+)\((.*)\) += (-?\d+)")
TEXT = r'"((?:\\x[0-9a-f]{2})*)"'
FILE = re.compile(r"(\d+)<((?:\\x[0-9a-f]{2})*)>(\(deleted\))?")


def can_be_traced() -> bool:
    if not shutil.which("strace"):
        return False
    probe = subprocess.run(["strace", "-f", "-qq", "--seccomp-bpf", "true"], check=False, capture_output=True)
    return probe.returncode == 0


def trace(log: Path, command: Sequence[str]) -> None:
    """Run a command, and write down what it and its children do to files."""
    words = [
        "strace",
        "-f",
        "-qq",
        "--seccomp-bpf",
        "-y",
        "-xx",
        "-s",
        "4000000",
        "-e",
        f"trace={','.join(CALLS)}",
    ]
    done = subprocess.run([*words, "-o", str(log), *command], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


@dataclass(slots=True)
class Reader:
    """Turns lines into events. `home`: the folder that relative names begin at. `marks`: the file of our marks."""

    roots: tuple[str, ...]
    home: Path
    marks: Path
    known: set[str]  # the files there are
    places: dict[tuple[str, str], int] = field(default_factory=dict)  # by process and open file
    begun: dict[str, str] = field(default_factory=dict)  # a call that was not over when another line came

    def read(self, log: Path) -> Iterator[Event]:
        with log.open(encoding="ascii", errors="replace") as lines:
            for line in lines:
                yield from self._line(line)

    def _line(self, line: str) -> Iterator[Event]:
        whole = LINE.match(line.rstrip("\n"))
        if whole is None or whole[3].startswith(("---", "+++")):
            return
        process, resumed, rest = whole.groups()
        if resumed:
            rest = self.begun.pop(process, "") + rest
        if rest.endswith("<unfinished ...>"):
            self.begun[process] = rest.removesuffix("<unfinished ...>")
            if rest.startswith(SYNCS):  # it may count for what was written before it began, and for no more
                yield from self._file(*rest.split("(", 1))
                self.begun[process] = "counted("
            return
        told = RESULT.match(rest)
        if told is not None and int(told[3]) >= 0:
            yield from self._call(process, told[1], told[2], int(told[3]), rest)

    def _call(self, process: str, name: str, given: str, result: int, rest: str) -> Iterator[Event]:
        match name:
            case "openat" | "creat":
                yield from self._open(process, given, result)
            case "lseek":
                self.places[process, given.split("<")[0]] = result
            case "write" | "writev" | "pwrite64" | "pwritev":
                yield from self._write(process, name, given, result)
            case "rename" | "renameat" | "renameat2" | "link" | "linkat" | "unlink" | "unlinkat" | "mkdir":
                yield from self._names(name, given)
            case "counted":
                pass
            case _:
                yield from self._file(name, given)

    def _open(self, process: str, given: str, result: int) -> Iterator[Event]:
        self.places[process, str(result)] = 0
        path = self._path(re.findall(TEXT, given)[0])
        if not self._ours(path):
            return
        if "O_CREAT" in given and path not in self.known:
            self.known.add(path)
            yield Event("create", path)
        elif "O_TRUNC" in given:
            yield Event("cut", path)

    def _write(self, process: str, name: str, given: str, result: int) -> Iterator[Event]:
        file = FILE.match(given)
        if file is None or file[3]:
            return
        path, data = plain(file[2]).decode(), b"".join(map(plain, re.findall(TEXT, given)))[:result]
        if name in ("pwrite64", "pwritev"):
            place = int(given.rsplit(", ", 1)[1])
        else:
            place = self.places.get((process, file[1]), 0)
            self.places[process, file[1]] = place + result
        if path == str(self.marks):
            yield Event("mark", data.decode().strip())
        elif self._ours(path):
            assert path in self.known, "a file that nobody made"
            yield Event("write", path, place=place, data=data)

    def _names(self, name: str, given: str) -> Iterator[Event]:
        paths = [self._path(one) for one in re.findall(TEXT, given)]
        if not self._ours(paths[0]):
            return
        assert name != "mkdir", "a folder was made: what a cut leaves of it is not known here"
        what = "rename" if name.startswith("rename") else name.removesuffix("at")
        self.known -= {paths[0]} if what != "link" else set()
        self.known |= set(paths[1:])
        yield Event(what, paths[0], to=paths[1] if len(paths) > 1 else "")

    def _file(self, name: str, given: str) -> Iterator[Event]:
        file = FILE.match(given)
        path = plain(file[2]).decode() if file and not file[3] else ""
        if not self._ours(path):
            return
        if name in SYNCS:
            yield Event("sync" if path in self.known else "sync_folder", path)
        else:
            assert name == "ftruncate", f"{name} is not known here"
            yield Event("cut", path, place=int(given.rsplit(", ", 1)[1]))

    def _path(self, text: str) -> str:
        return str(self.home / plain(text).decode())

    def _ours(self, path: str) -> bool:
        return path.startswith(self.roots)


def plain(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def python(module: str, *words: str) -> list[str]:
    return [sys.executable, "-m", module, *words]
