"""People for the demo: three made-up colleagues, with passwords that are printed and codes that the page shows."""

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from lightkeeper.core.errors import UnsafeToStart
from lightkeeper.desk.people import Role
from lightkeeper.web.team.models import Person, Team
from lightkeeper.web.team.who import make_person

_PEOPLE = (
    ("officer", "Sam Officer", Role.OFFICER),
    ("second", "Ali Second", Role.OFFICER),
    ("lead", "Robin Lead", Role.LEAD),
    ("reader", "Kit Reader", Role.READER),
    ("admin", "Jo Admin", Role.ADMINISTRATOR),
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """How to sign in to the demo as one of its people."""

    username: str
    name: str
    role: str
    password: str = field(repr=False)
    totp_secret: str = field(repr=False)  # base32, for an authenticator app


@transaction.atomic
def make_demo_people(password: str | None = None) -> tuple[Credentials, ...]:
    """Make the demo's team and people; each has the same password. Raises UnsafeToStart outside the demo."""
    if not settings.DEMO:
        raise UnsafeToStart("demo people are made only where LIGHTKEEPER_DEMO is yes")
    shared = password or "-".join(secrets.choice(_WORDS) for _ in range(4))
    team, _ = Team.objects.get_or_create(name=settings.TEAM, defaults={"title": "The desk"})
    return tuple(_make(username, name, role, team, shared) for username, name, role in _PEOPLE)


_WORDS = ("lamp", "harbour", "pebble", "gull", "rope", "tide", "beacon", "anchor", "oar", "sail", "shell", "pier")


def _make(username: str, name: str, role: Role, team: Team, password: str) -> Credentials:
    user = get_user_model().objects.filter(username=username).first()
    if user is None:
        user = make_person(username, name, role, [team]).user
    user.set_password(password)
    user.save()
    Authenticator.objects.filter(user=user).delete()
    secret = demo_secret(username)
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return Credentials(username, name, str(role), password, secret)


def demo_secret(username: str) -> str:
    """A demo person's authenticator secret, made from this site's own secret."""
    digest = hashlib.sha256(settings.SECOND_FACTOR_KEY + f"demo {username}".encode()).digest()
    return base64.b32encode(digest[:20]).decode()


def demo_code(username: str) -> str | None:
    """The code that an authenticator app would show now; only in the demo, and only for its people."""
    if not settings.DEMO or not Person.objects.filter(user__username=username).exists():
        return None
    if username not in {one for one, _, _ in _PEOPLE}:
        return None
    return format_hotp_value(hotp_value(demo_secret(username), int(time.time()) // 30))
