"""A backup holds everything, is consistent while writing goes on, and comes back to the last byte."""

import json
import os
import sqlite3
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from lightkeeper.cli.main import main
from lightkeeper.core.errors import CannotOpen
from lightkeeper.report.seal import make_keys, seal
from lightkeeper.web.shared.backup import pack
from lightkeeper.web.shared.backup.manifest import sum_of
from lightkeeper.web.shared.backup.pack import back_up
from lightkeeper.web.shared.backup.unpack import restore, verify_backup

KEYS = make_keys()


@pytest.fixture
def data(tmp_path) -> Path:
    folder = tmp_path / "data"
    (folder / "spool").mkdir(parents=True)
    (folder / "static").mkdir()
    (folder / "secret").write_text("s" * 43)
    (folder / "spool" / "waiting").write_bytes(bytes(range(256)) * 40)
    (folder / "static" / "site.css").write_text("made anew at each start")
    with closing(sqlite3.connect(folder / "casebook.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE pairs (id INTEGER PRIMARY KEY, first TEXT, second TEXT)")
        database.executemany("INSERT INTO pairs VALUES (?, ?, ?)", [(n, str(n), str(n)) for n in range(20_000)])
        database.commit()
    return folder


def rows(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT first, second FROM pairs").fetchall()


def test_everything_comes_back(tmp_path, data):
    packed = back_up(data, tmp_path / "b.age", [KEYS.recipient], {})
    assert set(packed.files) == {"secret", "spool/waiting", "casebook.sqlite3"}
    restore(tmp_path / "b.age", tmp_path / "again", [KEYS.identity], {})
    for name in ("secret", "spool/waiting"):
        assert (tmp_path / "again" / name).read_bytes() == (data / name).read_bytes()
        assert (tmp_path / "again" / name).stat().st_mode & 0o077 == 0
    assert rows(tmp_path / "again" / "casebook.sqlite3") == rows(data / "casebook.sqlite3")
    assert not list(tmp_path.glob(".backup-*"))
    assert not list(tmp_path.glob(".restore-*"))


def test_nothing_of_it_can_be_read_without_the_key(tmp_path, data):
    (data / "secret").write_text("canary-" * 10)
    back_up(data, tmp_path / "b.age", [KEYS.recipient], {})
    assert b"canary" not in (tmp_path / "b.age").read_bytes()
    with pytest.raises(CannotOpen):
        verify_backup(tmp_path / "b.age", [make_keys().identity])


def test_a_writer_at_work_never_leaves_half_a_change_in_it(tmp_path, data):
    """A writer turns both columns over in one transaction, again and again: no copy may show them different."""
    stop = threading.Event()
    turns = []

    def write():
        with closing(sqlite3.connect(data / "casebook.sqlite3", timeout=30)) as database:
            while not stop.is_set():
                turn = len(turns)
                with database:
                    database.execute("UPDATE pairs SET first = ? WHERE id < 2000", (f"t{turn}",))
                    database.execute("UPDATE pairs SET second = ? WHERE id < 2000", (f"t{turn}",))
                turns.append(turn)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            back_up(data, tmp_path / f"{number}.age", [KEYS.recipient], {})
    finally:
        stop.set()
        writer.join()
    assert len(turns) > 3
    for number in range(3):
        restore(tmp_path / f"{number}.age", tmp_path / f"r{number}", [KEYS.identity], {})
        found = rows(tmp_path / f"r{number}" / "casebook.sqlite3")
        assert len(found) == 20_000
        assert all(first == second for first, second in found)


def lay_tables(data: Path) -> None:
    (data / "casebook.sqlite3").unlink()
    for name in ("inbox", "casebook"):
        with closing(sqlite3.connect(data / f"{name}.sqlite3")) as database, database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("CREATE TABLE held (name TEXT)")


def way_of(data: Path, name: str) -> Iterator[None]:
    """One report's way: spooled, in the inbox, in the casebook; removed only after it was kept further on."""
    spooled = data / "spool" / name
    spooled.write_text(name)
    yield
    _run(data / "inbox.sqlite3", "INSERT INTO held VALUES (?)", name)
    spooled.unlink()
    yield
    _run(data / "casebook.sqlite3", "INSERT INTO held VALUES (?)", name)
    _run(data / "inbox.sqlite3", "DELETE FROM held WHERE name = ?", name)


def _run(path: Path, statement: str, name: str) -> None:
    with closing(sqlite3.connect(path, timeout=30)) as database, database:
        database.execute(statement, (name,))


def held_in(data: Path) -> set[str]:
    found = {path.name for path in (data / "spool").iterdir()}
    for name in ("inbox", "casebook"):
        with closing(sqlite3.connect(data / f"{name}.sqlite3")) as database:
            found |= {row[0] for row in database.execute("SELECT name FROM held")}
    return found


def test_a_report_that_moves_while_the_backup_is_made_is_in_it(tmp_path, data, monkeypatch):
    """The worst moment, not a likely one: reports move on between the copies of any two files."""
    lay_tables(data)
    names = [f"report-{number}" for number in range(6)]
    ways = [way_of(data, name) for name in names]
    for number, way in enumerate(ways):  # some wait in the spool, some in the inbox
        for _ in range(number % 2 + 1):
            next(way)

    def then_they_move(path: Path) -> str:
        for way in ways:
            next(way, None)
        return sum_of(path)

    monkeypatch.setattr(pack, "sum_of", then_they_move)
    back_up(data, tmp_path / "b.age", [KEYS.recipient], {})
    monkeypatch.undo()
    restore(tmp_path / "b.age", tmp_path / "again", [KEYS.identity], {})
    assert held_in(tmp_path / "again") >= set(names)


def test_nothing_open_ever_lies_where_the_backups_are(tmp_path, data, monkeypatch):
    """A share for backups may be anybody's disk; and a backup that is killed leaves no open copy for long."""
    (tmp_path / "share").mkdir()
    (data / "secret").write_text("canary-" * 10)
    left = data / ".backup-killed.tmp"
    left.mkdir()
    os.utime(left, (0, 0))
    seen = []

    def look(path: Path) -> str:
        seen.extend(file.read_bytes() for file in (tmp_path / "share").rglob("*") if file.is_file())
        return sum_of(path)

    monkeypatch.setattr(pack, "sum_of", look)
    back_up(data, tmp_path / "share" / "b.age", [KEYS.recipient], {})
    assert seen
    assert not any(b"canary" in data or b"SQLite" in data for data in seen)
    assert [path.name for path in (tmp_path / "share").iterdir()] == ["b.age"]
    assert not left.exists()


@pytest.mark.parametrize("place", [0.3, 0.6, 0.999])
def test_a_changed_byte_is_noticed(tmp_path, data, place):
    target = tmp_path / "b.age"
    back_up(data, target, [KEYS.recipient], {})
    raw = bytearray(target.read_bytes())
    raw[int(len(raw) * place)] ^= 1
    target.write_bytes(raw)
    with pytest.raises(CannotOpen):
        verify_backup(target, [KEYS.identity])


def test_a_cut_backup_is_noticed(tmp_path, data):
    target = tmp_path / "b.age"
    back_up(data, target, [KEYS.recipient], {})
    target.write_bytes(target.read_bytes()[:-100])
    with pytest.raises(CannotOpen):
        verify_backup(target, [KEYS.identity])


def test_a_hostile_backup_writes_nothing_outside_its_folder(tmp_path):
    """Anybody can seal a file for a public key, so what is inside is not trusted either."""
    inner = tmp_path / "inner.tgz"
    (tmp_path / "manifest.json").write_text(
        json.dumps({"made": "", "version": "", "files": {"../escaped": {"bytes": 0, "sha256": ""}}})
    )
    with tarfile.open(inner, "w:gz") as archive:
        archive.add(tmp_path / "manifest.json", "manifest.json")
    (tmp_path / "b.age").write_bytes(seal(inner.read_bytes(), [KEYS.recipient]))
    with pytest.raises(CannotOpen):
        restore(tmp_path / "b.age", tmp_path / "there", [KEYS.identity], {})
    assert not (tmp_path / "escaped").exists()


def test_by_command(tmp_path, data, capsys):
    key, public, target = tmp_path / "k.key", tmp_path / "k.pub", tmp_path / "b.age"
    key.write_text(f"# kept offline\n{KEYS.identity}\n")
    public.write_text(KEYS.recipient + "\n")
    command = ["backup", "--data", str(data), "--out", str(target), "--to-file", str(public)]
    assert main(command) == 0
    assert main(command) == 2
    assert "never written over" in capsys.readouterr().err
    assert main(["restore", str(target), "--key", str(key), "--check"]) == 0
    assert capsys.readouterr().out.startswith("sound: 3 files")
    assert main(["restore", str(target), "--key", str(key), "--data", str(data)]) == 2
    assert "not empty" in capsys.readouterr().err
    assert main(["restore", str(target), "--key", str(key), "--data", str(tmp_path / "new")]) == 0
