"""A whole report in a real browser: with scripts and without, by keyboard, narrow, in two languages."""

import json
import re
import sqlite3
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.sites import House, Site

from lightkeeper.report.seal import open_envelope

NEXT = {"en": "Next", "cy": "Nesaf"}


def reports(house: House) -> list[dict[str, Any]]:
    """What arrived in the inbox, opened with the team's key."""
    with sqlite3.connect(house.folder / "inbox.sqlite3") as inbox:
        rows = inbox.execute("SELECT sealed FROM inbox_envelope WHERE kind = 'report' ORDER BY id").fetchall()
    return [json.loads(open_envelope(sealed, [house.team_key.identity])) for (sealed,) in rows]


def go_on(page: Page) -> None:
    """Press the main button and wait until the next screen has taken this one's place."""
    page.evaluate("() => { document.querySelector('main').dataset.old = 'yes'; }")
    page.locator("p.actions button").first.click()
    expect(page.locator("main")).not_to_have_attribute("data-old", "yes", timeout=15_000)


def go_on_plainly(page: Page) -> None:
    page.locator("p.actions button").first.click()


def tell(page: Page, story: str, go: Any) -> list[str]:
    """Walk through all seven screens; returns the nine words."""
    page.get_by_label("No, none of this").check()
    go(page)
    page.get_by_label("What happened?").fill(story)
    go(page)
    page.get_by_label("They say they will share a picture or video").check()
    go(page)
    page.get_by_label("Gift cards").check()
    page.get_by_text("By when? Did you pay?").click()
    page.get_by_label("Today or tomorrow").check()
    page.get_by_label("If you paid, how much?").fill("25")
    go(page)
    page.get_by_label("Snapchat").check()
    page.get_by_label("Their names or usernames").fill("some_name")
    go(page)
    page.get_by_label("Me", exact=True).check()
    page.get_by_label(re.compile("^How old are they")).fill("13")
    page.get_by_text("Where is it?").click()
    page.get_by_label("Which police area is it?").select_option("wiltshire")
    page.get_by_text("How can we reach you?").click()
    page.get_by_label("What must we not do?").fill("do not call my home")
    go(page)
    expect(page.locator("h1")).to_have_text("Is this right?")
    go(page)
    expect(page.locator("h1")).to_have_text("Thank you. We have it.")
    return page.locator("ol.words li").all_inner_texts()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_child_tells_and_comes_back(open_page: Open, house: House, public_site: Site, scripts: bool) -> None:
    story = f"story with scripts={scripts}"
    page = open_page("/report", scripts=scripts)
    words = tell(page, story, go_on if scripts else go_on_plainly)
    assert len(words) == 9
    (content,) = [one for one in reports(house) if one["report"]["narrative"] == story]
    report = content["report"]
    assert (report["reporter"], report["child"]["age"], report["area"]) == ("child", 13, "wiltshire")
    assert report["demands"] == ["gift_card"]
    assert content["contact"] == {"must_not": "do not call my home"}
    page.goto(public_site.address + "/replies")
    page.get_by_label("Your nine words").fill("  ".join(words).upper())
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator("main")).to_contain_text("There is no answer yet")


def test_nothing_stays_in_the_browser_and_the_flow_is_one_history_entry(
    open_page: Open, public_site: Site
) -> None:
    page = open_page("/report")
    length = page.evaluate("history.length")
    tell(page, "told with nothing left behind", go_on)
    assert page.evaluate("history.length") == length
    assert page.url == public_site.address + "/report"
    left = page.evaluate(
        """async () => ({
            cookies: document.cookie,
            local: localStorage.length,
            session: sessionStorage.length,
            databases: (await indexedDB.databases()).length,
            caches: (await caches.keys()).length,
        })"""
    )
    assert left == {"cookies": "", "local": 0, "session": 0, "databases": 0, "caches": 0}
    assert page.context.cookies() == []
    page.reload()
    expect(page.locator("h1")).to_have_text("Is someone in danger right now?")
    assert "nothing left behind" not in page.content()


