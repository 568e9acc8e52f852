"""One careful request over HTTPS: no redirect is followed, no answer is trusted, no secret is told in an error."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from lightkeeper.core.errors import OutboxFailed, UnreadableInput

_SECONDS = 20
_LONGEST_ANSWER = 1_000_000  # bytes
_AT_HOME = ("127.0.0.1", "::1", "localhost")


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None  # urllib then raises the redirect as an error


def post(url: str, body: bytes, headers: Mapping[str, str], outbox: str) -> bytes:
    """Send bytes and give back the answer. Raises OutboxFailed; its message holds a status and no content."""
    demand_https(url)
    request = Request(url, data=body, headers=dict(headers), method="POST")  # noqa: S310 - checked a line above
    try:
        with _opener().open(request, timeout=_SECONDS) as answer:
            content: bytes = answer.read(_LONGEST_ANSWER)
            return content
    except HTTPError as error:
        error.close()
        raise OutboxFailed(f"{outbox} answered {error.code}") from None
    except (URLError, OSError, ValueError):
        raise OutboxFailed(f"{outbox} cannot be reached") from None


def post_json(url: str, data: Mapping[str, Any], headers: Mapping[str, str], outbox: str) -> dict[str, Any]:
    """The same with JSON both ways. An answer that is no JSON object counts as a failure."""
    body = json.dumps(data, ensure_ascii=False).encode()
    answer = post(url, body, {"Content-Type": "application/json", **headers}, outbox)
    try:
        parsed = json.loads(answer)
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        raise OutboxFailed(f"{outbox} answered something that is not JSON")
    return parsed


def demand_https(url: str) -> None:
    """Raises UnreadableInput for anything but https; plain http is for a server on this machine alone."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _AT_HOME):
        raise UnreadableInput("an outbox is reached by https")


def _opener() -> OpenerDirector:
    return build_opener(_NoRedirect)
