"""Both sites of one installation and people who sign in, on SQLite and PostgreSQL; what every test does there."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.browser.second_factor import give_code
from tests.browser.test_report import go_on, tell
from tests.sites import House, Site, build_house, serve

PASSWORD = "lamp-harbour-pebble-gull"
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
        if who not in self.contexts:
            self.contexts[who] = self.sign_in(who)
        return self.contexts[who].new_page()

    def sign_in(self, who: str) -> BrowserContext:
        """A browser of its own in which the person has signed in."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.goto(self.team.address)
        page.get_by_label("User name").fill(who)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        give_code(page)
        page.close()
        return context

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()


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
        made.close()


@dataclass(frozen=True)
class Told:
    """A child's report: the nine words, and a word of the story by which the desk finds the case."""

    words: list[str]
    mark: str


def report_as_a_child(both: Both, story: str = "") -> Told:
    """Tell on the public site, as a child on a phone. Every report has a word that no other has."""
    mark = f"mark{uuid4().hex[:10]}"
    context = both.browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    page = context.new_page()
    page.goto(both.public.address + "/report")
    words = tell(page, f"{story} {mark}", go_on)
    context.close()
    return Told(words, mark)


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


def take_what_came_in(page: Page, team: Site) -> None:
    page.goto(team.address)
    page.get_by_role("button", name="Open what came in").click()
    expect(page.get_by_role("status").first).to_contain_text("new,")


def find_case(page: Page, team: Site, mark: str) -> Locator:
    """The row of the case that this word is in."""
    page.goto(f"{team.address}/?words={mark}")
    expect(page.locator("[data-row]")).to_have_count(1)
    return page.locator("[data-row]")


def new_case(both: Both, page: Page, story: str = "") -> str:
    """A report of this test's own, taken in and opened by the person of the page; gives the case's address."""
    told = report_as_a_child(both, story)
    take_what_came_in(page, both.team)
    find_case(page, both.team, told.mark).click()
    expect(page.locator("h1")).to_contain_text("P")
    return page.url


def prove_it_is_you(page: Page) -> None:
    """Dangerous acts ask for the password once more, and then go on by themselves."""
    expect(page.locator("h1")).to_have_text("Is it you?")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def under(page: Page, summary: str) -> Locator:
    """Open a folded part of the page and give it."""
    part = page.locator("details", has=page.locator("summary", has_text=summary)).first
    part.locator("summary").first.click()
    return part
