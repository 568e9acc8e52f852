"""A word about the site: sealed, once, never shown."""

import json
import re
from typing import Any

import pytest
from tests.sites import House

from lightkeeper.report.seal import open_envelope

pytestmark = pytest.mark.django_db


def token(client: Any) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', client.get("/feedback").content.decode())
    assert found
    return found.group(1)


def test_a_word_arrives_sealed_and_once(client: Any, send: Any, house: House) -> None:
    from lightkeeper.web.inbox.models import Envelope

    fields = {"kept": token(client), "found": "partly", "text": "The letters are small.", "go": "send"}
    assert [send("/feedback", fields).status_code for _ in range(2)] == [200, 200]
    (envelope,) = Envelope.objects.all()
    content = json.loads(open_envelope(bytes(envelope.sealed), [house.team_key.identity]))
    assert content["feedback"] == {"found": "partly", "text": "The letters are small."}


def test_the_language_switch_keeps_what_was_written_and_ticked(client: Any, send: Any) -> None:
    fields = {"kept": token(client), "found": "no", "text": "half a sent", "go": "language"}
    page = send("/cy/feedback", fields).content.decode()
    assert ">half a sent</textarea>" in page
    assert 'value="no" checked' in page


def test_an_empty_one_is_asked_for_again(client: Any, send: Any) -> None:
    assert send("/feedback", {"kept": token(client), "go": "send"}).status_code == 422
