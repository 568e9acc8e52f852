"""Tokens of the programming interface: shown once, kept as a keyed hash, narrow in scope, and they end."""

import hashlib
import hmac
import secrets
from datetime import datetime

from django.conf import settings

from lightkeeper.web.team.models import Team, Token

SCOPES = {
    "queue": "counts and rows of the queue, without any text",
    "cases": "one case's state, band, reasons and clock, without text or identifiers",
    "suspects": "suspects with how many reports each has",
}


def make_token(name: str, team: Team, scopes: list[str], by: str, ends: datetime) -> str:
    shown = f"lk_{secrets.token_urlsafe(32)}"
    Token.objects.create(name=name, token_hash=hash_token(shown), scopes=scopes, team=team, made_by=by, ends=ends)
    return shown


def find_token(shown: str, now: datetime) -> Token | None:
    """The living token that these words are, or None."""
    found = Token.objects.select_related("team").filter(token_hash=hash_token(shown), ended=None, ends__gt=now)
    return found.first()


def hash_token(shown: str) -> str:
    return hmac.new(settings.API_KEY, shown.encode(), hashlib.sha256).hexdigest()
