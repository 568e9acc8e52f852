"""The pictures in the docs are taken here: LIGHTKEEPER_WRITE_DOCS=1 pytest tests/browser/test_pictures.py"""

import os
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import PHONE, Open
from tests.browser.test_report import go_on, tell

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


def stay(page: Page) -> None:
    """The first page as it is."""


def tell_all(page: Page) -> None:
    tell(page, "made up for a picture", go_on)
    page.evaluate(
        "words => document.querySelectorAll('ol.words li').forEach((one, at) => { one.textContent = words[at]; })",
        ["lantern", "harbour", "pebble", "ginger", "window", "autumn", "kettle", "meadow", "ribbon"],
    )


@pytest.mark.parametrize(
    ("name", "address", "walk"),
    [("public-home", "/", stay), ("public-report", "/report", stay), ("public-receipt", "/report", tell_all)],
)
def test_a_picture_of_the_page_is_in_the_docs(open_page: Open, name: str, address: str, walk: object) -> None:
    page = open_page(address, **PHONE)
    walk(page)  # type: ignore[operator]
    taken = page.screenshot()
    file = PICTURES / f"{name}.png"
    if os.environ.get("LIGHTKEEPER_WRITE_DOCS"):
        file.write_bytes(taken)
    kept = file.read_bytes()
    assert kept[:8] == taken[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", kept[16:24]) == struct.unpack(">II", taken[16:24]) == tuple(PHONE.values())
