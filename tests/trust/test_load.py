"""Many at once: nobody is turned away with an error, and every report that was thanked for is there."""

import sqlite3
from contextlib import closing

from tests.sites import build_house, serve
from tests.trust.load import press


def test_thirty_at_once_for_some_seconds(tmp_path):
    house = build_house(tmp_path)
    with serve(house, "public", workers=2, MOST_REPORTS="1000000") as site:
        load = press(site, clients=30, seconds=5, seed=3)
    assert load.wrong == []
    assert load.reports > 0
    with closing(sqlite3.connect(house.folder / "inbox.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM inbox_envelope").fetchone() == (load.reports,)
