"""Promise 1, in a real browser: after the page has loaded, a chat is read without a request or a trace."""

from playwright.sync_api import expect
from tests.browser.test_check_page import listen

SECRET = "quillfeather"
CHAT = f"Sam: hi {SECRET}\nKid: hey\nSam: pay me 200 in steam cards or i send ur pics to all ur followers\n"
STORED = """async () => JSON.stringify([
    Object.entries(localStorage), Object.entries(sessionStorage), document.cookie,
    (await indexedDB.databases()).map(one => one.name), await caches.keys(), location.href, document.title,
])"""


def test_a_chat_never_leaves_the_page(open_page):
    page = open_page("/check")
    page.wait_for_load_state("load")
    asked = listen(page)
    page.context.on("page", lambda other: asked.append(other.url))
    page.fill("#pasted", CHAT)
    page.click("#go")
    expect(page.locator("#answer [data-level=danger] .level")).to_be_visible(timeout=20_000)
    page.select_option("#me", "Kid")
    expect(page.locator("#timeline")).to_contain_text("steam cards")
    page.wait_for_timeout(500)
    assert asked == []
    assert SECRET not in page.evaluate(STORED)


def test_the_page_cannot_send_even_if_its_script_tried(open_page):
    page = open_page("/check")
    refused = page.evaluate(
        """async () => {
            const tries = [() => fetch("/health"), () => fetch("https://example.com/")];
            const ends = await Promise.allSettled(tries.map(one => one()));
            return ends.every(end => end.status === "rejected");
        }"""
    )
    assert refused is True
