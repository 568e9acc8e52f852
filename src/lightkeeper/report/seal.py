"""Sealing: what a person tells is closed with the team's public keys before it is written anywhere.

The format is age (age-encryption.org/v1) through pyrage, so that the plain `age` tool opens an envelope
with the team's key or with the recovery key, should this program be gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyrage
from pyrage import x25519

from lightkeeper.core.errors import CannotOpen, UnreadableInput

STEP = 2048  # bytes; plaintexts are filled up to a multiple, so that a length says little about a story


@dataclass(frozen=True, slots=True)
class KeyPair:
    """An age X25519 key: `recipient` closes and may be public, `identity` opens and stays with the team."""

    recipient: str
    identity: str = field(repr=False)


def make_keys() -> KeyPair:
    """Make a new key pair from the system's random source."""
    identity = x25519.Identity.generate()
    return KeyPair(recipient=str(identity.to_public()), identity=str(identity))


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """Close `data` so that any one of the recipients opens it.

    JSON is filled with blanks at its end up to a multiple of 2,048 bytes: JSON does not mind, and the
    length of what was told cannot be read off the envelope. Raises UnreadableInput for a recipient that
    is none, and when there is no recipient at all: nothing is ever kept open.
    """
    if not recipients:
        raise UnreadableInput("there is no public key to seal with")
    keys = [read_recipient(one) for one in recipients]
    return bytes(pyrage.encrypt(data + b" " * (-len(data) % STEP), keys))


def open_envelope(sealed: bytes, identities: Sequence[str]) -> bytes:
    """Open an envelope with any of the identities, and take the filling away. Raises CannotOpen."""
    try:
        keys = [x25519.Identity.from_str(one) for one in identities]
        return bytes(pyrage.decrypt(sealed, keys)).rstrip(b" ")
    except (pyrage.DecryptError, pyrage.IdentityError):
        raise CannotOpen("none of the keys at hand opens this envelope") from None


def read_recipient(text: str) -> x25519.Recipient:
    """Understand one public key (`age1...`). Raises UnreadableInput, without repeating what was given."""
    try:
        return x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        raise UnreadableInput("a line of the recipients file is not an age public key (age1...)") from None


def read_recipients(text: str) -> tuple[str, ...]:
    """The public keys of a recipients file: one a line, `#` starts a comment.

    Raises UnreadableInput for anything else; a secret key in this file is refused by name, because the
    public site must never hold one.
    """
    lines = [line.split("#", 1)[0].strip() for line in text.splitlines()]
    if any(line.upper().startswith("AGE-SECRET-KEY-") for line in lines):
        raise UnreadableInput("the recipients file holds a secret key: take it off this machine and rotate it")
    found = tuple(line for line in lines if line)
    for one in found:
        read_recipient(one)
    return found


def recipient_of(identity: str) -> str:
    """The public half of a secret key. Raises CannotOpen."""
    try:
        return str(x25519.Identity.from_str(identity).to_public())
    except pyrage.IdentityError:
        raise CannotOpen("this is not an age secret key") from None
