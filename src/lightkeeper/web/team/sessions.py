"""Session limits: when a person signs in once too often, their oldest session ends."""

from datetime import UTC, datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

SIGNED_IN_AT = "signed_in_at"


@receiver(user_logged_in)
def start_session(sender: Any, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> None:
    """Note when this session began, and end those beyond the limit."""
    request.session[SIGNED_IN_AT] = datetime.now(UTC).timestamp()
    if not request.session.session_key:
        return
    older = [
        session
        for session in UserSession.objects.purge_and_list(user)
        if session.session_key != request.session.session_key
    ]
    older.sort(key=lambda session: session.created_at, reverse=True)
    for session in older[settings.MOST_SESSIONS - 1 :]:
        session.end()