def test_shown_again_from_the_browsers_memory_it_begins_afresh(open_page: Open) -> None:
    page = open_page("/report")
    go_on(page)
    page.get_by_label("What happened?").fill("half a sentence")
    with page.expect_navigation():
        page.evaluate("() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.locator("h1")).to_have_text("Is someone in danger right now?")
    assert "half a sentence" not in page.content()


@pytest.mark.parametrize("scripts", [True, False])
def test_back_and_the_language_switch_keep_what_was_typed(open_page: Open, scripts: bool) -> None:
    page = open_page("/report", scripts=scripts)
    go = go_on if scripts else go_on_plainly
    go(page)
    page.locator("textarea").fill("half a sentence")
    page.get_by_role("button", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.locator("textarea")).to_have_value("half a sentence")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Back").click()
    expect(page.locator("h1")).to_have_text("Is someone in danger right now?")
    go(page)
    expect(page.locator("textarea")).to_have_value("half a sentence")


def test_by_keyboard_alone(open_page: Open, house: House) -> None:
    page = open_page("/report")

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"the Tab key never reached {selector}")

    tab_to("input[name=now]")
    page.keyboard.press("Space")
    tab_to("p.actions button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("What happened?")
    tab_to("textarea")
    page.keyboard.type("typed by keyboard alone")
    for title in (
        "Is any of this true?",
        "What do they want?",
        "Who did this?",
        "Who is this about?",
        "Is this right?",
    ):
        tab_to("p.actions button")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text(title)
    tab_to("p.actions button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Thank you. We have it.")
    assert any(one["report"]["narrative"] == "typed by keyboard alone" for one in reports(house))


def test_three_screens_are_enough(open_page: Open, house: House) -> None:
    page = open_page("/report")
    go_on(page)
    page.get_by_label("What happened?").fill("told in three screens")
    page.get_by_role("button", name="That is all, check and send").click()
    expect(page.locator("h1")).to_have_text("Is this right?")
    go_on(page)
    expect(page.locator("h1")).to_have_text("Thank you. We have it.")
    assert any(one["report"]["narrative"] == "told in three screens" for one in reports(house))


def test_enter_in_a_line_goes_on_and_not_back(open_page: Open) -> None:
    page = open_page("/report")
    go_on(page)
    page.get_by_label("What happened?").fill("x")
    go_on(page)
    go_on(page)
    page.get_by_text("By when? Did you pay?").click()
    page.get_by_label("If you paid, how much?").press("Enter")
    expect(page.locator("h1")).to_have_text("Who did this?")


def test_without_styles_the_whole_way_works(open_page: Open, house: House) -> None:
    page = open_page("/", scripts=False)
    page.route("**/*.css", lambda route: route.abort())
    page.locator("main").get_by_role("link", name="Tell us what happened").click()
    tell(page, "told without styles", go_on_plainly)
    assert any(one["report"]["narrative"] == "told without styles" for one in reports(house))


def test_a_missing_answer_is_said_at_the_top_and_at_the_field(open_page: Open) -> None:
    page = open_page("/report")
    go_on(page)
    go_on(page)
    expect(page.locator("#problems")).to_be_focused()
    page.locator("#problems a").click()
    expect(page.get_by_label("What happened?")).to_be_focused()


def test_a_pasted_picture_is_refused_kindly_and_the_rest_is_kept(open_page: Open) -> None:
    page = open_page("/report")
    go_on(page)
    page.get_by_label("What happened?").fill("it begins here")
    for _ in range(3):
        go_on(page)
    page.get_by_label("Their names or usernames").fill("some_name")
    page.get_by_text("What else do you know?").click()
    page.get_by_label("What did they write?").fill("data:image/png;base64,iVBORw0KGgoAAAANSUhEUg")
    go_on(page)
    expect(page.locator(".problem")).to_contain_text("We never take pictures")
    expect(page.get_by_label("What did they write?")).to_be_visible()  # the fold with the mistake stands open
    expect(page.get_by_label("What did they write?")).to_have_value("")
    expect(page.get_by_label("Their names or usernames")).to_have_value("some_name")


def test_there_is_no_way_to_choose_a_file(open_page: Open) -> None:
    page = open_page("/report")
    for _ in range(6):
        assert page.locator("input[type=file]").count() == 0
        if page.locator("textarea[required]").count():
            page.locator("textarea[required]").fill("x")
        go_on(page)


def test_a_cut_line_is_said_by_the_browser_and_sending_again_gives_one_report(
    open_page: Open, house: House
) -> None:
    page = open_page("/report")
    go_on(page)
    page.get_by_label("What happened?").fill("told over a bad line")
    for _ in range(6):
        go_on(page)
        if page.locator("h1").inner_text() == "Is this right?":
            break
    lost: list[bool] = []

    def answer_is_lost(route: Any) -> None:
        """The report arrives, its answer does not: the first time only."""
        if not lost and "go=send" in (route.request.post_data or ""):
            lost.append(True)
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/report", answer_is_lost)
    page.locator("p.actions button").first.click()
    expect(page.locator("h1")).to_have_text("Thank you. We have it.")
    assert lost
    assert [one["report"]["narrative"] for one in reports(house)].count("told over a bad line") == 1


@pytest.mark.parametrize(("width", "height"), [(320, 256), (320, 640)])
def test_at_400_per_cent_nothing_runs_off_the_side(open_page: Open, width: int, height: int) -> None:
    """1280 x 1024 at 400 % is 320 x 256."""
    page = open_page("/report", width=width, height=height)
    for _ in range(8):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if page.locator("textarea[required]").count():
            page.locator("textarea[required]").fill("w" * 200)
        if page.locator("ol.words").count():
            break
        go_on(page)
    assert page.locator("ol.words").count() == 1


def test_an_answer_of_the_team_is_read_and_answered(open_page: Open, house: House, public_site: Site) -> None:
    """The team's side of it, by the contract alone: sealed for the receipt, put where replies wait."""
    from lightkeeper.report.seal import seal

    page = open_page("/report")
    words = tell(page, "waiting for an answer", go_on)
    (content,) = [one for one in reports(house) if one["report"]["narrative"] == "waiting for an answer"]
    plain = {
        "version": 1,
        "reply": {"id": "1", "text": "You are safe with us.", "written": "2026-01-31T09:30:00Z"},
    }
    sealed = seal(json.dumps(plain).encode(), [content["reply_to"]["recipient"]])
    with sqlite3.connect(house.folder / "inbox.sqlite3", timeout=10) as inbox:
        inbox.execute(
            "INSERT INTO inbox_reply (lookup, sealed, written) VALUES (?, ?, '2026-01-31 09:30:00')",
            [content["reply_to"]["lookup"], sealed],
        )
    page.goto(public_site.address + "/replies")
    page.get_by_label("Your nine words").fill(" ".join(words))
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator("article.reply")).to_contain_text("You are safe with us.")
    page.get_by_label("Do you want to write to us?").fill("Thank you.")
    page.get_by_role("button", name="Send it to the team").click()
    expect(page.locator(".done")).to_contain_text("We have it")
