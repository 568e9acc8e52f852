"""The report, page by page, without scripts: what is kept where, and that accepted means kept once."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from tests.sites import House

from lightkeeper.report.form import screens
from lightkeeper.report.kept import UNHURRIED, close, open_kept
from lightkeeper.report.receipt import door, read_receipt
from lightkeeper.report.seal import open_envelope

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = {
    "safe": {"now": "safe"},
    "what": {"what": "Someone wants money."},
    "did": {"happened": ["sextortion"]},
    "want": {"demands": ["money"], "deadline": "today", "lost": "50"},
    "them": {"apps": ["instagram"], "names": "some_name\nother_name", "words": "pay me or else"},
    "you": {"who": "child", "age": "14", "area": "gloucestershire", "must_not": "do not write to my home"},
}


def kept(response: Any) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', response.content.decode())
    assert found
    return found.group(1)


def heading(response: Any) -> str:
    found = re.search(r"<h1>(.*?)</h1>", response.content.decode())
    assert found
    return found.group(1)


def words_of(response: Any) -> str:
    return " ".join(re.findall(r"<li>([a-z]{4,8})</li>", response.content.decode()))


def walk_to_check(client: Any, send: Any, told: dict[str, Any] = TOLD, prefix: str = "") -> Any:
    response = client.get(f"{prefix}/report")
    for screen in screens():
        fields = {"kept": kept(response), "screen": screen.name, "go": "next", **told.get(screen.name, {})}
        response = send(f"{prefix}/report", fields)
        assert response.status_code == 200
    return response


def envelopes() -> list[Any]:
    from lightkeeper.web.inbox.models import Envelope

    return list(Envelope.objects.order_by("id"))


def opened(house: House, envelope: Any) -> dict[str, Any]:
    return dict(json.loads(open_envelope(bytes(envelope.sealed), [house.team_key.identity])))


def test_the_first_page_shows_999_and_childline_before_any_question(client: Any) -> None:
    page = client.get("/report").content.decode()
    assert -1 < page.index("tel:999") < page.index("tel:08001111") < page.index("<fieldset")


def test_a_whole_report_arrives_sealed_and_is_acknowledged_with_nine_words(
    client: Any, send: Any, house: House
) -> None:
    response = send("/report", {"kept": kept(walk_to_check(client, send)), "go": "send"})
    (envelope,) = envelopes()
    assert envelope.kind == "report"
    assert b"money" not in bytes(envelope.sealed)
    content = opened(house, envelope)
    report = content["report"]
    assert report["id"] == str(envelope.reference)
    assert report["narrative"] == "Someone wants money."
    assert report["child"]["age"] == 14
    assert [one["value"] for one in report["suspect"]] == ["some_name", "other_name", "pay me or else"]
    assert content["contact"] == {"must_not": "do not write to my home"}
    from django.conf import settings

    assert door(read_receipt(words_of(response)), settings.PEPPER).lookup == content["reply_to"]["lookup"]


def test_the_recovery_key_opens_it_too(client: Any, send: Any, house: House) -> None:
    send("/report", {"kept": kept(walk_to_check(client, send)), "go": "send"})
    (envelope,) = envelopes()
    assert open_envelope(bytes(envelope.sealed), [house.recovery_key.identity])


def test_one_answer_is_enough(client: Any, send: Any, house: House) -> None:
    page = walk_to_check(client, send, {"what": {"what": "help"}})
    assert words_of(send("/report", {"kept": kept(page), "go": "send"}))
    (envelope,) = envelopes()
    report = opened(house, envelope)["report"]
    assert report["harms"] == ["other"]
    assert report["danger"] == {"deadline": None}


def test_without_the_one_answer_the_page_says_where_and_how(client: Any, send: Any) -> None:
    page = client.get("/report")
    response = send("/report", {"kept": kept(page), "screen": "what", "go": "next"})
    assert response.status_code == 422
    text = response.content.decode()
    assert 'href="#f-what"' in text
    assert 'aria-invalid="true"' in text
    assert words_of(send("/report", {"kept": kept(page), "go": "send"})) == ""
    assert envelopes() == []


def test_nothing_is_stored_before_the_last_step_and_no_cookie_ever(client: Any, send: Any) -> None:
    from django.conf import settings

    before = sorted(path.name for path in settings.DATA.rglob("*") if "test-inbox" not in path.name)
    page = walk_to_check(client, send)
    assert envelopes() == []
    assert sorted(path.name for path in settings.DATA.rglob("*") if "test-inbox" not in path.name) == before
    send("/report", {"kept": kept(page), "go": "send"})
    assert client.cookies == {}


def test_what_was_said_travels_unreadable(client: Any, send: Any) -> None:
    response = send(
        "/report", {"kept": kept(client.get("/report")), "screen": "what", "go": "next", "what": "particular"}
    )
    assert b"particular" not in response.content


def test_every_answer_can_be_changed_and_comes_back_to_the_check_page(client: Any, send: Any) -> None:
    page = walk_to_check(client, send)
    change = send("/report", {"kept": kept(page), "go": "change:them"})
    assert "some_name" in change.content.decode()
    back = send(
        "/report",
        {"kept": kept(change), "screen": "them", "checking": "yes", "go": "next", "names": "corrected_name"},
    )
    assert heading(back) == heading(page)
    assert "corrected_name" in back.content.decode()
    assert "some_name" not in back.content.decode()


def test_after_the_one_answer_it_can_be_checked_and_sent_at_any_point(
    client: Any, send: Any, house: House
) -> None:
    first = send("/report", {"kept": kept(client.get("/report")), "screen": "safe", "go": "next"})
    told = {"kept": kept(first), "screen": "what", "what": "told in three screens"}
    check = send("/report", {**told, "go": "check"})
    assert heading(check) == "Is this right?"
    assert words_of(send("/report", {"kept": kept(check), "go": "send"}))
    assert [opened(house, one)["report"]["narrative"] for one in envelopes()] == ["told in three screens"]
    assert send("/report", {**told, "what": "", "go": "check"}).status_code == 422


@pytest.mark.parametrize(
    ("ticked", "said"), [("hurt", "You matter more"), ("danger", "We are glad"), ("safe", "")]
)
def test_who_says_that_somebody_may_be_hurt_is_answered_on_the_very_next_page(
    client: Any, send: Any, ticked: str, said: str
) -> None:
    page = send("/report", {"kept": kept(client.get("/report")), "screen": "safe", "now": ticked, "go": "next"})
    text = page.content.decode()
    assert said in text
    assert ("tel:08001111" in text and "tel:999" in text) == bool(said)


def test_a_fold_stands_open_where_something_in_it_was_said(client: Any, send: Any) -> None:
    page = walk_to_check(client, send)
    want = send("/report", {"kept": kept(page), "go": "change:want"}).content.decode()
    assert '<details class="more" open>' in want
    them = send("/report", {"kept": kept(client.get("/report")), "go": "change:them"}).content.decode()
    assert '<details class="more">' in them


def test_going_back_keeps_what_was_typed(client: Any, send: Any) -> None:
    page = send("/report", {"kept": kept(client.get("/report")), "screen": "safe", "go": "next"})
    back = send("/report", {"kept": kept(page), "screen": "what", "go": "back", "what": "half a sent"})
    forward = send("/report", {"kept": kept(back), "screen": "safe", "go": "next"})
    assert "half a sent" in forward.content.decode()


def test_switching_the_language_keeps_what_was_typed_even_unfinished(client: Any, send: Any) -> None:
    page = send("/report", {"kept": kept(client.get("/report")), "screen": "safe", "go": "next"})
    welsh = send("/cy/report", {"kept": kept(page), "screen": "what", "go": "language", "what": "half a sent"})
    assert welsh.status_code == 200
    assert 'lang="cy"' in welsh.content.decode()
    assert "half a sent" in welsh.content.decode()


def test_a_double_click_a_retry_and_back_give_one_report_with_the_same_words(client: Any, send: Any) -> None:
    token = kept(walk_to_check(client, send))
    shown = {words_of(send("/report", {"kept": token, "go": "send"})) for _ in range(3)}
    assert len(shown) == 1
    assert len(envelopes()) == 1


def test_ten_at_the_same_moment_give_one_report(client: Any, send: Any) -> None:
    from urllib.parse import urlencode

    from django.db import connections
    from django.test import Client

    body = urlencode({"kept": kept(walk_to_check(client, send)), "go": "send"})

    def click(_: int) -> str:
        try:
            form = "application/x-www-form-urlencoded"
            return words_of(Client().post("/report", body, content_type=form))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as many:
        shown = set(many.map(click, range(10)))
    assert len(shown) == 1
    assert "" not in shown
    assert len(envelopes()) == 1


def test_a_changed_answer_sent_again_is_not_lost(client: Any, send: Any, house: House) -> None:
    page = walk_to_check(client, send)
    send("/report", {"kept": kept(page), "go": "send"})
    change = send("/report", {"kept": kept(page), "go": "change:what"})
    again = send(
        "/report", {"kept": kept(change), "screen": "what", "checking": "yes", "go": "next", "what": "And more."}
    )
    send("/report", {"kept": kept(again), "go": "send"})
    first, second = (opened(house, envelope) for envelope in envelopes())
    assert second["report"]["narrative"] == "And more."
    assert first["reply_to"] == second["reply_to"]


def test_names_and_words_from_the_check_page_are_brought_along(client: Any, send: Any) -> None:
    page = send("/report", {"keep_names": ["some_name", "other_name"], "keep_words": "pay me"})
    them = send("/report", {"kept": kept(page), "go": "change:them"}).content.decode()
    assert "some_name\nother_name" in them
    assert "pay me" in them


@pytest.mark.parametrize("token", ["", "nonsense", "gAAAAAB" + "x" * 100])
def test_an_old_or_broken_page_begins_again_kindly(send: Any, token: str) -> None:
    response = send("/report", {"kept": token, "screen": "them", "go": "next"})
    assert response.status_code == 200
    assert "begin again" in response.content.decode()


def test_danger_puts_the_numbers_on_top_of_the_receipt(client: Any, send: Any) -> None:
    told = {"safe": {"now": "hurt"}, "what": {"what": "help"}}
    page = send("/report", {"kept": kept(walk_to_check(client, send, told)), "go": "send"}).content.decode()
    assert page.index("tel:999") < page.index('class="words"')


def test_while_the_database_is_away_reports_go_to_the_spool_and_over_once_it_is_back(
    client: Any, send: Any, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError, connection

    from lightkeeper.web.inbox.slot import InboxSlot
    from lightkeeper.web.public import wiring

    page = walk_to_check(client, send)

    def away(*_: Any, **__: Any) -> Any:
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", away)
        response = send("/report", {"kept": kept(page), "go": "send"})
        assert words_of(response)
        assert len(wiring.spool().waiting()) == 1
        for address in ("/", "/report", "/leaving"):
            assert client.get(address).status_code == 200
    assert envelopes() == []
    assert wiring.spool().drain(InboxSlot()) == 1
    (envelope,) = envelopes()
    assert opened(house, envelope)["report"]["narrative"] == "Someone wants money."
    words_again = words_of(send("/report", {"kept": kept(page), "go": "send"}))
    assert words_again == words_of(response)
    assert len(envelopes()) == 1


def test_when_nothing_can_be_kept_the_page_says_so_and_keeps_the_words_on_it(
    client: Any, send: Any, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lightkeeper.core.errors import SlotClosed
    from lightkeeper.web.public import wiring

    page = walk_to_check(client, send)

    def full(_: Any) -> None:
        raise SlotClosed("full")

    with monkeypatch.context() as broken:
        broken.setattr(wiring.inbox(), "add", full)
        broken.setattr(wiring.spool(), "add", full)
        response = send("/report", {"kept": kept(page), "go": "send"})
    assert response.status_code == 503
    assert words_of(response) == ""
    assert "tel:999" in response.content.decode()
    assert words_of(send("/report", {"kept": kept(response), "go": "send"}))


def test_a_flood_from_one_network_is_slowed_with_a_page_that_says_whom_to_call(
    client: Any, send: Any, settings: Any
) -> None:
    settings.MOST_REPORTS = 2
    token = kept(walk_to_check(client, send))
    answers = [send("/report", {"kept": token, "go": "send"}) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 429, 429]
    page = answers[-1].content.decode()
    assert "tel:999" in page
    assert "Your words stay on this page." in page
    assert open_kept(kept(answers[-1]), settings.FORM_KEY).answers == open_kept(token, settings.FORM_KEY).answers


def test_who_took_the_time_to_write_is_not_shut_out_by_a_flood_from_the_same_network(
    client: Any, send: Any, settings: Any
) -> None:
    settings.MOST_REPORTS = 2
    told = open_kept(kept(walk_to_check(client, send)), settings.FORM_KEY)
    hurried = close(told, settings.FORM_KEY)
    slow = close(replace(told, begun=told.begun - UNHURRIED), settings.FORM_KEY)
    assert [send("/report", {"kept": hurried, "go": "send"}).status_code for _ in range(3)] == [200, 200, 429]
    codes = [send("/report", {"kept": slow, "go": "send"}).status_code for _ in range(9)]
    assert codes == [200] * 8 + [429]
    assert len(envelopes()) == 1  # the same report each time


@pytest.mark.parametrize(("age", "told_so"), [("17", False), ("18", True), ("31", True)])
def test_a_grown_up_is_shown_where_grown_ups_get_help_and_is_heard_all_the_same(
    client: Any, send: Any, age: str, told_so: bool
) -> None:
    page = walk_to_check(client, send, {"what": {"what": "help"}, "you": {"age": age}})
    receipt = send("/report", {"kept": kept(page), "go": "send"})
    for shown in (page, receipt):
        assert ('href="/help/adult"' in shown.content.decode()) == told_so
    assert words_of(receipt)
    assert len(envelopes()) == 1
