"""Signing in, being locked out, and a changed password or second factor stand in the log like every other act."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from lightkeeper.desk.audit import Act
from lightkeeper.desk.people import CLOCKWORK
from lightkeeper.web.team.wiring import casebook


@receiver(user_logged_in)
def record_sign_in(user: Any, **_: Any) -> None:
    _record(user, "account.sign_in")


@receiver(password_changed)
def record_password(user: Any, **_: Any) -> None:
    _record(user, "account.password")


@receiver(authenticator_added)
@receiver(authenticator_reset)
def record_factor(user: Any, authenticator: Any, **_: Any) -> None:
    _record(user, "account.factor_added", ("kind", str(authenticator.type)))


@receiver(authenticator_removed)
def record_factor_gone(user: Any, authenticator: Any, **_: Any) -> None:
    _record(user, "account.factor_removed", ("kind", str(authenticator.type)))


@receiver(user_locked_out)
def record_lock_out(username: str = "", **_: Any) -> None:
    """Only a name that exists is written down: what else was typed may be a password in the wrong field."""
    known = get_user_model().objects.filter(username__iexact=username).first()
    casebook().record(Act(CLOCKWORK.id, "account.locked_out", known.get_username() if known else ""))


def _record(user: Any, what: str, *detail: tuple[str, str]) -> None:
    casebook().record(Act(user.get_username(), what, user.get_username(), detail=detail))
