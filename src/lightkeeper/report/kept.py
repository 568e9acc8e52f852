"""Answers on their way: between two screens they travel in the page itself, closed with the site's key.

Nothing is stored on the server before the last step, and nothing in the browser after it. The token is a
Fernet token (AES and HMAC, from the `cryptography` package): the browser cannot read or change it, and it
expires, so that a page left open on a shared computer says nothing a day later.
"""

import base64
import json
import time
import zlib
from dataclasses import dataclass, field
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.report.form import Answers
from lightkeeper.report.receipt import Receipt, make_receipt

LASTS = timedelta(hours=24)
UNHURRIED = 30  # seconds
LONGEST_PLAIN = 400_000  # bytes; far more than all fields together can hold


@dataclass(frozen=True, slots=True)
class Kept:
    """What has been answered so far, the receipt that this report will have, and when it was begun."""

    answers: Answers = field(default_factory=dict, repr=False)
    receipt: Receipt = field(default_factory=make_receipt)
    begun: int = field(default_factory=lambda: int(time.time()))  # seconds; never leaves the page and this site

    @property
    def unhurried(self) -> bool:
        """Whether it took as long as a person needs who writes a few words."""
        return time.time() - self.begun >= UNHURRIED


def close(kept: Kept, key: bytes) -> str:
    """The token for the page's hidden field. `key` has 32 bytes."""
    content = {"answers": dict(kept.answers), "receipt": kept.receipt.entropy.hex(), "begun": kept.begun}
    packed = zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 1)
    return _fernet(key).encrypt(packed).decode()


def open_kept(token: str, key: bytes) -> Kept:
    """What a token holds. Raises UnreadableInput when it is not ours, was changed, or is older than a day.

    A clock that was set back in between costs nobody their answers: a token may come from up to a day ahead.
    """
    lock = _fernet(key)
    try:
        packed = lock.decrypt(token.encode())
        if abs(time.time() - lock.extract_timestamp(token.encode())) > LASTS.total_seconds():
            raise InvalidToken
    except (InvalidToken, UnicodeEncodeError):
        raise UnreadableInput("the answers so far cannot be read: the page is too old or was changed") from None
    content = json.loads(zlib.decompressobj().decompress(packed, LONGEST_PLAIN))
    answers = {name: tuple(values) for name, values in content["answers"].items()}
    begun = content.get("begun", int(time.time()))  # a page of the version before says nothing of it
    return Kept(answers, Receipt(bytes.fromhex(content["receipt"])), begun)


def _fernet(key: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key))
