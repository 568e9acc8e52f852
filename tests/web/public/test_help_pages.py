"""The help pages as the site serves them: every page in both languages, and what a child is never shown."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from lightkeeper.help.pages import read_pages
from lightkeeper.help.platforms import find_platforms
from lightkeeper.help.records import shipped_services
from lightkeeper.help.service import Audience, Verification
from lightkeeper.help.wording import LANGUAGES

FIXED = ("/help", "/help/take-it-down", "/help/apps", "/help/who-can-help")
ADDRESSES = [
    *(f"{prefix}{fixed}" for prefix in ("", "/cy") for fixed in FIXED),
    *(f"{prefix}/help/{audience}" for prefix in ("", "/cy") for audience in Audience),
    *(f"{prefix}/help/{address}" for prefix in ("", "/cy") for address in read_pages("en")),
    *(f"{prefix}/help/apps/{platform.slug}" for prefix in ("", "/cy") for platform in find_platforms()),
]
YOUNG = [address for address in ADDRESSES if re.search(r"/help/(child|friend|apps)", address)]


class Reader(HTMLParser):
    """What a person reads and where the links lead, without any library."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attributes if name in {"href", "src", "action"}]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(client, address: str) -> tuple[str, Reader]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    html = answer.content.decode()
    return html, Reader(html)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_whole(client, address):
    html, page = read(client, address)
    language = "cy" if address.startswith("/cy") else "en"
    assert f'<html lang="{language}"' in html
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip([1, *page.headings], page.headings, strict=False))
    assert "{{" not in html
    assert "{%" not in html


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_link_of_ours_is_broken(client, address):
    _, page = read(client, address)
    for link in {one for one in page.links if one.startswith("/") and not one.startswith("/static/")}:
        if link != "/leave":
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("address", YOUNG)
def test_a_child_is_shown_no_number_but_999_and_childline(client, address):
    _, page = read(client, address)
    numbers = {link for link in page.links if link.startswith(("tel:", "sms:"))}
    assert numbers <= {"tel:999", "tel:08001111"}
    text = " ".join(page.words).replace("0800 1111", "").replace("999", "")
    text = re.sub(r"\b20\d\d\b", "", text)  # the year a page was written
    assert not re.search(r"\d[\d ]{2,}\d", text)


@pytest.mark.parametrize("prefix", ["", "/cy"])
@pytest.mark.parametrize("address", [a for a in read_pages("en") if a.startswith(("child", "friend"))])
def test_999_and_childline_stand_before_everything_else(client, prefix, address):
    html, _ = read(client, f"{prefix}/help/{address}")
    main = html[html.index("<main") :]
    assert main.index('href="tel:999"') < main.index('<ol class="steps">')
    assert main.index('href="tel:08001111"') < main.index('<ol class="steps">')


def test_what_to_do_comes_before_what_has_happened(client):
    for address in read_pages("en"):
        html, _ = read(client, f"/help/{address}")
        main = html[html.index("<main") :]
        assert main.index('id="now"') < main.index("<h2>"), address


def test_a_parent_sees_a_sourced_number_with_its_doubt_and_none_beside_999(client):
    html, page = read(client, "/help/parent/start")
    assert "tel:101" in page.links
    assert "We have not checked this number" in html
    emergency = html[html.index("999: police and ambulance") : html.index("CEOP Safety Centre</a>\n")]
    assert "not checked" not in emergency


def test_the_same_address_in_each_language(client):
    for language in LANGUAGES:
        with translation.override(language):
            address = reverse("help-page", args=["child", "paid"])
        html, _ = read(client, address)
        assert read_pages(language)["child/paid"].title.replace("'", "&#x27;") in html


@pytest.mark.parametrize(
    "address", ["/help/nobody", "/help/child/nothing", "/help/apps/nothing", "/cy/help/child/x"]
)
def test_a_page_that_is_not_there_is_not_found(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "999" in answer.content.decode()


def test_a_page_is_small(client):
    sizes = {address: len(client.get(address).content) for address in ADDRESSES}
    assert max(sizes.values()) < 16_000, max(sizes, key=sizes.get)


@pytest.fixture
def far_future(monkeypatch):
    """A day by which every record is past its review date."""
    from lightkeeper.web.public.help import showing

    monkeypatch.setattr(showing.timezone, "localdate", lambda: date(2031, 1, 1))


def test_when_nobody_looks_after_the_directory_only_999_and_childline_are_left(client, far_future):
    for address in ADDRESSES:
        _, page = read(client, address)
        assert {link for link in page.links if link.startswith(("tel:", "sms:"))} <= {"tel:999", "tel:08001111"}
    html, _ = read(client, "/help/parent/start")
    assert "We have not checked their number yet" in html
    assert "CEOP Safety Centre" in html  # the name stays


def test_a_number_appears_when_two_people_have_checked_it(client, monkeypatch):
    from lightkeeper.web.public.help import showing

    checked = Verification(timezone.localdate(), ("A. Person", "B. Person"), "rang it")
    services = tuple(
        replace(one, verified=checked) if one.id == "samaritans" else one for one in shipped_services()
    )
    monkeypatch.setattr(showing, "shipped_services", lambda: services)
    html, page = read(client, "/help/child/hurting-myself")
    assert "tel:116123" in page.links
    assert "Checked on" in html
