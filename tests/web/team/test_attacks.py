"""What somebody with or without a sign-in tries on the team site (docs/explanation/trust.md lists it).

Who may open what is tested for every address in test_permissions.py; here it is about tricks.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk.made_up import MadeUpLinkage, made_up, open_case
from tests.sites import House
from tests.trust.payloads import DATABASE, ELSEWHERE, LINE_BREAKS, PATHS, SCRIPTS
from tests.trust.shown import acts
from tests.web.team.test_permissions import CASE, SUSPECT

from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.desk.case import ReplyTo, name_suspect
from lightkeeper.report.seal import make_keys
from lightkeeper.web.casebook.casebook import DjangoCasebook
from lightkeeper.web.casebook.models import CaseRow
from lightkeeper.web.team.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "inbox"])
PASSWORD = "lamp-harbour-pebble-gull"
SignIn = Callable[..., Client]


def hostile_case(payload: str, number: int = 1, team: str = "desk") -> Any:
    """A case in which everything that a stranger can choose is a payload."""
    book = DjangoCasebook()
    kinds = (IdentifierKind.HANDLE, IdentifierKind.DISPLAY_NAME, IdentifierKind.EMAIL, IdentifierKind.URL)
    suspect = tuple(Identifier(kind, payload, platform=None) for kind in kinds)
    around = {"contact": (("name", payload), ("how", payload)), "told": (("other_app", payload),)}
    back = ReplyTo(make_keys().recipient, "ab" * 32)
    case = open_case(book, number, team, narrative=payload, suspect=suspect, reply_to=back, **around)
    book.store_linkage(MadeUpLinkage((case.report.id,)))
    return case


def every_page(client: Client, case: Any) -> dict[str, Any]:
    suspect = name_suspect(f"S-{case.report.id}")
    pages = [reverse("case", args=[case.id]), reverse("suspect", args=[suspect])]
    pages += [
        reverse(name) for name in ("queue", "suspects", "figures", "campaigns", "warnings", "log", "feedback")
    ]
    pages += [reverse(name) for name in ("keeping", "people", "own", "check_log")]
    return {page: client.get(page) for page in pages}


@pytest.mark.parametrize("payload", ["\n".join(SCRIPTS[part::4]) for part in range(4)], ids=range(4))
def test_what_a_stranger_told_acts_on_no_page_of_the_desk(sign_in: SignIn, payload: str) -> None:
    case, client = hostile_case(payload), sign_in("robin")
    fields = {"text": payload, "reason": payload, "whom": payload, "question": payload, "why_open": payload}
    for name in ("note", "task", "reply", "told", "decide_band", "hold"):
        answer = client.post(reverse(name, args=[case.id]), fields | {"band": "2"}, follow=True)
        assert answer.status_code < 500, name
        assert not acts(answer), name
    for page, answer in every_page(client, case).items():
        assert answer.status_code in (200, 403), page
        assert not acts(answer), page
    assert not acts(client.get(reverse("queue") + "?" + urlencode({"words": payload, "area": payload})))
    assert not acts(
        client.get(reverse("log") + "?" + urlencode({"who": payload, "about": payload, "what": payload}))
    )


@pytest.mark.parametrize("payload", [*DATABASE, LINE_BREAKS[0], LINE_BREAKS[4], "12", "1" * 400])
def test_no_words_in_an_address_or_a_form_break_a_page_or_the_database(
    any_database: str, sign_in: SignIn, payload: str
) -> None:
    case, client = hostile_case("an ordinary story"), sign_in("robin")
    names = ("area", "band", "state", "owner", "after", "who", "what", "about", "page", "from", "to", "by")
    for asked in (dict.fromkeys(names, payload), {"words": payload}):
        for page in ("queue", "log", "suspects", "figures", "warnings"):
            assert client.get(f"{reverse(page)}?{urlencode(asked)}").status_code < 500, page
    fields = dict.fromkeys(
        ("text", "reason", "band", "due", "assigned", "to", "case", "a", "b", "verdict", "state"), payload
    )
    for name, (method, _) in {**CASE, **SUSPECT}.items():
        if method.startswith("POST") and name not in ("lift", "task_done"):
            about = [case.id] if name in CASE else [name_suspect(f"S-{case.report.id}")]
            assert client.post(reverse(name, args=about), fields).status_code < 500, name
    assert CaseRow.objects.filter(id=case.id).exists()


@pytest.mark.parametrize(
    "name", ["note", "take_tray", "invite_person", "account_login", "account_logout", "run_now"]
)
def test_a_form_of_another_site_does_nothing(people: dict[str, Any], name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["robin"], backend="allauth.account.auth_backends.AuthenticationBackend")
    case = open_case(DjangoCasebook(), 1)
    address = reverse(name, args=[case.id] if name == "note" else [])
    for headers in ({}, {"origin": "https://evil.example"}, {"referer": "https://evil.example/"}):
        assert client.post(address, {"text": "x"}, headers=headers).status_code == 403


def test_cookies_go_nowhere_else_and_no_script_reads_them(settings: Any) -> None:
    from lightkeeper.web.shared.settings import team

    assert team.SESSION_COOKIE_SAMESITE == team.CSRF_COOKIE_SAMESITE == "Strict"
    assert team.SESSION_COOKIE_HTTPONLY
    assert team.SESSION_COOKIE_SECURE is team.HTTPS


def test_every_page_refuses_to_be_framed_or_to_run_what_is_not_ours(sign_in: SignIn) -> None:
    case, client = hostile_case("an ordinary story"), sign_in("robin")
    pages = [
        *every_page(client, case).values(),
        Client().get(reverse("account_login")),
        client.get("/nothing-here"),
    ]
    for answer in pages:
        policy = answer["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("where", ELSEWHERE)
def test_signing_in_sends_nobody_elsewhere(sign_in: SignIn, where: str) -> None:
    for client in (Client(), sign_in("sam")):
        for name in ("account_login", "account_logout", "account_reauthenticate", "mfa_authenticate"):
            for answer in (
                client.get(f"{reverse(name)}?next={quote(where)}"),
                client.post(reverse(name), {"next": where}),
            ):
                location = answer.get("Location", "/")
                assert location.startswith("/"), (name, location)
                assert not location.startswith(("//", "/\\")), (name, location)


def test_another_host_gets_nothing(sign_in: SignIn) -> None:
    client = sign_in("robin")
    for host in ("evil.example", "localhost.evil.example", "localhost:80@evil.example"):
        assert client.get(reverse("queue"), headers={"host": host}).status_code == 400
    forwarded = {"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    page = client.post(reverse("invite_person"), {"name": "N", "username": "n"}, headers=forwarded)
    assert b"evil.example" not in page.content


def test_a_session_that_was_laid_before_signing_in_is_not_the_one_after(people: dict[str, Any]) -> None:
    """Fixation: a cookie that somebody put into the browser first must be worth nothing afterwards."""
    people["sam"].set_password(PASSWORD)
    people["sam"].save()
    client = Client()
    client.cookies["desk"] = laid = "a" * 32
    client.post(reverse("account_login"), {"login": "sam", "password": PASSWORD})
    assert client.cookies["desk"].value not in ("", laid)
    stranger = Client()
    stranger.cookies["desk"] = laid
    assert stranger.get(reverse("queue")).status_code == 302


def test_a_name_that_does_not_exist_answers_like_one_that_does(people: dict[str, Any]) -> None:
    answers = []
    for name in ("sam", "nobody-of-that-name"):
        client = Client()
        client.get(reverse("account_login"))
        page = client.post(reverse("account_login"), {"login": name, "password": "wrong-wrong-wrong"})
        answers.append((page.status_code, page.content.decode().replace(name, "")))
    text = [answer[1].split("csrfmiddlewaretoken")[0] for answer in answers]
    assert answers[0][0] == answers[1][0]
    assert text[0] == text[1]


def test_nobody_gives_themselves_rights(sign_in: SignIn, people: dict[str, Any]) -> None:
    """Mass assignment: fields that a form does not have change nothing, and their own role is nobody's to set."""
    more = {"role": "administrator", "teams": ["elsewhere"], "is_superuser": "1", "is_staff": "1", "areas": ""}
    officer = sign_in("sam")
    for name in ("account_change_password", "own", "note"):
        about = [open_case(DjangoCasebook(), 7).id] if name == "note" else []
        officer.post(reverse(name, args=about), {"text": "x", **more})
    person = Person.objects.get(user__username="sam")
    assert (person.role, [team.name for team in person.teams.all()]) == ("officer", ["desk"])
    people["sam"].refresh_from_db()
    assert (people["sam"].is_superuser, people["sam"].is_staff) == (False, False)
    own = Person.objects.get(user__username="jo").pk
    assert sign_in("jo").post(reverse("change_person", args=[own]), more).status_code == 403


