"""How the desk looks: no fault that axe finds, nothing cut off, and pictures for a person when asked."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.both_sites import Both, both, new_case

__all__ = ["both"]  # the fixture
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS, SCHEMES = (360, 1280), ("light", "dark")


def every_page(both: Both) -> dict[str, list[str]]:
    """Every kind of page, by the person who sees it."""
    page = both.page("lead")
    case = new_case(both, page).removeprefix(both.team.address)
    new_case(both, page)  # the same handle again: a suspect
    page.goto(f"{both.team.address}/figures")
    page.get_by_role("button", name="Run the round now").click()
    expect(page.locator("main")).to_contain_text("areas counted")
    page.goto(f"{both.team.address}/suspects")
    suspect = page.locator("main table a").first.get_attribute("href") or ""
    page.goto(f"{both.team.address}/warnings")
    draft = page.locator("main table a").first.get_attribute("href") or ""
    lead = ["/", "/?words=nothing-of-the-kind", "/suspects", suspect, "/figures", "/warnings", draft, case]
    lead += ["/campaigns", "/people"]
    lead += ["/log", "/log/check", "/keeping", "/feedback", "/own", "/account/factors/", "/account/sessions/"]
    lead += ["/account/password/", "/cases/CAAAAAAAAAA", "/account/factors/recovery-codes/"]
    return {"lead": lead, "admin": ["/people"], "reader": [case]}


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
