"""Bring a folder of an older version up to date and print what is there then. A process of its own, as a site is.

python -m tests.trust.upgrade.look FOLDER
"""

import json
import os
import sys
from pathlib import Path

from tests.sites import House
from tests.trust.upgrade.make_baseline import everything, set_up

from lightkeeper.report.seal import KeyPair, recipient_of


def main(folder: Path) -> None:
    identity = (folder / "team.key").read_text().strip()
    team_key = KeyPair(recipient_of(identity), identity)
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    set_up(House(folder, team_key, team_key))
    print(json.dumps({"told": everything(), "taken": take(), "found": search(), "flaws": flaws()}))


def take() -> list[str]:
    """Open what waited in the inbox since before."""
    from datetime import UTC, datetime

    from lightkeeper.web.casebook.casebook import DjangoCasebook
    from lightkeeper.web.team.arrivals import take_arrivals

    taken = take_arrivals(DjangoCasebook(), datetime.now(UTC))
    return [case.report.narrative for case in taken.cases]


def search() -> int:
    """How many cases the search finds for a word that stands in every story."""
    from lightkeeper.desk.casebook import Wanted
    from lightkeeper.web.casebook.casebook import DjangoCasebook

    return DjangoCasebook().queue(Wanted(frozenset({"desk"}), words="harbour", limit=50)).total


def flaws() -> int:
    from lightkeeper.desk.audit import find_flaws
    from lightkeeper.web.casebook.casebook import DjangoCasebook

    book = DjangoCasebook()
    return len(find_flaws(book.entries(), book.reasons()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
