"""The help pages in a real Chromium: for everyone, without scripts, without styles, by keyboard, on paper."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.sites import Site

from lightkeeper.help.pages import read_pages

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
FRAMES = (
    "/help",
    "/help/take-it-down",
    "/help/apps",
    "/help/apps/snapchat",
    "/help/apps/omegle",
    "/help/who-can-help",
)
PAGES = (*FRAMES, *(f"/help/{address}" for address in read_pages("en")))


@pytest.fixture
def site(public_site: Site) -> str:
    return public_site.address


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A phone without scripts."""
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:  # type: ignore[arg-type]
        yield context.new_page()


def faults(page: Page) -> list[object]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found.response["violations"]]


@pytest.mark.parametrize(
    ("prefix", "size", "scheme"),
    [("", PHONE, "dark"), ("", DESK, "light"), ("/cy", PHONE, "light"), ("/cy", DESK, "dark")],
)
def test_axe_finds_nothing_and_nothing_runs_off_the_side(browser, site, prefix, size, scheme):
    with browser.new_context(viewport=size, color_scheme=scheme, bypass_csp=True) as context:
        page = context.new_page()
        for address in PAGES:
            page.goto(site + prefix + address)
            assert faults(page) == [], prefix + address
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), prefix + address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_answer_or_an_error(browser, site, scheme):
    with browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True) as context:
        page = context.new_page()
        page.goto(f"{site}/help/take-it-down")
        page.get_by_role("button", name="Show me where to go").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert faults(page) == []
        answer(page)
        assert faults(page) == []


def answer(page: Page) -> None:
    page.get_by_label("Under 18", exact=True).check()
    page.get_by_label("Where do you live?").select_option("GB-WLS")
    page.get_by_label("Where is the picture").select_option("whatsapp")
    page.get_by_role("button", name="Show me where to go").click()


def test_two_questions_lead_to_report_remove_without_scripts(plain, site):
    plain.goto(f"{site}/help/child/shared")
    plain.get_by_role("link", name="See where to go", exact=True).click()
    answer(plain)
    expect(plain.get_by_role("heading", name="Go here first: Report Remove")).to_be_visible()
    expect(plain.get_by_role("link", name="Go to Report Remove")).to_have_attribute(
        "href", "https://www.childline.org.uk/remove"
    )
    assert plain.url == f"{site}/help/take-it-down"  # no age and no place in the history


def test_switching_the_language_keeps_the_answer_without_scripts(plain, site):
    plain.goto(f"{site}/help/take-it-down")
    answer(plain)
    plain.get_by_role("button", name="Cymraeg").click()
    expect(plain.get_by_role("heading", name="Dechrau yma: Report Remove")).to_be_visible()
    expect(plain.get_by_label("Dan 18", exact=True)).to_be_checked()
    expect(plain.get_by_label("Ble wyt ti'n byw?")).to_have_value("GB-WLS")


def test_the_questions_can_be_answered_by_keyboard_alone(browser, site):
    with browser.new_context(viewport=DESK) as context:
        page = context.new_page()
        page.goto(f"{site}/help/take-it-down")
        walk_to(page, "input[name=age]")
        page.keyboard.press("Space")
        walk_to(page, "#place")
        page.keyboard.type("Wal")
        walk_to(page, "#flow button")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Go here first: Report Remove")).to_be_visible()


def walk_to(page: Page, selector: str) -> None:
    """Press Tab until the thing has the focus; 40 steps are more than any page of ours needs."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def test_a_child_reaches_what_to_do_in_two_steps(plain, site):
    plain.goto(f"{site}/help")
    plain.get_by_role("link", name="I need help now").click()
    expect(plain.get_by_role("heading", name="What to do now")).to_be_visible()
    expect(plain.get_by_role("link", name="0800 1111").first).to_be_visible()
    plain.get_by_role("link", name="I already paid").click()
    expect(plain.get_by_role("heading", level=1, name="I already paid")).to_be_visible()


def test_without_styles_the_order_is_leave_help_steps(browser, site):
    with browser.new_context(java_script_enabled=False) as context:
        context.route("**/*.css", lambda route: route.abort())
        page = context.new_page()
        page.goto(f"{site}/help/child/threat")
        places = [
            page.locator(selector).first.bounding_box()["y"]  # type: ignore[index]
            for selector in ("#leave", "h1", "a[href='tel:999']", "ol.steps", "h2#who")
        ]
        assert places == sorted(places)


def test_on_paper_the_advice_is_whole_and_the_frame_is_gone(browser, site):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site}/help/parent/start")
        page.emulate_media(media="print")
        expect(page.locator("ol.steps").first).to_be_visible()
        expect(page.locator("#leave")).to_be_hidden()
        assert page.pdf(format="A4")[:5] == b"%PDF-"


@pytest.mark.parametrize("address", ["/help/child", "/help/take-it-down", "/help/who-can-help"])
def test_a_page_asks_nobody_else_and_little_of_us(browser, site, address):
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(site + address, wait_until="networkidle")
        assert len(asked) <= 6
        assert all(url.startswith(site) for url in asked)
        assert context.cookies() == []


def test_every_tap_target_is_large_enough(browser, site):
    """48 px for what is a choice or a button (links inside a sentence are text, as WCAG 2.5.8 has it)."""
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        for address in ("/help", "/help/child", "/help/take-it-down"):
            page.goto(site + address)
            for place in page.locator(".choice, main .button, main select, .cards > li").all():
                box = place.bounding_box()
                assert box is not None
                assert box["height"] >= 48, address


@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_the_largest_text_on_the_smallest_phone_runs_off_no_side(browser, site, prefix):
    with browser.new_context(viewport=PHONE, java_script_enabled=True) as context:
        context.add_cookies([{"name": "choices", "value": "en.larger.calm.uncounted", "url": site}])
        page = context.new_page()
        for address in PAGES:
            page.goto(site + prefix + address, wait_until="domcontentloaded")
            assert page.locator("html").get_attribute("data-text") == "larger"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), prefix + address
