"""Every address × role × team × area × restricted × held. An address that is not in these tables fails the test.

The tables are written by hand, apart from rules/permissions.toml: who gets in is said twice, and must agree.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.desk.made_up import NOW, MadeUpLinkage, open_case

from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Hold, Item, ItemKind, name_suspect
from lightkeeper.web.casebook.casebook import DjangoCasebook
from lightkeeper.web.team.models import Certificate, Token

pytestmark = pytest.mark.django_db(databases=["default", "inbox"])

READERS, OFFICERS, LEADS, ADMINS = (
    ("reader", "officer", "lead"),
    ("officer", "lead"),
    ("lead",),
    ("administrator",),
)
ALL = ("reader", "officer", "lead", "administrator")
# address: (method, who); `*`: nothing of a held case may leave by it
CASE = {
    "case": ("GET", READERS),
    "open_restricted": ("POST", READERS),
    "decide_band": ("POST", OFFICERS),
    "lower": ("POST", OFFICERS),
    "agree": ("POST", OFFICERS),
    "decline": ("POST", OFFICERS),
    "answer": ("POST", OFFICERS),
    "move": ("POST", OFFICERS),
    "note": ("POST", OFFICERS),
    "task": ("POST", OFFICERS),
    "task_done": ("POST", OFFICERS),
    "reply": ("POST", OFFICERS),
    "told": ("POST*", OFFICERS),
    "assign": ("POST", OFFICERS),
    "restrict": ("POST", LEADS),
    "kirat": ("POST", OFFICERS),
    "hold": ("POST", OFFICERS),
    "lift": ("POST", LEADS),
    "decide_link": ("POST", OFFICERS),
    "evidence": ("POST*", OFFICERS),
    "disclose": ("POST*", LEADS),
}
SUSPECT = {
    "suspect": ("GET", READERS),
    "join": ("POST", OFFICERS),
    "part": ("POST", OFFICERS),
    "hold_suspect": ("POST", OFFICERS),
    "stix": ("POST*", LEADS),
}
HOUSE = {
    "queue": ("GET", READERS),
    "take_tray": ("POST", OFFICERS),
    "suspects": ("GET", READERS),
    "take_import": ("POST", OFFICERS),
    "figures": ("GET", READERS),
    "run_now": ("POST", LEADS),
    "publish_figures": ("POST", LEADS),
    "look_at_alarm": ("POST", OFFICERS),
    "campaigns": ("GET", READERS),
    "plan_campaign": ("POST", OFFICERS),
    "add_item": ("POST", OFFICERS),
    "remove_item": ("POST", OFFICERS),
    "remove_campaign": ("POST", OFFICERS),
    "warnings": ("GET", READERS),
    "warning": ("GET", READERS),
    "author_step": ("POST", OFFICERS),
    "approve_step": ("POST", LEADS),
    "send_warning": ("POST", LEADS),
    "log": ("GET", LEADS),
    "check_log": ("GET", LEADS),
    "feedback": ("GET", READERS),
    "feedback_read": ("POST", OFFICERS),
    "keeping": ("GET", LEADS),
    "forget": ("POST", LEADS),
    "certificate": ("GET", LEADS),
    "people": ("GET", (*ADMINS, *LEADS)),
    "invite_person": ("POST", ADMINS),
    "add_team": ("POST", ADMINS),
    "add_token": ("POST", ADMINS),
    "end_token": ("POST", ADMINS),
    "add_webhook": ("POST", ADMINS),
    "end_webhook": ("POST", ADMINS),
    "change_person": ("POST", ADMINS),
    "end_person": ("POST", ADMINS),
    "forget_factors": ("POST", ADMINS),
    "own": ("GET", ALL),
}
# by token, never by session
TOKEN = {"api_queue": "queue", "api_case": "cases", "api_suspects": "suspects"}
# what allauth gives to a person about their own sign-in, and the two pages that lead to it
SIGN_IN = {
    *("account_login", "account_logout", "account_inactive", "account_reauthenticate", "account_change_password"),
    *("account_signup", "account_email", "account_reset_password", "account_set_password"),
    *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
    *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn"),
    *("mfa_edit_webauthn", "mfa_login_webauthn", "usersessions_list", "second_factor", "join_desk"),
}
OPEN = {"openapi", "health"}
ROLES = {
    "sam": "officer",
    "robin": "lead",
    "kit": "reader",
    "jo": "administrator",
    "lee": "officer",
    "kent": "officer",
}
RECENT = (
    "lift",
    "evidence",
    "disclose",
    "stix",
    "approve_step",
    "send_warning",
    "publish_figures",
    "forget",
    "invite_person",
    "add_team",
    "add_token",
)
REFUSALS = (
    "this needs the role",
    "this case belongs to another team",
    "this case is in another area",
    "this case is restricted to named people",
    "this is held for a live investigation",
    "none of this suspect",
)


def names(patterns: list[Any]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns)
        elif isinstance(one, URLPattern):
            yield one.name or str(one.pattern)


def test_every_address_is_in_a_table() -> None:
    known = {*CASE, *SUSPECT, *HOUSE, *TOKEN, *SIGN_IN, *OPEN}
    found = set(names(get_resolver().url_patterns))
    assert found - known == set()
    assert {*CASE, *SUSPECT, *HOUSE, *TOKEN} - found == set()


def refused(answer: Any) -> bool:
    """Whether the guard said no; a form that is not filled in says other words."""
    reason = (answer.context or {}).get("reason", "") if answer.status_code == 403 else ""
    return str(reason).startswith(REFUSALS)


def ask(client: Any, method: str, address: str) -> Any:
    """One request whose effect is undone."""
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address, {"why_open": "for the test"})
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize(("restricted", "held"), list(product((False, True), (False, True))))
def test_who_gets_to_a_case(sign_in: Callable[..., Any], restricted: bool, held: bool) -> None:
    book = DjangoCasebook()
    case = _case_in_state(book, restricted, held)
    for name, role in ROLES.items():
        client = sign_in(name)
        if restricted and name == "sam":
            client.post(reverse("open_restricted", args=[case.id]), {"why_open": "for the test"})
        for address, (method, roles) in {**CASE, **SUSPECT}.items():
            wanted = role in roles and name not in ("lee", "kent")
            wanted = wanted and (not restricted or name == "sam") and not (held and method.endswith("*"))
            answer = ask(client, method.rstrip("*"), _address(address, case))
            assert refused(answer) is not wanted, (name, address, answer.status_code, answer.content[-900:])
            assert answer.status_code < 500, (name, address)


def _case_in_state(book: DjangoCasebook, restricted: bool, held: bool) -> Any:
    case = open_case(book, 1)
    book.store_linkage(MadeUpLinkage((case.report.id,)))
    if restricted:
        book.save_case(replace(case, restricted=True, allowed=frozenset({"sam"})), Act("robin", "case.restrict"))
    if held:
        hold = Hold("a" * 16, case.id, (case.report.id,), "w", "sam", NOW.date(), NOW)
        book.put_hold(hold, Act("sam", "hold.place", case.id))
    return case


def _address(name: str, case: Any) -> str:
    if name in SUSPECT:
        return reverse(name, args=[name_suspect(f"S-{case.report.id}")])
    return reverse(name, args=[case.id, *({"lift": ["a" * 16], "task_done": ["a" * 16]}.get(name, []))])


def test_who_gets_into_the_house(sign_in: Callable[..., Any]) -> None:
    Certificate.objects.create(pk=1, made=NOW, by="robin", cases=0, body={}, hash="")
    arguments = {"warning": ["none"], "author_step": ["none"], "approve_step": ["none"], "send_warning": ["none"]}
    arguments |= {"add_item": [1], "remove_item": [1, 0], "remove_campaign": [1]}
    numbered = ("certificate", "end_token", "end_webhook", "change_person", "end_person", "forget_factors")
    for name, role in ROLES.items():
        client = sign_in(name)
        for address, (method, roles) in HOUSE.items():
            given = arguments.get(address, [1] if address in (*numbered, "feedback_read", "look_at_alarm") else [])
            answer = ask(client, method, reverse(address, args=given))
            sent_on = address == "queue" and role == "administrator" and answer.status_code == 302
            assert refused(answer) is not (role in roles or sent_on), (name, address, answer.status_code)
            assert answer.status_code < 500, (name, address)


def test_nothing_is_open_without_signing_in(client: Any) -> None:
    case = open_case(DjangoCasebook(), 1)
    for address, (method, _) in {**CASE, **SUSPECT}.items():
        answer = ask(client, method.rstrip("*"), _address(address, case))
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/account/login/"), address
    for address in ("queue", "suspects", "figures", "warnings", "log", "keeping", "people", "own"):
        assert client.get(reverse(address)).status_code == 302


def test_a_password_alone_opens_nothing(sign_in: Callable[..., Any], people: dict[str, Any]) -> None:
    people["sam"].authenticator_set.all().delete()
    client = sign_in("sam")
    for address in ("queue", "suspects", "own"):
        answer = client.get(reverse(address))
        assert (answer.status_code, answer["Location"]) == (302, reverse("second_factor"))
    assert client.get(reverse("second_factor")).status_code == 200


def test_dangerous_acts_ask_for_the_sign_in_again(sign_in: Callable[..., Any]) -> None:
    case = open_case(DjangoCasebook(), 1)
    DjangoCasebook().store_linkage(MadeUpLinkage((case.report.id,)))
    clients = {"lead": sign_in("robin", recently=False), "administrator": sign_in("jo", recently=False)}
    for address in RECENT:
        who = "administrator" if address in ("invite_person", "add_team", "add_token") else "lead"
        given = _address(address, case) if address in CASE or address in SUSPECT else None
        given = given or reverse(address, args=["none"] if address in ("approve_step", "send_warning") else [])
        answer = ask(clients[who], "POST", given)
        assert answer.status_code == 302, address
        assert "reauthenticate" in answer["Location"], address


def test_writing_by_get_is_refused(sign_in: Callable[..., Any]) -> None:
    case = open_case(DjangoCasebook(), 1)
    client = sign_in("robin")
    for address, (method, _) in CASE.items():
        if method.startswith("POST"):
            assert client.get(_address(address, case)).status_code == 405, address


def test_a_refusal_is_in_the_log(sign_in: Callable[..., Any]) -> None:
    case = open_case(DjangoCasebook(), 1)
    sign_in("lee").get(reverse("case", args=[case.id]))
    last = list(DjangoCasebook().entries())[-1]
    assert (last.who, last.what, last.about) == ("lee", "refused.case.see", case.id)


def test_a_restricted_case_asks_why_before_it_opens(sign_in: Callable[..., Any]) -> None:
    case = _case_in_state(DjangoCasebook(), restricted=True, held=False)
    client = sign_in("sam")
    page = client.get(reverse("case", args=[case.id]))
    assert b"Say why you open it" in page.content
    assert b"made.up_1" not in page.content
    opened = client.post(reverse("open_restricted", args=[case.id]), {"why_open": "I was asked to"}, follow=True)
    assert b"made.up_1" in opened.content
    seen = [entry for entry in DjangoCasebook().entries(about=case.id) if entry.what == "see.case.see"]
    assert seen
    assert all(entry.why_digest for entry in seen)


def test_a_tokens_scope_is_all_it_opens(client: Any, people: dict[str, Any]) -> None:
    from datetime import UTC, datetime, timedelta

    from lightkeeper.web.team.models import Team
    from lightkeeper.web.team.tokens import make_token

    case = open_case(DjangoCasebook(), 1)
    team, later = Team.objects.get(name="desk"), datetime.now(UTC) + timedelta(days=1)
    for scope in TOKEN.values():
        shown = make_token("test", team, [scope], "jo", later)
        for address, needed in TOKEN.items():
            given = reverse(address, args=[case.id] if address == "api_case" else [])
            answer = client.get(given, headers={"Authorization": f"Bearer {shown}"})
            assert answer.status_code == (200 if scope == needed else 403), (scope, address)
            assert client.get(given).status_code == 401
            assert client.post(given, headers={"Authorization": f"Bearer {shown}"}).status_code == 405
    Token.objects.update(ended=datetime.now(UTC))
    assert client.get(reverse("api_queue"), headers={"Authorization": f"Bearer {shown}"}).status_code == 401


def test_a_lead_sees_everybody_who_came_near_a_case_of_theirs(sign_in: Callable[..., Any]) -> None:
    ours, theirs = open_case(DjangoCasebook(), 1), open_case(DjangoCasebook(), 2, team="elsewhere")
    lee, robin = sign_in("lee"), sign_in("robin")
    lee.get(reverse("case", args=[ours.id]))
    lee.get(reverse("case", args=[theirs.id]))
    page = robin.get(reverse("log"), {"about": ours.id}).content.decode()
    assert "lee" in page
    assert "refused.case.see" in page
    assert "lee" not in robin.get(reverse("log"), {"about": theirs.id}).content.decode()
    assert "lee" not in robin.get(reverse("log")).content.decode()


def test_the_queue_says_what_waits_for_this_person(sign_in: Callable[..., Any]) -> None:
    book = DjangoCasebook()
    case, other = open_case(book, 1), open_case(book, 2, team="elsewhere")
    for one in (case, other):
        book.put_hold(
            Hold(one.id[1:].lower().ljust(16, "0"), one.id, (one.report.id,), "w", "sam", NOW.date(), NOW),
            Act("sam", "x"),
        )
    task = Item("a" * 16, case.id, ItemKind.TASK, NOW, "robin", "ring the school", due=NOW.date(), assigned="sam")
    book.put_item(task, Act("robin", "case.task", case.id))
    page = sign_in("sam").get(reverse("queue")).content.decode()
    assert "For you: 1 task, 1 hold to look at again" in page
    assert "ring the school" in page
    assert other.id not in page
    assert "ring the school" not in sign_in("ali").get(reverse("queue")).content.decode()
