"""The check page in a real browser: it reads on the device, sends nothing, and helps without JavaScript."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from tests.browser.conftest import PHONE
from tests.check_talk import all_examples, as_json, make_conversations
from tests.sites import Site

from lightkeeper.check import check
from lightkeeper.core.message import Conversation, Message

CHAT = """Sam: hey, found ur profile on insta
Kid: hi
Sam: send me a pic just for me, no one will see
Sam: pay me 200 in steam cards or i send ur pics to all ur followers
Kid: please dont send it
"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE)
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext, public_site: Site) -> Page:
    page = phone.new_page()
    page.goto(f"{public_site.address}/check")
    page.wait_for_load_state("load")
    return page


def paste(page: Page, text: str) -> None:
    page.fill("#pasted", text)
    page.click("#go")
    expect(page.locator("#answer")).to_be_visible(timeout=20_000)


def listen(page: Page) -> list[str]:
    """The addresses that the page asks for from now on.

    The icon is left out: it belongs to the page as it loads, but the browser fetches it when it finds the time.
    """
    asked: list[str] = []
    icon = page.locator("link[rel~=icon]").first.evaluate("link => link.href")

    def note(request: Request) -> None:
        if request.url != icon:
            asked.append(request.url)

    page.on("request", note)
    return asked


def test_pasted_text_is_read_without_a_single_request(page: Page) -> None:
    requests = listen(page)
    paste(page, CHAT)
    expect(page.locator("#answer [data-level=danger] .level")).to_be_visible()
    expect(page.locator("#timeline li")).to_have_count(4)
    expect(page.locator("#timeline mark").first).to_be_visible()
    page.select_option("#me", "Kid")
    page.wait_for_timeout(300)
    assert requests == []


def test_a_file_is_read_without_a_single_request(page: Page, tmp_path: Path) -> None:
    requests = listen(page)
    chat = tmp_path / "WhatsApp Chat with Sam.txt"
    lines = ["31/01/2026, 10:00 - Sam: hi", "31/01/2026, 10:01 - Sam: i will send your pics to all your followers"]
    chat.write_text("\n".join(lines) + "\n", "utf-8")
    page.set_input_files("#file", str(chat))
    page.click("#go")
    expect(page.locator("#answer [data-level=danger] .level")).to_be_visible(timeout=20_000)
    assert requests == []


def test_the_policy_allows_no_connection(page: Page) -> None:
    answer = page.request.get(page.url)
    assert "connect-src 'none'" in answer.headers["content-security-policy"]
    refused = page.evaluate("fetch('/health').then(() => false, () => true)")
    assert refused is True


def test_harmless_talk_is_not_frightening(page: Page) -> None:
    paste(page, "Ann: hi\nBob: see you at the match\n")
    expect(page.locator("#answer [data-level=none] .level")).to_be_visible()
    expect(page.locator("#keep")).to_be_hidden()


def test_nothing_goes_to_the_report_that_was_not_ticked(page: Page) -> None:
    paste(page, CHAT)
    expect(page.locator("#keep input:checked")).to_have_count(0)
    with page.expect_request("**/report") as sent:
        page.click("#keep button")
    assert "Sam" not in (sent.value.post_data or "")
    assert "steam" not in (sent.value.post_data or "")


def test_what_was_ticked_goes_along(page: Page) -> None:
    paste(page, CHAT)
    page.get_by_label("Sam", exact=True).check()
    with page.expect_request("**/report") as sent:
        page.click("#keep button")
    assert "keep_names=Sam" in (sent.value.post_data or "")
    expect(page.locator("h1")).to_be_visible()


def test_what_cannot_be_read_says_so_kindly(page: Page) -> None:
    page.click("#go")
    expect(page.locator("#problem")).to_be_visible()
    page.set_input_files("#file", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"\x00\x01\x02" * 99})
    page.click("#go")
    expect(page.locator("#problem")).to_be_visible()
    expect(page.locator("#answer")).to_be_hidden()


def test_a_long_export_is_read_in_time(page: Page, tmp_path: Path) -> None:
    words = ["so", "how", "was", "the", "match", "today", "i", "think", "we", "could", "go", "and", "see", "it"]
    lines = [f"{'Ann' if n % 2 else 'Bob'}: {' '.join(words[n % 7 :])} {n}" for n in range(40_000)]
    lines[35_000] = "Ann: i will send your pics to all your followers"
    chat = tmp_path / "chat.txt"
    chat.write_text("\n".join(lines), "utf-8")
    page.set_input_files("#file", str(chat))
    started = time.monotonic()
    page.click("#go")
    expect(page.locator("#answer [data-level=danger] .level")).to_be_visible(timeout=60_000)
    print(f"40,000 messages read in the browser after {time.monotonic() - started:.1f} s")


def test_without_javascript_questions_give_the_advice(browser: Browser, public_site: Site) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{public_site.address}/check")
    expect(page.locator("#chat")).to_be_hidden()
    page.locator("label.choice input[name=show]").check()
    page.get_by_role("button", name="See what to do").click()
    expect(page.locator("h2.level")).to_contain_text("Danger")
    expect(page.get_by_role("link", name="Tell us what happened")).to_be_visible()
    page.goto(f"{public_site.address}/check/questions")
    page.get_by_role("button", name="See what to do").click()
    expect(page.locator("h2.level")).to_contain_text("no signs")
    context.close()


def test_the_browser_gives_the_same_readings_as_python(page: Page) -> None:
    talk = [Conversation((Message("x", text),), me="me") for text in all_examples()]
    talk += list(make_conversations(77, 1_000))
    read = """async (lines) => {
      const { check } = await import("/static/check/engine.js");
      const get = async (name) => (await import(`/static/check/rules/${name}.js`)).default;
      const base = await get("base");
      const rules = { ...base, languages: await Promise.all(base.languages.map(get)) };
      return lines.map((line) => JSON.stringify(check(JSON.parse(line), rules)));
    }"""
    theirs = page.evaluate(read, [json.dumps(as_json(one)) for one in talk])
    for conversation, reading in zip(talk, theirs, strict=True):
        assert json.loads(reading) == check(conversation).as_json()
