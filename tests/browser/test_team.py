"""The desk in a real browser: a whole case from a child's report to its closing, on both databases."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.second_factor import give_code
from tests.browser.test_report import go_on, tell
from tests.sites import House, Site, build_house, serve

PASSWORD = "lamp-harbour-pebble-gull"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS, SCHEMES = (360, 1280), ("light", "dark")
PREPARE = """
import django
django.setup()
from django.core.management import call_command
for alias in ("default", "inbox"):
    call_command("migrate", database=alias, verbosity=0, interactive=False)
from lightkeeper.web.team.demo import make_demo_people
make_demo_people("lamp-harbour-pebble-gull")
"""


@dataclass
class Both:
    """Both sites of one installation, and people who have signed in."""

    browser: Browser
    house: House
    public: Site
    team: Site
    contexts: dict[str, BrowserContext] = field(default_factory=dict)

    def page(self, who: str) -> Page:
        """A new page of a person; they sign in once, because a code works once."""
        if who in self.contexts:
            return self.contexts[who].new_page()
        context = self.browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        context.set_default_timeout(15_000)
        self.contexts[who] = context
        page = context.new_page()
        page.goto(self.team.address)
        page.get_by_label("User name").fill(who)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        give_code(page)
        return page


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def both(request: Any, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    house = build_house(tmp_path_factory.mktemp("both"))
    more = {"DEMO": "yes"}
    if request.param == "postgres":
        cluster = request.getfixturevalue("postgres")
        more["CASEBOOK_URL"] = cluster.url(cluster.new_database())
    environment = {
        **os.environ,
        **house.environment("team", **more),
        "DJANGO_SETTINGS_MODULE": "lightkeeper.web.shared.settings.team",
    }
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True, timeout=120)
    with serve(house, "public") as public, serve(house, "team", **more) as team:
        made = Both(browser, house, public, team)
        yield made
        for context in made.contexts.values():
            context.close()


def report_as_a_child(both: Both, story: str) -> list[str]:
    context = both.browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    page = context.new_page()
    page.goto(both.public.address + "/report")
    words = tell(page, story, go_on)
    context.close()
    return words


def read_replies(both: Both, words: list[str]) -> str:
    context = both.browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    page = context.new_page()
    page.goto(both.public.address + "/replies")
    page.get_by_label("Your nine words").fill(" ".join(words))
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator("h1")).to_be_visible()
    text = page.locator("main").inner_text()
    context.close()
    return text


def open_the_first(page: Page, team: Site) -> str:
    page.goto(team.address)
    page.get_by_role("button", name="Open what came in").click()
    page.locator("[data-row]").first.click()
    expect(page.locator("h1")).to_contain_text("P")
    return page.url


def prove_it_is_you(page: Page) -> None:
    """Dangerous acts ask for the password once more, and then go on by themselves."""
    expect(page.locator("h1")).to_have_text("Is it you?")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def under(page: Page, summary: str) -> Any:
    """Open a folded part of the page and give it."""
    part = page.locator("details", has=page.locator("summary", has_text=summary)).first
    part.locator("summary").first.click()
    return part


def test_a_whole_case_from_a_report_to_its_closing_by_two_people(both: Both) -> None:
    words = report_as_a_child(both, "someone wants money from me")
    officer = both.page("officer")
    case = open_the_first(officer, both.team)
    expect(officer.locator("main")).to_contain_text("Must not happen")
    assert "someone wants money" not in officer.locator("main").inner_text()  # hidden until asked for
    under(officer, "Show their words")
    expect(officer.locator("main")).to_contain_text("someone wants money from me")
    officer.get_by_role("button", name="I have read it").click()
    expect(officer.locator("main")).to_contain_text("Decided:")
    officer.get_by_role("button", name="No: Does somebody know where the child is?").click()
    officer.get_by_label("Begin with").select_option("we_have_it")
    assert "You are not in trouble" in officer.get_by_label("To the reporter").input_value()
    officer.get_by_role("button", name="Send", exact=True).click()
    expect(officer.locator("main")).to_contain_text("waits for whoever holds the receipt")
    assert "You are not in trouble" in read_replies(both, words)
    note = under(officer, "A private note")
    note.locator("textarea").fill("rang the school")
    note.get_by_role("button", name="Keep").click()
    assert "rang the school" not in read_replies(both, words)
    told = under(officer, "Who else was told")
    told.locator("select").select_option("social_care")
    told.get_by_role("button", name="Keep").click()
    officer.get_by_role("button", name="Working", exact=True).click()
    close = under(officer, "Close")
    close.get_by_label("The child is safe").check()
    assert close.get_by_label("Outcome 21").is_disabled()
    close.get_by_label("Why").fill("spoke to the child and the school")
    close.get_by_role("button", name="Ask to close").click()
    expect(officer.locator("main")).to_contain_text("somebody else must agree")
    assert officer.get_by_role("button", name="Agree", exact=True).count() == 0
    second = both.page("second")
    second.goto(case)
    second.get_by_role("button", name="Agree", exact=True).click()
    expect(second.locator("main")).to_contain_text("Closed")
    expect(second.locator("main")).to_contain_text("outcome safe")
    timeline = second.locator("ol.timeline").inner_text()
    for said in ("The report came in", "Answer to the reporter", "Private note", "Told: social care", "to closed"):
        assert said in timeline
    lead = both.page("lead")
    lead.goto(f"{both.team.address}/log")
    expect(lead.locator("main")).to_contain_text("see.case.see")
    lead.get_by_role("link", name="Check the chain").click()
    expect(lead.locator("h1")).to_have_text("The log holds")


def test_a_new_report_gets_its_first_decision_in_two_actions(both: Both) -> None:
    report_as_a_child(both, "again")
    page = both.page("officer")
    page.goto(both.team.address)
    page.get_by_role("button", name="Open what came in").click()
    page.locator("[data-row]").first.focus()
    page.keyboard.press("Enter")  # 1
    expect(page.locator("h1")).to_contain_text("P")
    page.keyboard.press("d")  # 2
    expect(page.locator("main")).to_contain_text("Decided:")


def test_the_queue_by_keyboard_and_covered(both: Both) -> None:
    page = both.page("officer")
    page.goto(both.team.address)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.row") is not None
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "words"
    page.locator("h1").click()
    page.keyboard.press("Shift+B")
    expect(page.get_by_text("Nobody can read over your shoulder")).to_be_visible()
    assert page.evaluate("document.querySelector('main').inert") is True
    page.keyboard.press("Enter")  # the button has the focus
    expect(page.get_by_text("Nobody can read over your shoulder")).to_be_hidden()


def test_a_new_report_appears_without_loading_the_page(both: Both) -> None:
    page = both.page("officer")
    page.clock.install()
    page.goto(both.team.address)
    before = page.locator("[data-row]").count()
    report_as_a_child(both, "a third")
    other = both.page("second")
    other.goto(both.team.address)
    other.get_by_role("button", name="Open what came in").click()
    page.clock.run_for(21_000)
    expect(page.locator("[data-row]")).to_have_count(before + 1)
    expect(page.get_by_role("status")).to_have_text("The queue was updated.")


def test_a_hold_says_so_where_the_case_would_have_been(both: Both) -> None:
    page = both.page("lead")
    case = open_the_first(page, both.team)
    hold = under(page, "Hold for a live investigation")
    hold.get_by_label("Why").fill("live")
    hold.get_by_role("button", name="Hold", exact=True).click()
    expect(page.get_by_role("heading", name="Held for a live investigation")).to_be_visible()
    expect(page.locator("main")).to_contain_text("An evidence bag and a subject-access export would be here")
    page.goto(f"{both.team.address}/figures")
    expect(page.locator("main")).to_contain_text("held for a live investigation")
    page.goto(case)
    lift = under(page, "Lift this hold")
    lift.get_by_label("Why").fill("charged")
    lift.get_by_role("button", name="Lift the hold").click()
    prove_it_is_you(page)
    expect(page.locator("main")).to_contain_text("The hold is lifted")


def test_nothing_of_a_report_is_in_a_title_or_an_address(both: Both) -> None:
    page = both.page("officer")
    seen = []
    page.on("framenavigated", lambda frame: seen.append(frame.url))
    open_the_first(page, both.team)
    for text in (*seen, page.title()):
        assert "some_name" not in text
        assert "someone wants money" not in text


def every_page(both: Both) -> dict[str, list[str]]:
    """Every kind of page, by the person who sees it."""
    page = both.page("lead")
    page.goto(f"{both.team.address}/figures")
    page.get_by_role("button", name="Run the round now").click()
    expect(page.locator("main")).to_contain_text("areas counted")
    page.goto(f"{both.team.address}/suspects")
    suspects = [one.get_attribute("href") or "" for one in page.locator("main table a").all()][:1]
    page.goto(f"{both.team.address}/warnings")
    drafts = [one.get_attribute("href") or "" for one in page.locator("main table a").all()][:1]
    page.goto(both.team.address)
    cases = [one.get_attribute("href") or "" for one in page.locator("[data-row]").all()][:1]
    lead = ["/", "/?words=nothing-of-the-kind", "/suspects", *suspects, "/figures", "/warnings", *drafts, *cases]
    lead += ["/log", "/log/check", "/keeping", "/feedback", "/own", "/account/factors/", "/account/sessions/"]
    lead += ["/account/password/", "/cases/CAAAAAAAAAA", "/account/factors/recovery-codes/"]
    return {"lead": lead, "admin": ["/people"], "reader": [*cases]}


def test_axe_finds_nothing_and_nothing_is_cut_off(both: Both) -> None:
    found: dict[str, object] = {}
    pages = every_page(both)
    for who, addresses in pages.items():
        page = both.page(who)
        for address in addresses:
            page.goto(both.team.address + address)
            for part in page.locator("details").all():
                part.evaluate("one => { one.open = true }")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if over > 0:
                    found[f"{address} {width} is cut off"] = over
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)
                    if (width, scheme) not in ((360, "light"), (1280, "dark")) and not os.environ.get("ALL_LOOKS"):
                        continue
                    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
                    for one in Axe().run(page, options=options).response["violations"]:
                        where = [node["target"] for node in one["nodes"]][:3]
                        found[f"{address} {width} {scheme} {one['id']}"] = where
                    _picture(page, f"{address.strip('/').replace('/', '-')[:24]}-{width}-{scheme}")
    assert found == {}


def _picture(page: Page, name: str) -> None:
    """For a person to look at, when asked: PICTURES_OF_THE_DESK=folder."""
    folder = os.environ.get("PICTURES_OF_THE_DESK")
    if folder:
        page.screenshot(path=Path(folder) / f"{name or 'queue'}.png", full_page=True)


def test_signing_in_with_a_passkey(both: Both) -> None:
    """A virtual security key in the browser: added once, then it signs in alone."""
    page = both.page("reader")
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    key |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    client.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    address = both.team.address.replace("127.0.0.1", "localhost")
    page.goto(f"{address}/account/login/")
    page.context.add_cookies([{**one, "domain": "localhost"} for one in page.context.cookies(both.team.address)])
    page.goto(f"{address}/account/factors/webauthn/add/")
    prove_it_is_you(page)
    page.get_by_label("Passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "/add/" not in url)
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{address}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()
