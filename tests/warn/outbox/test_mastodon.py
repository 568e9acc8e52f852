"""Mastodon against a server that plays it."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from lightkeeper.core.errors import WarningRefused
from lightkeeper.warn.outbox.mastodon import Mastodon
from lightkeeper.warn.outbox.parcel import Parcel
from lightkeeper.warn.permit import Permit


def test_a_post_goes_out_once_with_its_language(
    service: Any, parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    sent = Mastodon(service.url, "a-token", dry_run=False).send(parcel(), permit, now)
    (request,) = service.asked
    assert request.path == "/api/v1/statuses"
    assert request.headers["Authorization"] == "Bearer a-token"
    assert request.headers["Idempotency-Key"] == sent.reference
    assert json.loads(request.body) == {"status": "Tell someone.", "visibility": "public", "language": "en"}


def test_a_post_that_is_too_long_never_leaves(
    service: Any, parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    with pytest.raises(WarningRefused, match="takes 500"):
        Mastodon(service.url, "a-token", dry_run=False).send(parcel("a" * 501), permit, now)
    assert service.asked == []
