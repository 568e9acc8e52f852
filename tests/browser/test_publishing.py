"""From the desk to everyone: a warning and the figures are published on one site and stand on the other."""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.both_sites import Both, prove_it_is_you
from tests.browser.test_everyone import faults
from tests.sites import build_house, serve

PREPARE = """
import django
django.setup()
from datetime import UTC, datetime
from django.core.management import call_command
from django.db import transaction
for alias in ("default", "inbox"):
    call_command("migrate", database=alias, verbosity=0, interactive=False)
from lightkeeper.cli.demo import made_up_reports, moved_to_today
from lightkeeper.desk.actions.open_report import open_report
from lightkeeper.web.casebook.casebook import DjangoCasebook
from lightkeeper.web.team.demo import make_demo_people
make_demo_people("lamp-harbour-pebble-gull")
book = DjangoCasebook()
with transaction.atomic():
    reports = [one for one in made_up_reports() if one.area == "wiltshire"]
    for one in moved_to_today(reports, datetime.now(UTC)):
        open_report(book, one, "desk", one.received)
from lightkeeper.web.team.models import Alarm
Alarm.objects.create(series="kent", week="2026-W01", at=datetime.now(UTC), sentence="kent: 9 reports.")
"""
GUIDE = Path(__file__).parents[2] / "docs/how-to/publish.md"
LOOKS: list[tuple[str, Literal["light", "dark"], int]] = [("", "dark", 320), ("/cy", "light", 1280)]


@pytest.fixture(scope="module")
def both(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    house = build_house(tmp_path_factory.mktemp("publishing"))
    environment = {
        **os.environ,
        **house.environment("team", DEMO="yes"),
        "DJANGO_SETTINGS_MODULE": "lightkeeper.web.shared.settings.team",
    }
    subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True, timeout=180)
    with serve(house, "public") as public, serve(house, "team", DEMO="yes") as team:
        made = Both(browser, house, public, team)
        yield made
        for context in made.contexts.values():
            context.close()


def take(page: Page, name: str) -> None:
    page.get_by_label("Why").last.fill("It is right.")
    page.get_by_role("button", name=name, exact=True).click()


def test_what_is_published_at_the_desk_stands_on_the_public_site_and_goes_with_a_withdrawal(both: Both) -> None:
    public = both.browser.new_context(viewport={"width": 360, "height": 740}, locale="en-GB").new_page()
    lead = both.page("lead")
    lead.goto(f"{both.team.address}/figures")
    lead.get_by_role("button", name="Run the round now").click()
    expect(lead.locator("main")).to_contain_text("areas counted")
    public.goto(f"{both.public.address}/warnings")
    expect(public.locator("main")).to_contain_text("There is no warning now")
    lead.get_by_role("button", name="Publish the figures").click()
    prove_it_is_you(lead)
    expect(lead.locator("main")).to_contain_text("By platform: published.")
    expect(lead.locator("main")).to_contain_text("kent: 9 reports")
    assert faults(lead) == []
    _look_at_the_campaigns(lead, both)
    officer = both.page("officer")
    officer.goto(f"{both.team.address}/warnings")
    assert faults(officer) == []
    officer.locator("main table a").first.click()
    headline = officer.locator("h1").inner_text()
    take(officer, "Submit")
    lead.goto(officer.url)
    for name in ("Agree", "Clear", "Publish"):
        take(lead, name)
    expect(lead.locator("main")).to_contain_text("It is published now.")
    _look_at_the_public_pages(public, both, headline)
    take(lead, "Withdraw")
    expect(lead.locator("main")).to_contain_text("It is withdrawn now.")
    public.goto(public.url.replace("/cy/", "/"))
    expect(public.locator("h1")).to_have_text("This warning was withdrawn")
    assert faults(public) == []
    public.context.close()


def _look_at_the_campaigns(page: Page, both: Both) -> None:
    folder = both.house.folder / "team" / "tables" / "campaigns"
    folder.mkdir(parents=True)
    example = next(part for part in GUIDE.read_text().split("```") if part.startswith("toml\nname"))
    (folder / "may.toml").write_text(example.removeprefix("toml\n"))
    page.goto(f"{both.team.address}/campaigns")
    expect(page.locator("main")).to_contain_text("Before and after")
    _check(page, "campaigns")
    page.goto(f"{both.team.address}/figures")
    _check(page, "team-figures")


def _look_at_the_public_pages(page: Page, both: Both, headline: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for (language, scheme, width), address in product(LOOKS, ("/warnings", "/figures")):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{both.public.address}{language}{address}")
        if address == "/figures":
            expect(page.locator("svg[role=img]").first).to_be_visible()
            assert page.locator("svg[role=img]").count() == page.locator("table").count()
        _check(page, f"{address[1:]}-{scheme}-{width}")
    for language, scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{both.public.address}{language}/warnings")
        page.get_by_role("link", name=headline).click()
        expect(page.get_by_role("heading", name=headline)).to_be_visible()
        _check(page, f"warning-{scheme}-{width}")
    assert said == []  # the content policy stopped nothing


def _check(page: Page, name: str) -> None:
    assert faults(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    if folder := os.environ.get("PICTURES_OF_THE_DESK"):
        page.screenshot(path=Path(folder) / f"published-{name}.png", full_page=True)
