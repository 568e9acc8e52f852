"""What the parts of the trust bench share: rows, folders, and work on a site with each database."""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import running_cluster, there_is_postgres
from tests.sites import Site, build_house, serve
from tests.trust.faults import MANY, prepared_inbox

Row = tuple[str, str, str]
Part = Callable[[argparse.Namespace], Iterator[Row]]


@contextmanager
def empty_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="lightkeeper-trust-") as folder:
        yield Path(folder)


def on_both(work: Callable[[str, list[Path], Site], Row]) -> Iterator[Row]:
    """Do the work on a public site with SQLite, then on one with PostgreSQL; with the folders each writes to."""
    with empty_folder() as folder:
        house = build_house(folder)
        with serve(house, "public", workers=2, MOST_REPORTS=MANY) as site:
            yield work("SQLite", [folder], site)
    if there_is_postgres():
        with empty_folder() as folder, running_cluster() as cluster:
            house = build_house(folder)
            _, address = prepared_inbox(house, cluster)
            with serve(house, "public", workers=2, MOST_REPORTS=MANY, INBOX_URL=address) as site:
                yield work("PostgreSQL", [folder, cluster.data], site)
