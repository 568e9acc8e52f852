"""Forgetting reports: what no other report has of their scripts and pictures goes with them."""

import secrets
from collections.abc import Iterable

from lightkeeper.link import weigh
from lightkeeper.link.online.counts import Counts
from lightkeeper.link.online.regroup import among, move_reports
from lightkeeper.link.online.sketch import bands_of
from lightkeeper.link.online.store import Store
from lightkeeper.link.online.tokens import Token, unpack_keys

_BLANK = "0" * 64  # a hash that is near to none; the numbers of the others stay as they are


def forget_reports(store: Store, counts: Counts, reports: Iterable[str]) -> None:
    """Inside a transaction. Every machine's folder of pictures is made anew when it is next looked at."""
    rows = list(among(store, "SELECT number, id, keys FROM link_report WHERE id {}", list(reports)))
    if not rows:
        return
    keys = {key.token: key.kind for *_, packed in rows for key in unpack_keys(bytes(packed))}
    move_reports(store, counts, {number: None for number, *_ in rows}, {})
    still = {
        token for (token,) in among(store, "SELECT DISTINCT token FROM link_shown WHERE token {}", list(keys))
    }
    gone = [token for token in keys if token not in still]
    _forget_scripts(store, [token for token in gone if keys[token] == weigh.SCRIPT])
    pictures = [token for token in gone if keys[token] == weigh.IMAGE]
    if pictures:
        store.put("UPDATE link_image SET hash = ? WHERE token = ?", [(_BLANK, token) for token in pictures])
        counts.pictures_of = secrets.token_hex(8)
    store.put("DELETE FROM link_decision WHERE a = ? OR b = ?", [(one, one) for _, one, _ in rows])


def _forget_scripts(store: Store, scripts: list[Token]) -> None:
    """The bands of a script are made from its words, so they are found again."""
    for script, words in among(store, "SELECT script, words FROM link_script WHERE script {}", scripts):
        bands = bands_of(sorted(words.split()))
        store.put("DELETE FROM link_band WHERE band = ? AND script = ?", [(band, script) for band in bands])
    store.put("DELETE FROM link_script WHERE script = ?", [(one,) for one in scripts])
