"""The headers of every answer, as a contract."""

import re
from typing import Any

import pytest

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/",
    "/cy/",
    "/report",
    "/replies",
    "/replies/lost",
    "/cookies",
    "/feedback",
    "/leaving",
    "/no-such-page",
)
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
}
EXACT = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_has_the_policy_and_the_headers(client: Any, address: str) -> None:
    response = client.get(address)
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert {name: response[name] for name in EXACT} == EXACT
    assert "camera=()" in response["Permissions-Policy"]
    assert "Set-Cookie" not in response


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_needs_anything_the_policy_forbids(client: Any, address: str) -> None:
    page = client.get(address).content.decode()
    for forbidden in ("<style", " style=", " onclick=", "javascript:", "<script>", 'src="http', "//cdn"):
        assert forbidden not in page


def test_over_tls_the_browser_is_told_to_stay_there(client: Any, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 63_072_000
    assert client.get("/", secure=True)["Strict-Transport-Security"].startswith("max-age=63072000")


def test_the_exit_clears_what_was_kept_and_goes_to_the_neutral_page(client: Any) -> None:
    response = client.get("/leave")
    assert (response.status_code, response["Location"]) == (303, "https://weather.example/")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response["Referrer-Policy"] == "no-referrer"
    assert response.cookies["choices"]["max-age"] == 0


@pytest.mark.parametrize("address", ADDRESSES[:-1])
def test_leaving_is_first_in_the_page_and_a_plain_link(client: Any, address: str) -> None:
    page = client.get(address).content.decode()
    focusable = re.search(r"<(a|button|input|select|textarea)\b[^>]*>", page[page.index("<body") :])
    assert focusable
    assert 'id="leave" href="/leave"' in focusable.group()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_title_says_nothing_that_a_shoulder_should_not_read(client: Any, address: str) -> None:
    page = client.get(address).content.decode()
    title = page[page.index("<title>") : page.index("</title>")].lower()
    for word in ("blackmail", "threat", "abuse", "police", "picture of", "nude", "crime"):
        assert word not in title


def test_health_answers_without_a_database(client: Any) -> None:
    assert client.get("/health").content == b"ok\n"


def test_another_host_is_refused_without_a_word(client: Any) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
