"""Invitations: a link that is shown once, works once, and ends after three days."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.people import Role
from lightkeeper.web.team.models import Invitation, Team

LASTS = timedelta(days=3)


def invite(
    username: str, name: str, role: Role, teams: list[Team], areas: str, by: str, now: datetime
) -> tuple[Invitation, str]:
    """Make an invitation and the token of its link. Raises NotAllowed when the name is taken."""
    if not username.isidentifier() or len(username) > 30:
        raise NotAllowed("a user name has letters and digits only, and begins with a letter")
    if get_user_model().objects.filter(username__iexact=username).exists():
        raise NotAllowed("this user name is taken")
    token = secrets.token_urlsafe(32)
    Invitation.objects.filter(username__iexact=username).delete()
    made = Invitation.objects.create(
        name=name,
        username=username,
        role=str(role),
        areas=areas,
        token_hash=hash_token(token),
        invited_by=by,
        ends=now + LASTS,
    )
    made.teams.set(teams)
    return made, token


def hash_token(token: str) -> str:
    return hmac.new(settings.INVITATION_KEY, token.encode(), hashlib.sha256).hexdigest()
