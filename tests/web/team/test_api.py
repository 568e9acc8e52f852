"""The programming interface: it gives what it says, and never words, identifiers or held cases."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection
from tests.desk.made_up import REPLY_TO, MadeUpLinkage, open_case

from lightkeeper.core.report import Danger
from lightkeeper.desk.audit import Act
from lightkeeper.web.casebook.casebook import DjangoCasebook
from lightkeeper.web.team.models import Team
from lightkeeper.web.team.openapi import describe
from lightkeeper.web.team.tokens import SCOPES, make_token

pytestmark = pytest.mark.django_db(databases=["default", "inbox"])


def site(environ: dict[str, Any], start_response: Any) -> Any:
    """The running site for schemathesis; the description is given before there is a database."""
    if environ["PATH_INFO"] == "/api/openapi.json":
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(describe()).encode()]
    return get_wsgi_application()(environ, start_response)


API = schemathesis.openapi.from_wsgi("/api/openapi.json", site)


@pytest.fixture
def one_connection(db: None) -> Iterator[None]:
    """Requests must not close the connection that this test is in."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(people: dict[str, Any]) -> str:
    team = Team.objects.get(name="desk")
    return make_token("test", team, list(SCOPES), "jo", datetime.now(UTC) + timedelta(days=1))


@pytest.fixture
def cases() -> dict[str, str]:
    """One case of each kind: only the plain one may be seen by a program."""
    book = DjangoCasebook()
    words = {"narrative": "canarywords", "contact": (("how", "canarycontact"),), "reply_to": REPLY_TO}
    found = {
        "plain": open_case(book, 1, danger=Danger(now=True), **words),
        "restricted": open_case(book, 2, **words),
        "held": open_case(book, 3, hold=True, **words),
        "elsewhere": open_case(book, 4, team="elsewhere", **words),
        "linked": open_case(book, 5, **words),
    }
    restricted = replace(found["restricted"], restricted=True, allowed=frozenset({"sam"}))
    book.save_case(restricted, Act("robin", "case.restrict", restricted.id))
    book.store_linkage(MadeUpLinkage(("R-0001", "R-0005"), ("R-0003", "R-0004")))
    return {name: case.id for name, case in found.items()}


def get(client: Any, address: str, token: str) -> Any:
    return client.get(address, headers={"Authorization": f"Bearer {token}"})


def test_the_queue_has_neither_words_nor_what_is_held(client: Any, token: str, cases: dict[str, str]) -> None:
    answer = get(client, "/api/queue", token)
    seen = {one["case"] for one in answer.json()["cases"]}
    assert seen == {cases["plain"], cases["linked"]}
    for never in ("canary", "made.up", "R-000", "07700"):
        assert never not in answer.content.decode()


def test_what_is_held_is_not_even_counted(client: Any, token: str, cases: dict[str, str]) -> None:
    answer = get(client, "/api/queue", token).json()
    assert sum(answer["counts"].values()) == len(answer["cases"]) == 2
    pages = [get(client, f"/api/queue?limit=1&after={after}", token).json()["cases"] for after in range(3)]
    assert [len(page) for page in pages] == [1, 1, 0]  # no page is short because something was left out of it


@pytest.mark.parametrize("kind", ["restricted", "held", "elsewhere"])
def test_what_a_program_may_not_see_is_not_there(
    client: Any, token: str, cases: dict[str, str], kind: str
) -> None:
    assert get(client, f"/api/cases/{cases[kind]}", token).status_code == 404
    assert get(client, f"/api/cases/{cases['plain']}", token).status_code == 200


def test_suspects_are_those_of_this_team_alone(client: Any, token: str, cases: dict[str, str]) -> None:
    rows = get(client, "/api/suspects", token).json()["suspects"]
    assert [one["reports"] for one in rows] == [2]


def test_each_call_is_in_the_log(client: Any, token: str, cases: dict[str, str]) -> None:
    get(client, f"/api/cases/{cases['plain']}", token)
    last = list(DjangoCasebook().entries())[-1]
    assert last.who.startswith("token-")
    assert (last.what, last.about) == ("api.case", cases["plain"])


def test_the_description_is_served_as_it_is_made(client: Any) -> None:
    assert client.get("/api/openapi.json").json() == json.loads(json.dumps(describe()))


def test_the_description_in_the_reference_is_current() -> None:
    """Write it anew: LIGHTKEEPER_WRITE_DOCS=yes."""
    page = Path(__file__).parents[3] / "docs/reference/desk-api.json"
    wanted = json.dumps(describe(), indent=2) + "\n"
    if os.environ.get("LIGHTKEEPER_WRITE_DOCS"):
        page.write_text(wanted)
    assert page.read_text() == wanted


@API.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_schemathesis_finds_no_answer_that_is_not_described(
    case: Any, one_connection: None, token: str, cases: dict[str, str]
) -> None:
    # Unknown parameters are passed over, as the web does; and the token is always given here.
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    case.call_and_validate(headers=headers, excluded_checks=[negative_data_rejection, ignored_auth])


@API.parametrize()
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_without_a_token_there_is_nothing(case: Any, one_connection: None, cases: dict[str, str]) -> None:
    answer = case.call(headers={"Authorization": "Bearer lk_nonsense", "Accept-Encoding": "identity"})
    assert answer.status_code in (400, 401, 404, 405)
    assert cases["plain"] not in answer.text
