"""What the README promises: a report typed on the public page stands in the team's queue, and is linked.

It runs the demo as a person would, and takes the two pictures that the README shows.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.second_factor import give_code
from tests.sites import free_port

PICTURES = Path(__file__).parents[2] / "docs/pictures"
HANDLE = "Luke.Vesper_97"  # the demo's one suspect, spelt in a way that nobody has used yet


@dataclass(frozen=True, slots=True)
class Running:
    public: str
    team: str
    password: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("demo")
    told = folder / "told"
    with told.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "lightkeeper.cli.main", "demo", "--data", str(folder / "data"),
             "--public-port", str(free_port()), "--team-port", str(free_port())],
            stderr=output, stdout=output,
        )  # fmt: skip
    try:
        yield wait_for_greeting(process, told)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
    assert "Stopping both sites" in told.read_text()
    assert "Traceback" not in told.read_text()


def wait_for_greeting(process: "subprocess.Popen[bytes]", told: Path) -> Running:
    for _ in range(600):
        text = told.read_text()
        if "Ctrl-C stops" in text:
            public, team = re.findall(r"http://localhost:\d+", text)
            return Running(public, team, re.search(r"password\s+(\S+)", text)[1])
        assert process.poll() is None, text
        try:
            process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(f"the demo did not start: {told.read_text()}")


def take_picture(page: Page, name: str) -> None:
    """Written into the docs when asked; always taken, so that a page that cannot be drawn is noticed."""
    drawn = page.screenshot()
    assert len(drawn) > 10_000
    if os.environ.get("LIGHTKEEPER_WRITE_DOCS"):
        PICTURES.mkdir(exist_ok=True)
        (PICTURES / name).write_bytes(drawn)
    assert (PICTURES / name).exists()


def tell(page: Page, running: Running) -> str:
    """Type a report as a child would, and give back the receipt."""
    page.goto(running.public)
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 253, 248)")  # the stylesheet is there
    take_picture(page, "public.png")
    page.get_by_role("link", name="Tell us what happened").click()
    for _ in range(12):
        if page.locator("textarea[name=what]").count():
            page.fill("textarea[name=what]", "He says he will show a photo to my friends if I do not pay him.")
        if page.locator("[name=names]").count():
            page.fill("[name=names]", HANDLE)
        if page.locator("[name=age]").count():
            page.fill("[name=age]", "13")
        onward = page.get_by_role("button", name=re.compile(r"^(Next|Send)", re.IGNORECASE))
        if not onward.count():
            break
        heading = page.locator("h1").inner_text()
        onward.first.click()
        expect(page.locator("h1")).not_to_have_text(heading)
    expect(page.locator("main")).to_contain_text("words")
    return page.locator("main").inner_text()


def sign_in(page: Page, running: Running) -> None:
    page.goto(running.team)
    page.get_by_label("User name").fill("officer")
    page.get_by_label("Password").fill(running.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    give_code(page)
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()


def test_a_typed_report_reaches_the_queue_and_is_linked(browser: Browser, demo: Running):
    phone = browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    tell(phone.new_page(), demo)
    desk = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = desk.new_page()
    sign_in(page, demo)
    page.get_by_role("button", name="Open what came in").click()
    page.get_by_label("Search").fill(HANDLE)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("main")).to_contain_text("of 8 linked")
    page.goto(demo.team)
    take_picture(page, "team.png")
    page.get_by_label("Search").fill(HANDLE)
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_role("link", name="Suspects", exact=True).click()
    page.locator("main a[href*='/suspects/']").first.click()
    expect(page.locator("main")).to_contain_text("same handle after normalising")
    phone.close()
    desk.close()