def test_no_form_moves_a_case_to_another_team_or_to_itself(sign_in: SignIn) -> None:
    case, client = hostile_case("an ordinary story"), sign_in("sam")
    more = {"team": "elsewhere", "restricted": "1", "allowed": "lee", "report_id": "x", "opened": "1999-01-01"}
    client.post(reverse("note", args=[case.id]), {"text": "x", **more})
    client.post(reverse("assign", args=[case.id]), {"to": "sam", **more})
    again = DjangoCasebook().case(case.id)
    assert (again.team, again.restricted, again.report.id) == ("desk", False, case.report.id)
    assert client.post(reverse("assign", args=[case.id]), {"to": "lee"}).status_code == 403


@pytest.mark.parametrize("name", ["decide_link", "join", "lift", "task_done"])
def test_another_cases_things_are_not_reached_through_ones_own(sign_in: SignIn, name: str) -> None:
    """The address is of a case that one may open; the form names something of another team's case."""
    book = DjangoCasebook()
    mine, theirs = hostile_case("mine", 1), hostile_case("theirs", 2, team="elsewhere")
    book.store_linkage(MadeUpLinkage((mine.report.id,), (theirs.report.id,)))
    lead = sign_in("robin")
    stranger = sign_in("lee")
    stranger.post(reverse("task", args=[theirs.id]), {"text": "a task of theirs"})
    stranger.post(reverse("hold", args=[theirs.id]), {"reason": "a hold of theirs"})
    (item,) = book.items(theirs.id)
    (hold,) = book.holds()
    about, fields = {
        "decide_link": ([mine.id], {"a": mine.report.id, "b": theirs.report.id}),
        "join": ([name_suspect(f"S-{mine.report.id}")], {"case": theirs.id}),
        "lift": ([mine.id, hold.id], {}),
        "task_done": ([mine.id, item.id], {}),
    }[name]
    answer = lead.post(reverse(name, args=about), {**fields, "verdict": "confirmed", "reason": "a try"})
    assert answer.status_code in (403, 404)
    assert b"theirs" not in answer.content
    assert book.decisions() == ()
    assert book.holds() == (hold,)
    assert book.items(theirs.id) == (item,)


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_its_folder(sign_in: SignIn, path: str, house: House) -> None:
    client = sign_in("robin")
    for before in ("/static/", "/cases/", "/suspects/", "/warnings/", "/keeping/", "/"):
        for asked in (before + path, before + quote(path)):
            answer = client.get(asked)
            assert answer.status_code in (301, 302, 400, 404), asked
            assert house.team_key.identity.encode() not in answer.content


