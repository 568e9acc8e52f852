"""Signing in: by invitation, with a second factor, locked out after wrong tries, in few sessions, not for ever."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from lightkeeper.core.errors import UnsafeToStart
from lightkeeper.desk.people import Role
from lightkeeper.web.casebook.casebook import DjangoCasebook
from lightkeeper.web.team.demo import demo_code, make_demo_people
from lightkeeper.web.team.invitations import invite
from lightkeeper.web.team.models import Invitation, Person, Team
from lightkeeper.web.team.sessions import SIGNED_IN_AT

pytestmark = pytest.mark.django_db(databases=["default", "inbox"])
PASSWORD = "lamp-harbour-pebble-gull"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def sam(people: dict[str, Any]) -> Any:
    user = people["sam"]
    user.set_password(PASSWORD)
    user.save()
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, SECRET)
    return user


def type_password(client: Client, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": "sam", "password": password})


def code(back: int = 0) -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 - back))


def type_code(client: Client, given: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": given})


def test_a_password_and_a_code_open_the_queue(sam: Any) -> None:
    client = Client()
    assert type_password(client)["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("queue")).status_code == 302
    assert type_code(client, "000000").status_code == 200
    assert type_code(client, code())["Location"] == reverse("queue")
    assert client.get(reverse("queue")).status_code == 200


def test_a_code_works_once(sam: Any) -> None:
    once = code()
    for works in (True, False):
        client = Client()
        type_password(client)
        assert (type_code(client, once).status_code == 302) is works


def test_too_many_wrong_passwords_lock_the_name_out(sam: Any, settings: Any) -> None:
    client = Client()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        type_password(client, "wrong")
    locked = type_password(client)
    assert locked.status_code == 429
    assert b"Locked for a while" in locked.content
    assert type_password(Client()).status_code == 429  # from elsewhere, too


def test_nobody_signs_up_or_resets_by_mail(client: Client) -> None:
    for name in ("account_signup", "account_email", "account_reset_password", "account_set_password"):
        assert client.get(reverse(name)).status_code == 404
        assert client.post(reverse(name), {"username": "x", "password1": PASSWORD}).status_code == 404
    assert get_user_model().objects.count() == 0


def test_an_invitation_is_taken_once_and_leads_to_the_second_factor(
    people: dict[str, Any], client: Client
) -> None:
    now = datetime.now(UTC)
    made, token = invite("new", "New Person", Role.READER, [Team.objects.get(name="desk")], "kent", "jo", now)
    assert token not in made.token_hash
    address = reverse("join_desk", args=[token])
    assert b"New Person" in client.get(address).content
    assert client.post(address, {"password": "short"}).status_code == 200
    assert client.post(address, {"password": "password1234"}).status_code == 200  # too common
    answer = client.post(address, {"password": PASSWORD})
    assert answer["Location"] == reverse("second_factor")
    person = Person.objects.get(user__username="new")
    assert (person.role, person.areas, [team.name for team in person.teams.all()]) == ("reader", "kent", ["desk"])
    assert client.get(reverse("queue"))["Location"] == reverse("second_factor")
    assert Client().get(address).status_code == 403  # used
    assert Invitation.objects.count() == 0


def test_an_invitation_ends(people: dict[str, Any], client: Client) -> None:
    past = datetime.now(UTC) - timedelta(days=4)
    _, token = invite("new", "New", Role.READER, [Team.objects.get(name="desk")], "", "jo", past)
    assert client.get(reverse("join_desk", args=[token])).status_code == 403


def test_an_administrator_invites_and_ends_access(sign_in: Callable[..., Any], people: dict[str, Any]) -> None:
    jo, kit = sign_in("jo"), sign_in("kit")
    fields = {"name": "New", "username": "new", "role": "officer", "teams": ["desk"]}
    page = jo.post(reverse("invite_person"), fields)
    assert b"/account/join/" in page.content
    assert kit.get(reverse("queue")).status_code == 200
    number = Person.objects.get(user__username="kit").pk
    assert jo.post(reverse("end_person", args=[number])).status_code == 302
    assert kit.get(reverse("queue")).status_code == 302
    own = Person.objects.get(user__username="jo").pk
    for address in ("end_person", "change_person", "forget_factors"):
        assert jo.post(reverse(address, args=[own]), {"role": "lead"}).status_code == 403
    done = [entry.what for entry in DjangoCasebook().entries(who="jo")]
    assert done == ["account.sign_in", "people.invite", "people.end"]


def test_a_third_session_ends_the_first(sam: Any, settings: Any) -> None:
    clients = []
    for back in range(3):
        client = Client()
        type_password(client)
        session = client.session
        assert type_code(client, code()).status_code == 302 or back
        if back:
            from django.core.cache import cache

            cache.clear()  # the same half minute: let the same code count again
            assert type_code(client, code()).status_code == 302
        clients.append(client)
        assert session is not None
    assert UserSession.objects.filter(user=sam).count() == settings.MOST_SESSIONS
    assert [client.get(reverse("own")).status_code for client in clients] == [302, 200, 200]


def test_a_long_day_ends(sign_in: Callable[..., Any], settings: Any) -> None:
    client = sign_in("sam")
    session = client.session
    session[SIGNED_IN_AT] = time.time() - settings.LONGEST_SESSION - 1
    session.save()
    assert client.get(reverse("own"))["Location"] == reverse("account_login")
    assert client.get(reverse("own")).status_code == 302


def test_no_page_is_kept_by_a_browser(sign_in: Callable[..., Any]) -> None:
    for answer in (sign_in("sam").get(reverse("queue")), Client().get(reverse("account_login"))):
        assert "no-store" in answer["Cache-Control"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"


def test_secrets_of_second_factors_lie_encrypted(sam: Any) -> None:
    assert SECRET not in str(Authenticator.objects.get(user=sam).data)


def test_the_demo_is_refused_outside_the_demo(people: dict[str, Any]) -> None:
    with pytest.raises(UnsafeToStart):
        make_demo_people()
    assert demo_code("sam") is None
    assert demo_code("officer") is None


def test_signing_in_and_being_locked_out_are_in_the_log(sam: Any, settings: Any) -> None:
    client = Client()
    type_password(client)
    type_code(client, code())
    for _ in range(settings.AXES_FAILURE_LIMIT):
        type_password(Client(), "wrong")
        Client().post(reverse("account_login"), {"login": "my-password-in-the-wrong-field", "password": "x"})
    entries = [entry for entry in DjangoCasebook().entries() if entry.what.startswith("account.")]
    assert [(entry.what, entry.who, entry.about) for entry in entries] == [
        ("account.sign_in", "sam", "sam"),
        ("account.locked_out", "lightkeeper", "sam"),
        ("account.locked_out", "lightkeeper", ""),
    ]


def test_a_new_second_factor_is_in_the_log(
    people: dict[str, Any], client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    made = invite("new", "New", Role.READER, [Team.objects.get(name="desk")], "", "jo", datetime.now(UTC))
    client.post(reverse("join_desk", args=[made[1]]), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    given = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("mfa_activate_totp"), {"code": given}).status_code == 302
    done = [(one.what, dict(one.detail)) for one in DjangoCasebook().entries(who="new")]
    assert ("account.factor_added", {"kind": "totp"}) in done
