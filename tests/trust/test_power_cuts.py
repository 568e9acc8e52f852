"""The power goes at any write of a report's whole way: nothing acknowledged is lost, twice, or shut for ever.

Every write, sync, rename and removal of SQLite, of PostgreSQL and of the spool is written down while reports come
in, are drained and are taken into the casebook. Then the disk is put back to the moment after one of them, with
everything that was not synced lost, kept or torn; the site starts again on it, and all is counted. `./dev bench
trust` does it after every single write of SQLite, and after many of PostgreSQL's.
"""

import ctypes.util
import random
import sqlite3
import sys

import pytest
from tests.postgres import there_is_postgres
from tests.trust.power.cuts import cut_the_power, cut_the_power_of_postgres
from tests.trust.power.recorder import Event
from tests.trust.power.replay import Machine
from tests.trust.power.traced import Reader, can_be_traced, trace


def sqlite_can_be_watched() -> bool:
    """Python must use the SQLite of the system, or its file system cannot be replaced from here."""
    try:
        library = ctypes.CDLL("libsqlite3.so.0")
    except OSError:
        return False
    library.sqlite3_libversion.restype = ctypes.c_char_p
    return bool(library.sqlite3_libversion().decode() == sqlite3.sqlite_version)


watched = pytest.mark.skipif(not sqlite_can_be_watched(), reason="Python has an SQLite of its own here")


@watched
def test_at_any_write_nothing_acknowledged_is_lost_twice_or_shut(tmp_path):
    found = cut_the_power(tmp_path, reports=10, cuts=60, seed=5)
    assert found["acknowledged"] >= 10
    assert found["cuts"] == 60
    assert (found["lost"], found["twice"], found["unopened"], found["broken"]) == (0, 0, 0, 0)


@watched
def test_a_site_that_syncs_nothing_is_found_out(tmp_path):
    """The judge itself: it must be able to fail."""
    found = cut_the_power(tmp_path, reports=6, cuts=25, seed=6, careless=True)
    assert found["lost"] > 0


traced = pytest.mark.skipif(not can_be_traced(), reason="no strace on this machine, or it may not trace")
on_postgres = pytest.mark.skipif(not there_is_postgres(), reason="no PostgreSQL on this machine")


@pytest.mark.postgres
@on_postgres
@traced
def test_at_any_write_of_postgres_nothing_acknowledged_is_lost_twice_or_shut():
    found = cut_the_power_of_postgres(reports=4, cuts=12, seed=5)
    assert found["acknowledged"] >= 4
    assert found["cuts"] == 12
    assert (found["lost"], found["twice"], found["unopened"], found["broken"]) == (0, 0, 0, 0)


@pytest.mark.postgres
@on_postgres
@traced
def test_a_postgres_that_syncs_nothing_is_found_out():
    """The judge itself: it must be able to fail."""
    found = cut_the_power_of_postgres(reports=4, cuts=8, seed=6, careless=True)
    assert found["lost"] + found["broken"] > 0


@traced
def test_what_strace_writes_is_read(tmp_path):
    """A process that does each of the things we know of: its file is put together again from the notes."""
    place, marks = tmp_path / "place", tmp_path / "marks"
    place.mkdir()
    trace(tmp_path / "log", [sys.executable, "-c", ACTS, str(place), str(marks)])
    events = list(Reader((str(place),), place, marks, set()).read(tmp_path / "log"))
    assert [event.what for event in events] == [
        "create", "write", "write", "mark", "sync", "cut", "link", "rename", "sync_folder", "unlink"
    ]  # fmt: skip
    machine = Machine(tmp_path / "nothing", place)
    for event in events[:-1]:
        if event.what != "mark":
            machine.follow(event)
    assert dict(machine.after_a_cut("kept", random.Random(1))) == {
        str(place / "a b"): b"hXXlo",
        str(place / "d"): b"hXXlo",
    }
    assert dict(machine.after_a_cut("lost", random.Random(1)))[str(place / "d")] == b"hXXlo there"


ACTS = """
import os, sys
os.chdir(sys.argv[1])
file = os.open("a b", os.O_CREAT | os.O_RDWR)
os.write(file, b"hello there")
os.pwrite(file, b"XX", 1)
os.write(os.open(sys.argv[2], os.O_CREAT | os.O_WRONLY), b"told\\n")
os.fsync(file)
os.ftruncate(file, 5)
os.link("a b", "c")
os.rename("c", "d")
os.fsync(os.open(".", os.O_RDONLY))
os.unlink("a b")
"""


def test_what_was_not_synced_is_lost_kept_or_torn(tmp_path):
    machine = Machine(tmp_path, tmp_path)
    for event in (
        Event("create", "/d/a"),
        Event("write", "/d/a", data=b"1" * 512),
        Event("sync", "/d/a"),
        Event("sync_folder", "/d"),
        Event("write", "/d/a", place=512, data=b"2" * 2048),
        Event("rename", "/d/a", to="/d/b"),
    ):
        machine.follow(event)
    assert dict(machine.after_a_cut("lost", random.Random(1))) == {"/d/a": b"1" * 512}
    assert dict(machine.after_a_cut("kept", random.Random(1))) == {"/d/b": b"1" * 512 + b"2" * 2048}
    torn = [tuple(machine.after_a_cut("torn", random.Random(seed))) for seed in range(40)]
    assert {name for files in torn for name, _ in files} == {"/d/a", "/d/b"}
    assert len({data for files in torn for _, data in files}) > 5