def test_a_partners_file_reads_nothing_and_writes_nothing_but_cases(sign_in: SignIn) -> None:
    """What a hostile partner pastes: entities, paths, deep nesting, huge numbers, files, keys with a meaning."""
    lines = [
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "[" * 50_000,
        json.dumps({**made_up(9).as_json(), "id": "../../etc/passwd"}),
        json.dumps({**made_up(8).as_json(), "__class__": "x", "team": "elsewhere", "restricted": False}),
        json.dumps({**made_up(7).as_json(), "narrative": "{{7*7}}", "received": "9999-12-31T23:59:59Z"}),
        json.dumps({**made_up(6).as_json(), "age": 1e400}),
        json.dumps({"reportId": 1, "uploadedFiles": [{"name": "../../x", "data": "aGk="}]}),
        "\x00",
        json.dumps({**made_up(5).as_json(), "narrative": "zero \x00 byte"}),
    ]
    client = sign_in("sam")
    for form in ("lightkeeper", "ncmec"):
        for line in lines:
            answer = client.post(reverse("take_import"), {"lines": line, "form": form}, follow=True)
            assert answer.status_code < 500, line[:60]
            assert b"root:" not in answer.content
    assert set(CaseRow.objects.values_list("team", flat=True)) <= {"desk"}


def test_a_webhook_cannot_be_pointed_at_the_inside(sign_in: SignIn) -> None:
    from lightkeeper.web.team.webhooks import post_sealed

    for url in (
        "file:///etc/passwd",
        "http://10.0.0.1/",
        "gopher://x",
        "ftp://x/",
        "http://169.254.169.254/latest",
    ):
        assert post_sealed(url, b"x", {}) is False


def test_what_leaves_as_a_file_has_a_plain_name_and_is_never_shown_in_the_browser(sign_in: SignIn) -> None:
    case, client = hostile_case('"><script>'), sign_in("robin")
    for name, fields in (("disclose", {}), ("evidence", {"recipient": make_keys().recipient})):
        answer = client.post(reverse(name, args=[case.id]), {"reason": "for the test", **fields})
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment; filename=")
        assert "<" not in answer["Content-Disposition"]
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_answer_in_the_log_cannot_be_forged_by_line_breaks(sign_in: SignIn) -> None:
    case, client = hostile_case("an ordinary story"), sign_in("robin")
    client.post(reverse("hold", args=[case.id]), {"reason": "x\n9999 somebody else did it", "owner": "robin"})
    entries = list(DjangoCasebook().entries())
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert {entry.who for entry in entries} <= {"robin", "lightkeeper"}


def test_a_case_restricted_meanwhile_is_closed_on_the_next_click(sign_in: SignIn) -> None:
    from lightkeeper.desk.audit import Act

    case, client, book = hostile_case("an ordinary story"), sign_in("ali"), DjangoCasebook()
    assert client.get(reverse("case", args=[case.id])).status_code == 200
    book.save_case(replace(case, restricted=True, allowed=frozenset({"sam"})), Act("robin", "case.restrict"))
    assert client.get(reverse("case", args=[case.id])).status_code == 403
    assert client.post(reverse("note", args=[case.id]), {"text": "x"}).status_code == 403
    found = client.get(reverse("queue") + "?words=ordinary")
    assert case.id.encode() not in found.content


def test_no_speller_elsewhere_reads_what_an_officer_writes(sign_in: SignIn) -> None:
    """Some browsers send what is typed to a service that checks the spelling, unless the page says no."""
    for page in (sign_in("sam").get(reverse("queue")), Client().get(reverse("account_login"))):
        assert '<body spellcheck="false"' in page.content.decode()
        assert 'spellcheck="true"' not in page.content.decode()
