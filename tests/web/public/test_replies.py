"""The way back with nine words."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.sites import House
from tests.trust.reporting import kept_of

from lightkeeper.report.receipt import door, make_receipt
from lightkeeper.report.seal import open_envelope, seal

pytestmark = pytest.mark.django_db
WRITTEN = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)


def put_reply(receipt: Any, text: str) -> None:
    from django.conf import settings

    from lightkeeper.web.inbox.models import Reply

    opened = door(receipt, settings.PEPPER)
    plain = {"version": 1, "reply": {"id": "1", "text": text, "written": "2026-01-31T09:30:00Z"}}
    Reply.objects.create(
        lookup=opened.lookup, sealed=seal(json.dumps(plain).encode(), [opened.recipient]), written=WRITTEN
    )


def test_the_words_show_the_replies_in_their_order(send: Any) -> None:
    receipt = make_receipt()
    put_reply(receipt, "You are safe with us.\nWrite again.")
    put_reply(receipt, "A second <b>answer</b>.")
    put_reply(make_receipt(), "for somebody else")
    page = send("/replies", {"words": " ".join(receipt.words)}).content.decode()
    assert page.index("You are safe with us.") < page.index("A second &lt;b&gt;answer&lt;/b&gt;.")
    assert "somebody else" not in page


def test_no_answer_yet_is_said_kindly(send: Any) -> None:
    page = send("/replies", {"words": " ".join(make_receipt().words)})
    assert page.status_code == 200
    assert "no answer yet" in page.content.decode()


def test_a_reply_that_does_not_open_hides_no_other(send: Any) -> None:
    from django.conf import settings

    from lightkeeper.web.inbox.models import Reply

    receipt = make_receipt()
    Reply.objects.create(lookup=door(receipt, settings.PEPPER).lookup, sealed=b"broken", written=WRITTEN)
    put_reply(receipt, "This one opens.")
    page = send("/replies", {"words": " ".join(receipt.words)}).content.decode()
    assert "This one opens." in page
    assert "cannot open" in page


def test_wrong_words_are_refused_and_then_slowed(send: Any, settings: Any) -> None:
    settings.MOST_WRONG_RECEIPTS = 3
    responses = [send("/replies", {"words": "not my words at all"}) for _ in range(4)]
    assert [response.status_code for response in responses] == [422, 422, 422, 429]


def test_one_slip_is_pointed_at_and_nobody_types_nine_words_twice(send: Any) -> None:
    words = [*make_receipt().words]
    words[3] = "xylograph"
    page = send("/replies", {"words": " ".join(words)})
    assert page.status_code == 422
    assert page["Cache-Control"] == "no-store"
    text = page.content.decode()
    assert "Word 4 is not one of ours" in text
    assert f">{' '.join(words)}</textarea>" in text


def test_a_picture_instead_of_words_is_not_shown_again(send: Any) -> None:
    page = send("/replies", {"words": "data:image/png;base64,iVBORw0KGgoAAAANSUhEUg"})
    assert page.status_code == 422
    assert b"base64" not in page.content


@pytest.mark.parametrize(
    ("more", "problem"), [({"go": "language"}, ""), ({"answer": "He wrote.\ndata:image/png;base64,AAAA"}, "never")]
)
def test_what_was_being_written_is_not_lost(send: Any, more: dict[str, str], problem: str) -> None:
    import re

    token = re.search(
        r'name="kept" value="([^"]+)"',
        send("/replies", {"words": " ".join(make_receipt().words)}).content.decode(),
    )
    assert token
    page = send("/replies", {"kept": token.group(1), "answer": "He wrote.", "go": "send", **more}).content.decode()
    assert ">He wrote.</textarea>" in page
    assert problem in page
    assert "base64" not in page


def test_an_answer_that_must_wait_keeps_its_words(send: Any, settings: Any) -> None:
    settings.MOST_REPORTS = 1
    page = send("/replies", {"words": " ".join(make_receipt().words)}).content.decode()
    form = {"kept": kept_of(page), "answer": "He wrote.", "go": "send"}
    first, second = send("/replies", form), send("/replies", form)
    assert [first.status_code, second.status_code] == [200, 429]
    assert ">He wrote.</textarea>" in second.content.decode()


def test_right_words_are_never_counted(send: Any, settings: Any) -> None:
    settings.MOST_WRONG_RECEIPTS = 1
    words = " ".join(make_receipt().words)
    assert {send("/replies", {"words": words}).status_code for _ in range(5)} == {200}


def test_an_answer_is_sealed_for_the_team_and_kept_once(send: Any, house: House) -> None:
    import re

    from django.conf import settings

    from lightkeeper.web.inbox.models import Envelope

    receipt = make_receipt()
    page = send("/replies", {"words": " ".join(receipt.words)}).content.decode()
    token = re.search(r'name="kept" value="([^"]+)"', page)
    assert token
    for _ in range(2):
        response = send("/replies", {"kept": token.group(1), "answer": "He wrote again.", "go": "send"})
        assert response.status_code == 200
    (envelope,) = Envelope.objects.all()
    content = json.loads(open_envelope(bytes(envelope.sealed), [house.team_key.identity]))
    assert content["answer"]["text"] == "He wrote again."
    assert content["answer"]["lookup"] == door(receipt, settings.PEPPER).lookup
    assert envelope.kind == "answer"


def test_while_the_inbox_is_away_the_page_still_helps(send: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from lightkeeper.core.errors import SlotClosed
    from lightkeeper.web.public import wiring

    def away(_: Any) -> Any:
        raise SlotClosed("away")

    monkeypatch.setattr(wiring.inbox().inbox, "waiting", away)
    page = send("/replies", {"words": " ".join(make_receipt().words)})
    assert page.status_code == 200
    assert "tel:08001111" in page.content.decode()


def test_lost_words_get_an_honest_page(client: Any) -> None:
    assert "cannot find your words" in client.get("/replies/lost").content.decode()
