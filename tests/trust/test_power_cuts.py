"""The power goes at any write of a report's whole way: nothing acknowledged is lost, twice, or shut for ever.

Every write, sync, rename and removal of SQLite and of the spool is written down while reports come in, are
drained and are taken into the casebook. Then the disk is put back to the moment after one of them, with everything
that was not synced lost, kept or torn; the site starts again on it, and all is counted. `./dev bench trust`
does it after every single write.
"""

import ctypes.util
import sqlite3

import pytest
from tests.trust.power.cuts import cut_the_power
from tests.trust.power.recorder import Event
from tests.trust.power.replay import Machine


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


def test_what_was_not_synced_is_lost_kept_or_torn(tmp_path):
    machine = Machine(tmp_path)
    for event in (
        Event("create", "/d/a"),
        Event("write", "/d/a", data=b"1" * 512),
        Event("sync", "/d/a"),
        Event("sync_folder", "/d"),
        Event("write", "/d/a", place=512, data=b"2" * 2048),
        Event("rename", "/d/a", to="/d/b"),
    ):
        machine.follow(event)
    import random

    assert dict(machine.after_a_cut("lost", random.Random(1))) == {"/d/a": b"1" * 512}
    assert dict(machine.after_a_cut("kept", random.Random(1))) == {"/d/b": b"1" * 512 + b"2" * 2048}
    torn = [tuple(machine.after_a_cut("torn", random.Random(seed))) for seed in range(40)]
    assert {name for files in torn for name, _ in files} == {"/d/a", "/d/b"}
    assert len({data for files in torn for _, data in files}) > 5
