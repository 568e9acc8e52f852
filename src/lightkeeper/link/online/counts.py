"""What the index knows of itself as a whole: one small row, read and written with every report."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from lightkeeper.link import weigh
from lightkeeper.link.online.store import One, Row, Store

COUNTS = One("SELECT value FROM link_known WHERE name = 'counts'")
_PUT = "INSERT INTO link_known (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


@dataclass(slots=True)
class Counts:
    """Numbers that every process which writes to the index must see alike."""

    reports: int = 0
    suspects: int = 0
    pictures: int = 0
    last_report: int = 0  # the highest number given
    last_suspect: int = 0
    worlds: float = 1.0  # as the last night counted them
    night: int = 0  # how many times the batch engine's word was taken over
    pictures_of: str = field(default_factory=lambda: secrets.token_hex(8))  # changes when a picture is forgotten
    showing: list[int] = field(default_factory=lambda: [0] * len(weigh.KINDS))  # suspects that show each kind


_NAMES = tuple(one.name for one in fields(Counts))


def get_counts(store: Store) -> Counts:
    return read_counts(store.ask_all(COUNTS)[0])


def read_counts(found: Sequence[Row]) -> Counts:
    """What the answer to `COUNTS` says."""
    return Counts(**json.loads(found[0][0])) if found else Counts()


def put_counts(store: Store, counts: Counts) -> None:
    store.put(_PUT, [("counts", json.dumps({name: getattr(counts, name) for name in _NAMES}))])


def get_beliefs(store: Store) -> list[float]:
    """How far each class of agreement is believed: what the last night learned, or what is true in general."""
    found = store.ask("SELECT value FROM link_known WHERE name = 'beliefs'")
    return list(json.loads(found[0][0])) if found else weigh.first_beliefs()


def put_beliefs(store: Store, beliefs: Sequence[float]) -> None:
    store.put(_PUT, [("beliefs", json.dumps(list(beliefs)))])
