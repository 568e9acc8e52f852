"""Private set intersection: the asking team learns what both have, the answering team learns how many were asked.

Elliptic-curve Diffie-Hellman by the OpenMined library: every item is hashed to a curve point and raised to a
secret power by both sides, so that equal items meet and others say nothing. No shared secret is needed. A side
that lies about its items can try guesses; `MOST_ITEMS` and the count that both sides see are what limits that.
"""

import base64
import json
from collections.abc import Sequence
from typing import Any

import private_set_intersection.python as psi

from lightkeeper.core.errors import UnreadableInput

MOST_ITEMS = 1_000_000
_NEVER_WRONG = 1e-9  # probability that anything is wrongly said to be shared


def ask(items: Sequence[str]) -> tuple[bytes, bytes]:
    """Begin: the question to send, and the key to keep until the answer comes (and to destroy then)."""
    _check_size(len(items))
    client = psi.client.CreateWithNewKey(True)
    question = client.CreateRequest(list(items)).SerializeToString()
    return _pack(question=question), client.GetPrivateKeyBytes()


def count_asked(question: bytes) -> int:
    """How many items the partner asks about: look at it before you answer."""
    return len(_request(question).encrypted_elements)


def answer(question: bytes, items: Sequence[str]) -> bytes:
    """The answer to a partner's question about our items. It tells him what both have and how many we have."""
    request = _request(question)
    _check_size(len(request.encrypted_elements))
    _check_size(len(items))
    server = psi.server.CreateWithNewKey(True)
    ours = server.CreateSetupMessage(
        _NEVER_WRONG, len(request.encrypted_elements), list(items), psi.DataStructure.RAW
    )
    return _pack(ours=ours.SerializeToString(), theirs=server.ProcessRequest(request).SerializeToString())


def learn(told: bytes, items: Sequence[str], key: bytes) -> tuple[str, ...]:
    """The items that both have. `items` must be those of the question, in the same order."""
    parts = _unpack(told, "ours", "theirs")
    client = psi.client.CreateFromKey(key, True)
    setup, response = psi.ServerSetup(), psi.Response()
    _parse(setup, parts["ours"])
    _parse(response, parts["theirs"])
    if len(response.encrypted_elements) != len(items):
        raise UnreadableInput("this answer belongs to another question: the number of items differs")
    return tuple(items[place] for place in sorted(client.GetIntersection(setup, response)))


def _request(question: bytes) -> Any:
    request = psi.Request()
    _parse(request, _unpack(question, "question")["question"])
    return request


def _check_size(count: int) -> None:
    if not 0 < count <= MOST_ITEMS:
        raise UnreadableInput(f"an exchange compares 1 to {MOST_ITEMS:,} items at a time")


def _pack(**parts: bytes) -> bytes:
    return json.dumps({name: base64.b64encode(part).decode() for name, part in parts.items()}).encode()


def _unpack(packed: bytes, *names: str) -> dict[str, bytes]:
    try:
        data = json.loads(packed)
        return {name: base64.b64decode(data[name], validate=True) for name in names}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnreadableInput("this file is not a message of this exchange, or it was cut on the way") from None


def _parse(message: Any, data: bytes) -> None:
    try:
        message.ParseFromString(data)
    except Exception:  # the library's parser raises a type of its own, which its package does not export
        raise UnreadableInput("this file is not a message of this exchange, or it was cut on the way") from None
