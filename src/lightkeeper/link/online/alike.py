"""Near-equal pictures and scripts: which of those that came before is this one?"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lightkeeper.link.family import ALIKE
from lightkeeper.link.forms.script import overlap
from lightkeeper.link.online.counts import Counts
from lightkeeper.link.online.sketch import bands_of
from lightkeeper.link.online.store import Among, Store

if TYPE_CHECKING:
    from lightkeeper.link.hash_index import HashIndex

# Where so many near ones are kept, no further copy is: whatever is near to it is near to one of them.
MOST_COPIES = 64
_AT_ONCE = 50_000  # hashes read at a time to fill the folder


def kept_scripts(tokens: Sequence[int]) -> Among:
    """Asks which of these very scripts are kept."""
    return Among("SELECT script FROM link_script WHERE script {}", tokens)


class Alike:
    """Pictures are looked for in a folder of this machine, scripts in the database.

    The database's list of hashes is the truth; the folder follows it. It is opened when the first picture comes,
    and every look at it happens inside the index's one transaction.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self._folder = store, folder
        self._pictures: HashIndex | None = None
        self._counts = Counts()

    def begin(self, counts: Counts) -> None:
        """A transaction begins; `counts` is counted on in it."""
        self._counts = counts

    def picture(self, value: str, token: int) -> int:
        one, pictures = bytes.fromhex(value), self._followed()
        near = pictures.search(one)
        if near:
            found = self._store.ask("SELECT token FROM link_image WHERE number = ?", (near[0][0],))
            token = int(found[0][0])
            if near[0][1] == 0 or len(near) >= MOST_COPIES:
                return token
        (number,) = pictures.append([one])
        self._store.put("INSERT INTO link_image (number, token, hash) VALUES (?, ?, ?)", [(number, token, value)])
        self._counts.pictures += 1
        return token

    def script(self, value: str, token: int) -> int:
        """The token of the script that this new one is most like, or its own."""
        words = frozenset(value.split())
        bands = bands_of(sorted(words))
        found = self._store.ask_among(
            "SELECT script, words FROM link_script WHERE script IN (SELECT script FROM link_band WHERE band {})",
            bands,
        )
        near = max(((overlap(words, frozenset(told.split())), -int(one)) for one, told in found), default=(0.0, 0))
        if near[0] >= ALIKE:
            return -near[1]
        self._store.put("INSERT INTO link_script (script, words) VALUES (?, ?)", [(token, value)])
        self._store.put(
            "INSERT INTO link_band (band, script) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(one, token) for one in bands],
        )
        return token

    def close(self) -> None:
        if self._pictures is not None:
            self._pictures.close()

    def _followed(self) -> "HashIndex":
        """The folder, made equal to the database's list: after a crash, a rollback, or work of another process."""
        from lightkeeper.link.hash_index import HashIndex  # its loops are compiled: only where there is a picture

        pictures = self._pictures
        if pictures is None or pictures.of != self._counts.pictures_of:
            self.close()
            pictures = self._pictures = HashIndex(self._folder, self._counts.pictures_of)
        pictures.catch_up()
        pictures.cut(self._counts.pictures)
        while len(pictures) < self._counts.pictures:
            rows = self._store.ask(
                "SELECT hash FROM link_image WHERE number >= ? ORDER BY number LIMIT ?", (len(pictures), _AT_ONCE)
            )
            pictures.append([bytes.fromhex(value) for (value,) in rows])
        return pictures
