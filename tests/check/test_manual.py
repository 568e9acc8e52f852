"""The reference of the signs is made from the signs."""

from pathlib import Path

from tests.check_talk import read_signs

from lightkeeper.check.manual import write_manual

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "signs.md"


def test_the_list_of_signs_is_current() -> None:
    assert PAGE.read_text("utf-8") == write_manual()


def test_every_sign_is_in_it() -> None:
    assert all(f"`{name}`" in write_manual() for name in read_signs())
