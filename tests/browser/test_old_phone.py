"""A phone whose browser lacks the newer words still leaves, tells and gets the questions instead of the check."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.browser.test_report import go_on_plainly, reports, tell
from tests.sites import House

# Safari 12 and Chrome 69: no button in a submit event, no requestSubmit, no replaceChildren, no list that says
# it is open.
FORGET = """
    delete SubmitEvent.prototype.submitter;
    delete HTMLFormElement.prototype.requestSubmit;
    delete Element.prototype.replaceChildren;
    delete Document.prototype.replaceChildren;
    const ask = Document.prototype.querySelector;
    Document.prototype.querySelector = function (words) {
        if (words.includes(":open") || words.includes(":popover-open")) throw new SyntaxError("not known");
        return ask.call(this, words);
    };
"""


@pytest.fixture
def old_phone(open_page: Open) -> Page:
    page = open_page("/health", width=320, height=568)
    page.add_init_script(FORGET)
    page.goto(page.url.replace("/health", "/report"))
    return page


def test_it_tells_by_plain_pages_and_back_is_back(old_phone: Page, house: House) -> None:
    go_on_plainly(old_phone)
    old_phone.get_by_role("button", name="Back").click()
    expect(old_phone.locator("h1")).to_have_text("Is someone in danger right now?")
    words = tell(old_phone, "told on an old phone", go_on_plainly)
    assert len(words) == 9
    assert any(one["report"]["narrative"] == "told on an old phone" for one in reports(house))


def test_it_leaves_by_the_button_and_the_page_is_emptied(old_phone: Page, neutral_address: str) -> None:
    old_phone.wait_for_load_state()
    left = old_phone.evaluate(
        """() => {
            document.getElementById("leave").click();
            return { children: document.body.childNodes.length, title: document.title };
        }"""
    )
    assert left == {"children": 0, "title": "…"}
    old_phone.wait_for_url(neutral_address)


def test_escape_in_a_list_that_the_keyboard_opened_only_closes_it(old_phone: Page, neutral_address: str) -> None:
    address = old_phone.url.replace("/report", "/help/who-can-help")
    old_phone.goto(address)
    old_phone.locator("select").first.focus()
    old_phone.keyboard.press("Alt+ArrowDown")
    old_phone.keyboard.press("Escape")
    assert old_phone.url == address
    expect(old_phone.locator("h1")).to_be_visible()
    for _ in range(2):  # such a browser does not say when its list has closed: once may be taken for that
        if old_phone.url == address:
            old_phone.keyboard.press("Escape")
    old_phone.wait_for_url(neutral_address)


def test_where_the_check_cannot_run_the_page_says_so_and_leads_to_the_questions(open_page: Open) -> None:
    page = open_page("/health")
    page.route(
        "**/check/page*.js", lambda route: route.fulfill(body="let a ?.= b;", content_type="text/javascript")
    )
    page.goto(page.url.replace("/health", "/check"))
    expect(page.locator("#unable")).to_be_visible()
    expect(page.locator("#pasted")).not_to_be_visible()
    page.get_by_role("link", name="Answer a few questions instead").click()
    expect(page.locator("h1")).to_have_text("A few questions")
