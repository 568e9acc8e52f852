"""For everyone: axe on every page and state, in both languages, light and dark, narrow and wide."""

import gzip
import os
from collections.abc import Callable
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.browser.test_report import go_on

ALL = os.environ.get("TEST_EVERY_COMBINATION") == "yes"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    *("/", "/report", "/replies", "/replies/lost", "/cookies", "/cookies?saved=kept", "/feedback", "/leaving"),
    *("/pictures", "/privacy", "/accessibility", "/check/questions", "/warnings", "/figures", "/no-such-page"),
)
# Each pair of language, colours and width meets once; all eight combinations: TEST_EVERY_COMBINATION=yes.
PAIRS = [("", "light", 320), ("/cy", "dark", 320), ("", "dark", 1280), ("/cy", "light", 1280)]
MATRIX = list(product(["", "/cy"], ["light", "dark"], [320, 1280])) if ALL else PAIRS
MOST_GZIPPED, MOST_SCRIPT, MOST_REQUESTS = 35 * 1024, 12 * 1024, 6


def faults(page: Page) -> list[object]:
    """What axe finds: the rule, and where. From the top: what is half under the bar that stays counts as small."""
    page.evaluate("window.scrollTo(0, 0)")
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def all_screens(page: Page) -> None:
    """On to each screen in turn, with axe on each; the receipt is the last."""
    for _ in range(8):
        assert faults(page) == []
        if page.locator("ol.words").count():
            return
        if page.locator("textarea[required]").count():
            page.locator("textarea[required]").fill("x")
        go_on(page)
    raise AssertionError("the receipt never came")


def picture_refused(page: Page) -> None:
    go_on(page)
    page.locator("textarea").fill("data:image/png;base64,AAAA")
    go_on(page)
    expect(page.locator("#problems")).to_have_count(1)
    assert faults(page) == []


def danger_and_every_fold(page: Page) -> None:
    """What a page says to somebody in danger, and each fold open."""
    page.locator("input[value=hurt]").check()
    go_on(page)
    expect(page.locator("aside.now")).to_have_count(1)
    assert faults(page) == []
    page.locator("textarea[required]").fill("x")
    for _ in range(5):
        for line in page.locator("details summary").all():
            line.click()
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        go_on(page)


def checked_chat(page: Page) -> None:
    page.goto(page.url.replace("/report", "/check"))
    page.locator("#pasted").fill("Sam: pay me 200 in gift cards or i send ur pics to all ur followers\nKid: no")
    page.locator("#go").click()
    expect(page.locator("#answer")).to_be_visible(timeout=20_000)
    assert faults(page) == []


def wrong_receipt(page: Page) -> None:
    page.goto(page.url.replace("/report", "/replies"))
    page.locator("textarea").fill("these are not my words")
    page.locator("p.actions button").first.click()
    expect(page.locator("#problems")).to_have_count(1)
    assert faults(page) == []


@pytest.mark.parametrize(("prefix", "scheme", "width"), MATRIX)
def test_axe_finds_nothing_on_any_page(open_page: Open, prefix: str, scheme: str, width: int) -> None:
    page = open_page(prefix + "/", width=width, color_scheme=scheme, bypass_csp=True)
    start = page.url.removesuffix("/").removesuffix(prefix)
    for address in (*PAGES, "/check"):
        page.goto(start + (prefix + address if address != "/" else prefix + "/"))
        assert (address, faults(page)) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "walk", [all_screens, picture_refused, danger_and_every_fold, checked_chat, wrong_receipt]
)
@pytest.mark.parametrize(
    ("prefix", "scheme", "width"), [("", "light", 320), ("/cy", "dark", 320), ("", "dark", 1280)]
)
def test_axe_finds_nothing_in_any_state_of_the_report(
    open_page: Open, prefix: str, scheme: str, width: int, walk: Callable[[Page], None]
) -> None:
    walk(open_page(prefix + "/report", width=width, color_scheme=scheme, bypass_csp=True))


@pytest.mark.parametrize("colours", ["calm", "dark", "light"])
def test_axe_finds_nothing_in_chosen_colours_and_larger_text(open_page: Open, colours: str) -> None:
    page = open_page("/cookies", width=320, bypass_csp=True)
    page.locator("input[name=remember][value=yes]").check()
    page.locator("input[name=text][value=larger]").check()
    page.locator(f"input[name=colours][value={colours}]").check()
    page.locator("p.actions button").first.click()
    expect(page.locator(".done")).to_have_count(1)
    assert page.locator("html").get_attribute("data-colours") == colours
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_small_and_says_nothing_in_the_console(open_page: Open, address: str) -> None:
    """Gzipped by us from what came, so that the figure does not hang on the server's level."""
    page = open_page("/health")
    sizes: dict[str, int] = {}
    said: list[str] = []
    page.on("response", lambda response: sizes.update({response.url: len(gzip.compress(response.body()))}))
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(page.url.replace("/health", address), wait_until="networkidle")
    scripts = sum(size for url, size in sizes.items() if url.endswith(".js"))
    own = page.url.split("/")[2]
    assert {url.split("/")[2] for url in sizes} == {own}  # no third party
    assert len(sizes) <= MOST_REQUESTS
    assert sum(sizes.values()) <= MOST_GZIPPED
    assert scripts <= MOST_SCRIPT
    assert [line for line in said if "404" not in line] == []  # no error, no broken policy


@pytest.mark.parametrize("address", ["/", "/report", "/cookies"])
def test_nothing_moves(open_page: Open, address: str) -> None:
    page = open_page(address, reduced_motion="no-preference")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter((one) => {
            const style = getComputedStyle(one);
            return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0;
        }).length"""
    )
    assert moving == 0


@pytest.mark.parametrize("address", ["/", "/report"])
def test_with_colours_forced_by_the_system_fields_and_buttons_keep_an_edge(open_page: Open, address: str) -> None:
    page = open_page(address, forced_colors="active")
    edges = page.evaluate(
        """() => [...document.querySelectorAll('.button, .leave, .choice, .now')]
            .map((one) => parseFloat(getComputedStyle(one).borderTopWidth))"""
    )
    assert edges
    assert min(edges) >= 1


def test_right_to_left_turns_the_page_around(open_page: Open) -> None:
    page = open_page("/", width=1280)
    page.evaluate("() => document.documentElement.setAttribute('dir', 'rtl')")
    leave, brand = page.locator("#leave").bounding_box(), page.locator(".brand").bounding_box()
    assert leave
    assert brand
    assert leave["x"] < brand["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_on_paper_only_the_advice_is_printed(open_page: Open) -> None:
    page = open_page("/")
    page.emulate_media(media="print")
    assert not page.locator("#leave").is_visible()
    assert not page.locator("footer").is_visible()
    assert page.locator("main h1").is_visible()
