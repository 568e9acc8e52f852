"""A real browser and real sites. Chromium is Debian's; the sites run as processes on free ports."""

import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.sites import House, Site, build_house, serve

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


class Weather(BaseHTTPRequestHandler):
    """The neutral page that leaving opens."""

    def do_GET(self) -> None:
        body = b"<!doctype html><html lang=en><title>Weather</title><h1>Sunny</h1></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""


@pytest.fixture(scope="session")
def neutral_address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/weather"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Keys and folders for one installation of both sites."""
    return build_house(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="session")
def public_site(house: House, neutral_address: str) -> Iterator[Site]:
    with serve(house, "public", NEUTRAL_ADDRESS=neutral_address, MOST_REPORTS="100000") as site:
        yield site


@pytest.fixture
def open_page(browser: Browser, public_site: Site) -> Iterator[Open]:
    """Open an address of the public site in a fresh context: `open_page("/report", scripts=False, width=320)`."""
    contexts: list[BrowserContext] = []

    def open_one(
        address: str = "/", scripts: bool = True, width: int = 360, height: int = 740, **options: Any
    ) -> Page:
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, java_script_enabled=scripts, locale="en-GB", **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(public_site.address + address)
        return page

    yield open_one
    for context in contexts:
        context.close()
