"""Leave at once: every way out, and what Back, reload and the browser's memory show afterwards."""

import re
from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Error, Page, expect
from tests.browser.conftest import Open
from tests.browser.test_report import go_on
from tests.sites import Site

SECRET = "a very particular sentence"
ADDRESSES = ["/", "/replies", "/cookies", "/cy/report", "/no-such-page"]


def click(page: Page) -> None:
    page.locator("#leave").click()


def escape(page: Page) -> None:
    page.keyboard.press("Escape")


def shift_three_times(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


WAYS = [click, escape, shift_three_times]
EVERYWHERE = [*((page, escape) for page in ADDRESSES), *product(["/report"], WAYS)]


def type_something(page: Page) -> None:
    page.get_by_role("button", name="Next").last.click()
    page.get_by_label("What happened?").fill(SECRET)


@pytest.mark.parametrize(
    ("address", "leave"), [*((page, escape) for page in ADDRESSES), *product(["/report"], WAYS)]
)
def test_every_way_out_works_on_every_page(
    open_page: Open, neutral_address: str, address: str, leave: Callable[[Page], None]
) -> None:
    page = open_page(address)
    page.wait_for_load_state()
    leave(page)
    page.wait_for_url(neutral_address)
    assert page.title() == "Weather"


@pytest.mark.parametrize("leave", WAYS)
def test_back_and_reload_show_nothing_that_was_typed_and_no_page_of_the_form(
    open_page: Open, public_site: Site, neutral_address: str, leave: Callable[[Page], None]
) -> None:
    page = open_page("/")
    page.locator("main").get_by_role("link", name="Tell us what happened").click()
    page.wait_for_url("**/report")
    type_something(page)
    leave(page)
    page.wait_for_url(neutral_address)
    page.go_back()
    assert page.url == public_site.address + "/"
    assert SECRET not in page.content()
    page.reload()
    assert SECRET not in page.content()
    page.go_forward()
    assert page.url == neutral_address


def test_the_page_is_empty_before_the_browser_does_anything_else(open_page: Open) -> None:
    """Blank in the same turn as the key press: nothing is painted in between, so 100 ms are kept by far."""
    page = open_page("/report")
    page.wait_for_load_state()
    left = page.evaluate(
        """() => {
            window.stop();
            document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
            return { children: document.body.childNodes.length, title: document.title };
        }"""
    )
    assert left == {"children": 0, "title": "…"}


def test_while_our_exit_does_not_answer_the_neutral_page_opens_all_the_same(
    open_page: Open, neutral_address: str
) -> None:
    page = open_page("/report")
    page.wait_for_load_state()
    page.route("**/leave", lambda route: None)  # never answered
    escape(page)
    page.wait_for_url(neutral_address)


def test_an_answer_that_is_still_on_its_way_does_not_fill_the_page_again(
    open_page: Open, neutral_address: str
) -> None:
    page = open_page("/report")
    page.wait_for_load_state()
    page.route("**/leave", lambda route: None)  # never answered, so that there is time to look
    left = page.evaluate(
        """() => new Promise((done) => {
            document.querySelector("p.actions button").click();
            const busy = document.querySelector("p.actions button").textContent;
            document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
            const { body, documentElement } = document;
            setTimeout(() => done([busy, body.childNodes.length, documentElement.hidden]), 1000);
        })"""
    )
    assert left == ["One moment…", 0, True]
    page.wait_for_url(neutral_address)


def test_from_every_step_back_shows_the_page_before_the_form(
    open_page: Open, public_site: Site, neutral_address: str
) -> None:
    for steps in range(8):
        page = open_page("/")
        page.locator("main").get_by_role("link", name="Tell us what happened").click()
        page.wait_for_url("**/report")
        for _ in range(steps):
            if page.locator("textarea[required]").count():
                page.locator("textarea[required]").fill(SECRET)
            go_on(page)
        escape(page)
        page.wait_for_url(neutral_address)
        page.go_back()
        assert page.url == public_site.address + "/"
        assert SECRET not in page.content()
        page.context.close()


def test_without_scripts_the_button_is_a_link_and_back_shows_nothing_typed(
    open_page: Open, neutral_address: str
) -> None:
    page = open_page("/report", scripts=False)
    type_something(page)
    page.locator("#leave").click()
    page.wait_for_url(neutral_address)
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # the browser has nothing, and says so on a page of its own
        page.go_back()
    expect(page.locator("textarea")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text(SECRET)


def test_it_is_the_first_stop_of_the_tab_key_and_has_a_name(open_page: Open) -> None:
    page = open_page("/report")
    page.keyboard.press("Tab")
    expect(page.locator("#leave")).to_be_focused()
    expect(page.get_by_role("link", name=re.compile("^Leave now"))).to_have_count(1)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_it_is_large_enough_and_stays_in_sight_while_scrolling(open_page: Open, width: int) -> None:
    page = open_page("/cookies", width=width, height=500)
    page.mouse.wheel(0, 2000)
    for _ in range(100):  # the wheel turns when the browser finds the time; the policy lets no test wait inside
        if page.evaluate("window.scrollY") > 200:
            break
        page.wait_for_timeout(50)
    assert page.evaluate("window.scrollY") > 200
    box = page.locator("#leave").bounding_box()
    assert box
    assert box["height"] >= 48
    assert box["width"] >= 48
    assert 0 <= box["y"] < 60
    assert box["x"] + box["width"] <= width
    on_top = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('#leave') !== null", [box["x"] + 9, box["y"] + 9]
    )
    assert on_top


def test_escape_in_an_open_dialog_only_closes_that(
    open_page: Open, public_site: Site, neutral_address: str
) -> None:
    page = open_page("/report")
    page.evaluate(
        "() => { const box = document.createElement('dialog'); document.body.append(box); box.showModal(); }"
    )
    escape(page)
    expect(page.locator("dialog")).not_to_have_attribute("open", "")
    assert page.url == public_site.address + "/report"
    escape(page)
    page.wait_for_url(neutral_address)


def test_escape_in_an_open_list_only_closes_that(open_page: Open, public_site: Site, neutral_address: str) -> None:
    page = open_page("/report")
    for name in ("", "x", "", "", ""):
        if name:
            page.get_by_label("What happened?").fill(name)
        go_on(page)
    page.get_by_text("Where is it?").click()
    chosen = page.get_by_label("Which police area is it?")
    chosen.click()
    escape(page)
    page.wait_for_timeout(300)
    assert page.url == public_site.address + "/report"
    expect(chosen).to_be_visible()
    page.locator("h1").click()
    escape(page)
    page.wait_for_url(neutral_address)


def test_escape_that_ends_a_composition_is_not_a_wish_to_leave(open_page: Open, public_site: Site) -> None:
    page = open_page("/replies")
    page.evaluate(
        """() => document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", isComposing: true }))"""
    )
    assert page.locator("h1").is_visible()
    assert page.url == public_site.address + "/replies"


def test_capitals_in_a_word_are_not_a_wish_to_leave(open_page: Open, public_site: Site) -> None:
    page = open_page("/replies")
    page.get_by_label("Your nine words").focus()
    page.keyboard.type("ABC")
    for letter in "DEFG":
        page.keyboard.press(f"Shift+{letter}")
    assert page.url == public_site.address + "/replies"
    assert page.locator("h1").is_visible()
