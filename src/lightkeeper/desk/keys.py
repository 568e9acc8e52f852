"""Read the team's secret keys: a plain age identity file, or one that a passphrase closes (like `age -p`)."""

from pathlib import Path

import pyrage
from pyrage import passphrase as by_passphrase

from lightkeeper.core.errors import CannotOpen

_SEALED = (b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYPTED FILE-----")


def read_identities(path: Path, passphrase: str | None = None) -> tuple[str, ...]:
    """The secret keys of a file, one a line, `#` starts a comment. Raises CannotOpen."""
    try:
        data = path.read_bytes()
    except OSError:
        raise CannotOpen("the team's key file cannot be read") from None
    if data.startswith(_SEALED):
        data = _open(data, passphrase)
    lines = (line.split("#", 1)[0].strip() for line in data.decode("utf-8", "replace").splitlines())
    found = tuple(line for line in lines if line.startswith("AGE-SECRET-KEY-"))
    if not found:
        raise CannotOpen("there is no secret key in the team's key file")
    return found


def close_identities(identities: str, passphrase: str) -> bytes:
    """The content of a key file, closed with a passphrase (scrypt); `age -d` opens it."""
    return bytes(by_passphrase.encrypt(identities.encode(), passphrase))


def _open(data: bytes, passphrase: str | None) -> bytes:
    if not passphrase:
        raise CannotOpen("the team's key file is closed with a passphrase, and none was given")
    try:
        return bytes(by_passphrase.decrypt(data, passphrase))
    except pyrage.DecryptError:
        raise CannotOpen("the passphrase does not open the team's key file") from None
