"""Nothing that was told can be read from the public server's disk, its log, its spool or its backups."""

import base64
import gzip
import sqlite3
from contextlib import closing

import pytest
from tests.sites import build_house, serve
from tests.trust.reporting import ask, fill_in, kept_of, send
from tests.trust.theft import canary, files_of, plant, shows_mark, traces

from lightkeeper.report.form import screens
from lightkeeper.report.seal import make_keys
from lightkeeper.web.shared.backup.pack import back_up

FEW = 15


def test_a_thief_of_the_public_server_reads_nothing(tmp_path):
    house = build_house(tmp_path)
    with serve(house, "public", MOST_REPORTS="1000000") as site:
        planted = plant(site, FEW)
        while_running = traces(house.folder)
    with closing(sqlite3.connect(house.folder / "inbox.sqlite3")) as database:
        kinds = dict(database.execute("SELECT kind, count(*) FROM inbox_envelope GROUP BY kind"))
    assert kinds == {"report": planted, "answer": planted, "feedback": planted}
    assert while_running == []
    assert traces(house.folder) == []
    back_up(house.folder / "public", house.folder / "b.age", [make_keys().recipient], {})
    assert traces(house.folder) == []


def test_what_is_typed_and_not_sent_is_nowhere(tmp_path):
    """Up to the last button of the report; and the questions that stand in for the check without scripts."""
    house = build_house(tmp_path)
    with serve(house, "public") as site:
        before = sizes_of(house.folder)
        word = canary(1)
        kept = kept_of(ask(f"{site.address}/report").page)
        for screen in screens():
            typed = {one.name: f"{word} did it" for one in screen.fields if one.kind in ("text", "line", "lines")}
            form = {"kept": kept, "screen": screen.name, "go": "next", **typed}
            kept = kept_of(ask(f"{site.address}/report", form).page)
        ask(f"{site.address}/check/questions", {"kind": "yes", "what": word})
        assert traces(house.folder) == []
        assert sizes_of(house.folder) == before
    assert traces(house.folder) == []


def test_the_words_of_a_receipt_are_nowhere(tmp_path):
    house = build_house(tmp_path)
    with serve(house, "public") as site:
        told = send(site.address, fill_in(site.address, "Somebody threatens me.")).words
        ask(f"{site.address}/replies", {"words": told})
        for separator in (" ", "-", "\n", ",", "", '", "'):
            pair = separator.join(told.split()[3:5]).encode()
            assert not any(pair in path.read_bytes() for path in files_of(house.folder)), separator


def sizes_of(folder):
    """Every file of the site with its size, but for the counters that slow down floods."""
    return {path: path.stat().st_size for path in files_of(folder) if path.name != "throttle"}


def test_nothing_is_read_from_the_spool_either(tmp_path):
    house = build_house(tmp_path)
    with serve(house, "public", MOST_REPORTS="1000000", INBOX_URL="postgresql://nobody@127.0.0.1:9/none") as site:
        planted = plant(site, 3)
        assert len(list((house.folder / "public" / "spool").glob("*.age"))) == 2 * planted
        assert traces(house.folder) == []


@pytest.mark.parametrize(
    "hidden",
    [
        canary(1).encode(),
        canary(1).encode("utf-16-le"),
        canary(1).encode().hex().encode(),
        base64.b64encode(b"padding" + canary(1).encode()),
        b"junk" + gzip.compress(b"x" * 500 + canary(1).encode()),
    ],
    ids=["plain", "utf-16", "hex", "base64", "gzip"],
)
def test_the_search_finds_what_is_there(hidden):
    """The judge itself: it must be able to fail."""
    assert shows_mark(b"before" + hidden + b"after")
    assert not shows_mark(b"nothing of the kind")
