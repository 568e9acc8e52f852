"""The pictures in the docs are taken here: LIGHTKEEPER_WRITE_DOCS=1 pytest tests/browser/test_pictures.py"""

import os
import struct
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import PHONE, Open
from tests.browser.test_report import go_on, tell

DOCS = Path(__file__).parents[2] / "docs"
PICTURES, HOW_IT_LOOKS = DOCS / "pictures", DOCS / "explanation" / "how-it-looks.md"


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


PAGES = (
    *(
        "/",
        "/help",
        "/help/child",
        "/help/child/threat",
        "/help/child/hurting-myself",
        "/help/parent",
        "/help/school",
    ),
    *("/help/take-it-down", "/help/who-can-help", "/help/apps/snapchat", "/check", "/check/questions", "/replies"),
    *(
        "/warnings",
        "/cookies",
        "/feedback",
        "/leaving",
        "/pictures",
        "/privacy",
        "/accessibility",
        "/no-such-page",
    ),
)
SHEETS = [
    ("public-phone", "", "light", 375, 740),
    ("public-phone-night", "", "dark", 375, 740),
    ("public-phone-welsh", "/cy", "light", 375, 740),
    ("public-desktop", "", "light", 1280, 900),
]
GRID = """<style>body { margin: 0; padding: 12px; background: #888; display: grid; gap: 12px;
grid-template-columns: repeat(7, 1fr); } img { inline-size: 100%%; display: block; }</style>%s"""


def every_state(page: Page, prefix: str) -> Iterator[bytes]:
    """Each page, then each step of a report with one mistake in it, then the answer's page."""
    begin = page.url.removesuffix("/health") + prefix
    for address in PAGES:
        page.goto(begin + (address if address != "/" or not prefix else "/"))
        yield page.screenshot()
    page.goto(begin + "/report")
    for _ in range(8):
        if page.locator("textarea[required]").count():
            go_on(page)
            yield page.screenshot()
            page.locator("textarea[required]").fill("made up for a picture")
        yield page.screenshot()
        if page.locator("ol.words").count():
            return
        go_on(page)


@pytest.mark.parametrize(("name", "prefix", "scheme", "width", "height"), SHEETS)
def test_all_pages_are_in_the_docs_at_a_glance(
    open_page: Open, name: str, prefix: str, scheme: str, width: int, height: int
) -> None:
    page = open_page("/health", width=width, height=height, color_scheme=scheme)
    taken = [b64encode(one).decode() for one in every_state(page, prefix)]
    assert len(set(taken)) == len(PAGES) + 9
    sheet = page.context.new_page()
    sheet.set_viewport_size({"width": 1400, "height": 900})
    sheet.set_content(GRID % "".join(f'<img src="data:image/png;base64,{one}">' for one in taken))
    drawn = sheet.screenshot(full_page=True, type="jpeg", quality=70)
    file = PICTURES / f"{name}.jpg"
    if os.environ.get("LIGHTKEEPER_WRITE_DOCS"):
        file.write_bytes(drawn)
    assert file.exists()
    assert file.name in HOW_IT_LOOKS.read_text()
