"""One cookie, only when asked for; a choice that was not kept says so."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db
ALL = {"remember": "yes", "language": "cy", "text": "large", "colours": "dark", "counted": "yes"}


def test_a_choice_is_kept_shown_and_used(client: Any, send: Any) -> None:
    response = send("/cookies", ALL)
    assert response["Location"] == "/cy/cookies?saved=kept"
    cookie = response.cookies["choices"]
    assert cookie.value == "cy.large.dark.counted"
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    page = client.get("/cookies?saved=kept").content.decode()
    assert "Saved" in page
    assert 'data-colours="dark" data-text="large"' in page
    assert client.get("/")["Location"] == "/cy/"


def test_a_browser_that_takes_no_cookie_is_told_that_it_failed(client: Any, send: Any) -> None:
    send("/cookies", ALL)
    client.cookies.clear()
    assert "That did not work" in client.get("/cookies?saved=kept").content.decode()


def test_changing_ones_mind_takes_the_cookie_away(client: Any, send: Any) -> None:
    send("/cookies", ALL)
    response = send("/cookies", {"remember": "no"})
    assert response.cookies["choices"]["max-age"] == 0
    client.cookies.clear()
    assert "no cookie of ours" in client.get("/cookies?saved=removed").content.decode()


@pytest.mark.parametrize("value", ["", "x", "en.huge.dark.counted", "<script>", "en.large.dark.counted.more"])
def test_a_cookie_that_is_not_ours_counts_as_none(client: Any, value: str) -> None:
    client.cookies["choices"] = value
    page = client.get("/").content.decode()
    assert 'data-colours="system" data-text="usual"' in page


def test_visits_are_counted_only_after_a_yes_and_without_an_identifier(client: Any, send: Any) -> None:
    from lightkeeper.web.inbox.models import Visit

    client.get("/leaving")
    assert not Visit.objects.exists()
    send("/cookies", {**ALL, "language": "en"})
    client.get("/leaving")
    client.get("/no-such-page")
    assert [(visit.page, visit.language) for visit in Visit.objects.all()] == [("leaving", "en")]
    assert {field.name for field in Visit._meta.get_fields()} == {"id", "day", "page", "language"}
