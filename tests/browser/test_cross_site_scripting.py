"""Everything that a stranger can type, in a real browser: nothing of it runs, on any page of either site.

The policy of the pages would stop most of it; that it has nothing to stop is what the console shows.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.both_sites import PREPARE, Both, find_case, take_what_came_in
from tests.sites import Site, build_house, serve
from tests.trust.payloads import MARK, SCRIPTS
from tests.trust.reporting import ask, kept_of, send

from lightkeeper.report.form import screens

POLICY = "Content Security Policy"  # what the console says when something was stopped
ALL = "\n".join(SCRIPTS)
MOST_PAGES = 35


@pytest.fixture(scope="module")
def both(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    house = build_house(tmp_path_factory.mktemp("both"))
    settings = {"DJANGO_SETTINGS_MODULE": "lightkeeper.web.shared.settings.team"}
    environment = {**os.environ, **house.environment("team", DEMO="yes"), **settings}
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True, timeout=120)
    with serve(house, "public", MOST_REPORTS="1000") as public, serve(house, "team", DEMO="yes") as team:
        made = Both(browser, house, public, team)
        yield made
        made.close()


@contextmanager
def nothing_runs(page: Page) -> Iterator[None]:
    """Fails when something ran, asked, or tried to and was stopped by the policy."""
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append("a dialog"), dialog.dismiss()))
    page.on(
        "console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.on("pageerror", lambda error: said.append(f"an error: {error.name}"))
    yield
    assert page.evaluate(f"() => window.{MARK} === undefined")
    assert said == []


def tell_hostile(site: Site, mark: str) -> str:
    """A report with all payloads in each field of words; returns the nine words."""
    kept = kept_of(ask(f"{site.address}/report").page)
    for screen in screens():
        typed = {one.name: f"{ALL[:900]} {mark}" for one in screen.fields if one.kind in ("text", "line", "lines")}
        page = ask(f"{site.address}/report", {"kept": kept, "screen": screen.name, "go": "next", **typed}).page
        kept = kept_of(page)
    thanks = send(site.address, kept)
    assert thanks.acknowledged
    return thanks.words


def links_of(page: Page, site: Site) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "(all) => all.map((one) => one.href)")
    return [one for one in found if one.startswith(site.address) and "logout" not in one and "/leave" not in one]


def walk(page: Page, site: Site, start: list[str]) -> int:
    """Open every page that can be reached by links, up to a number."""
    waiting, seen = list(start), set[str]()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0).split("#")[0]
        if address in seen:
            continue
        seen.add(address)
        with nothing_runs(page):
            answer = page.goto(address)
            assert answer is None or answer.status < 500, address
        waiting += [one for one in links_of(page, site) if one not in seen]
    return len(seen)


def test_on_no_page_of_the_public_site(both: Both, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    attack = quote(SCRIPTS[1])
    start = [f"{both.public.address}{path}?{attack}={attack}&saved={attack}#{attack}"
             for path in ("/", "/report", "/replies", "/check", "/cookies", "/cy/", "/no-such-page")]  # fmt: skip
    assert walk(page, both.public, start) > 20
    context.close()


def test_nothing_in_a_chat_runs_on_the_check_page(both: Both, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{both.public.address}/check")
    with nothing_runs(page):
        for payload in SCRIPTS:
            line = payload.replace("\u2028", " ")
            page.fill("#pasted", f"{line}: send 200 in gift cards or I send your pic to all {line}\nMe: {line}\n")
            page.wait_for_timeout(100)
    context.close()


def test_on_no_page_of_the_desk(both: Both) -> None:
    words = tell_hostile(both.public, "harbourmark")
    added = ask(f"{both.public.address}/replies", {"words": words})
    kept = kept_of(added.page)
    ask(f"{both.public.address}/replies", {"kept": kept, "answer": ALL[:4000], "go": "send"})
    kept = kept_of(ask(f"{both.public.address}/feedback").page)
    ask(f"{both.public.address}/feedback", {"kept": kept, "text": ALL[:1900], "found": "yes"})
    page = both.page("lead")
    take_what_came_in(page, both.team)
    case = find_case(page, both.team, "harbourmark").get_attribute("href") or ""
    with nothing_runs(page):
        find_case(page, both.team, "harbourmark").click()
    start = [page.url, case and both.team.address + case, both.team.address, f"{both.team.address}/feedback"]
    assert walk(page, both.team, [one for one in start if one.startswith("http")]) > 8


def test_what_runs_is_found_out(browser: Browser) -> None:
    """The judge itself: it must be able to fail."""
    page = browser.new_page()
    with pytest.raises(AssertionError), nothing_runs(page):
        page.set_content(SCRIPTS[0])
    page.close()
