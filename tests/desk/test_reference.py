"""The reference of the desk is what its rules say. Write it anew: LIGHTKEEPER_WRITE_DOCS=yes."""

import os
from pathlib import Path

from lightkeeper.desk.policy import PERMISSIONS
from lightkeeper.desk.reference import write_reference
from lightkeeper.desk.states import MOVES

PAGE = Path(__file__).parents[2] / "docs/reference/desk.md"


def test_the_reference_is_current() -> None:
    wanted = write_reference()
    if os.environ.get("LIGHTKEEPER_WRITE_DOCS"):
        PAGE.write_text(wanted)
    assert PAGE.read_text() == wanted


def test_every_move_and_permission_is_in_it() -> None:
    page = write_reference()
    assert page.count("\n| `") >= len(PERMISSIONS)
    for move in MOVES:
        assert f"| {move.now} | {move.wanted} |" in page
