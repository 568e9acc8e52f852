"""The disk after the power went out: what was synced is there, and of the rest nothing, all, or torn pieces."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.trust.power.recorder import Event

SECTOR = 512  # bytes; what a disk writes whole
WAYS = ("lost", "kept", "torn")


@dataclass(slots=True)
class File:
    """A file's bytes that are safe, and the changes that the disk has not promised yet."""

    safe: bytearray = field(default_factory=bytearray)
    waiting: list[Event] = field(default_factory=list)

    def settle(self) -> None:
        for event in self.waiting:
            apply(self.safe, event)
        self.waiting.clear()


def apply(data: bytearray, event: Event) -> None:
    if event.what == "cut":
        del data[event.place :]
        data.extend(bytes(event.place - len(data)))
        return
    end = event.place + len(event.data)
    if len(data) < end:
        data.extend(bytes(end - len(data)))
    data[event.place : end] = event.data


class Machine:
    """Follows the events and knows, at every moment, what a power cut would leave."""

    def __init__(self, start: Path, live: Path) -> None:
        """Begins with a copy of the folder as it was: all of it is safe."""
        self.files = {
            str(live / path.relative_to(start)): File(bytearray(path.read_bytes()))
            for path in start.rglob("*")
            if path.is_file()
        }
        self.safe_names = dict(self.files)
        self.moves: list[tuple[Event, File]] = []  # changes of names that no sync of a folder has promised yet

    def follow(self, event: Event) -> None:
        match event.what:
            case "write" | "cut":
                self.files[event.path].waiting.append(event)
            case "sync":
                self.files[event.path].settle()
                if event.journal:
                    self._promise(str(Path(event.path).parent))
            case "sync_folder":
                self._promise(event.path)
            case "create" | "rename" | "link" | "unlink":
                file = File() if event.what == "create" else self.files[event.path]
                self.moves.append((event, file))
                move(self.files, event, file)

    def _promise(self, folder: str) -> None:
        """The names in a folder are on disk; those of other folders may not be yet."""
        for event, file in self.moves:
            if str(Path(event.path).parent) == folder:
                move(self.safe_names, event, file)
        self.moves = [one for one in self.moves if str(Path(one[0].path).parent) != folder]

    def after_a_cut(self, way: str, dice: random.Random) -> Iterator[tuple[str, bytes]]:
        """Every file that the next start finds, with its bytes."""
        names = self.files if way == "kept" else self.safe_names
        if way == "torn" and dice.random() < 0.5:
            names = self.files  # the names had reached the disk, the bytes perhaps not
        keep: dict[str, Callable[[File], bytes]] = {
            "lost": lambda file: bytes(file.safe),
            "kept": lambda file: with_changes(file, file.waiting),
            "torn": lambda file: with_changes(file, torn(file.waiting, dice)),
        }
        for path, file in names.items():
            yield path, keep[way](file)


def move(names: dict[str, File], event: Event, file: File) -> None:
    """Do a create, a rename, a second name or a removal to a table of names."""
    if event.what not in ("create", "link"):
        names.pop(event.path, None)
    if event.what != "unlink":
        names[event.to or event.path] = file


def with_changes(file: File, changes: list[Event]) -> bytes:
    data = bytearray(file.safe)
    for event in changes:
        apply(data, event)
    return bytes(data)


def torn(waiting: list[Event], dice: random.Random) -> list[Event]:
    """Some sectors of what waited, in any order of arrival: a disk may write the last first."""
    pieces: list[Event] = []
    for event in waiting:
        if event.what == "cut":
            if dice.random() < 0.5:
                pieces.append(event)
            continue
        for start in range(0, len(event.data), SECTOR):
            if dice.random() < 0.5:
                part = event.data[start : start + SECTOR]
                pieces.append(Event("write", event.path, event.place + start, part))
    return pieces
