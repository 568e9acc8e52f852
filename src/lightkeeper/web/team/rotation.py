"""Change the team's key without losing an envelope: the new key first, the old one kept until nothing needs it."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from lightkeeper.core.errors import CannotOpen, UnreadableInput
from lightkeeper.desk.audit import Act
from lightkeeper.desk.keys import close_identities, read_identities
from lightkeeper.desk.people import CLOCKWORK
from lightkeeper.report.seal import make_keys, open_envelope, read_recipients, recipient_of, seal
from lightkeeper.report.spool import flush_folder
from lightkeeper.web.inbox.tray import Tray
from lightkeeper.web.team.wiring import casebook


@dataclass(frozen=True, slots=True)
class Rotated:
    """The new public key, and what became of the envelopes that waited."""

    recipient: str
    sealed_again: int
    unopened: int


def rotate() -> Rotated:
    """A new team key: into the key file, into the recipients in the old one's place, and around what waits.

    The order keeps every envelope openable if the machine stops in between. Raises CannotOpen.
    """
    file, recipients_file = Path(settings.TEAM_KEY_FILE), Path(settings.RECIPIENTS_FILE)
    passphrase = _passphrase()
    old = read_identities(file, passphrase)
    pair = make_keys()
    _write_identities(file, (pair.identity, *old), passphrase)
    mine = {recipient_of(one) for one in old}
    others = [one for one in read_recipients(recipients_file.read_text("utf-8")) if one not in mine]
    recipients = (pair.recipient, *others)
    _replace(recipients_file, "".join(f"{one}\n" for one in recipients).encode("ascii"))
    sealed_again, unopened = _seal_again((pair.identity, *old), recipients)
    casebook().record(Act(CLOCKWORK.id, "keys.rotate", detail=(("sealed_again", str(sealed_again)),)))
    return Rotated(pair.recipient, sealed_again, unopened)


def forget_old() -> int:
    """Keep the newest identity alone. Refuses while an envelope in the inbox needs an older one."""
    file, passphrase = Path(settings.TEAM_KEY_FILE), _passphrase()
    newest, *old = read_identities(file, passphrase)
    for envelope in Tray().waiting():
        try:
            open_envelope(envelope.sealed, [newest])
        except CannotOpen:
            raise UnreadableInput("an envelope in the inbox needs an old key: open what came in first") from None
    _write_identities(file, (newest,), passphrase)
    casebook().record(Act(CLOCKWORK.id, "keys.forget_old", detail=(("keys", str(len(old))),)))
    return len(old)


def _seal_again(identities: tuple[str, ...], recipients: tuple[str, ...]) -> tuple[int, int]:
    tray = Tray()
    done = unopened = 0
    for envelope in list(tray.waiting()):
        try:
            tray.seal_again(envelope, seal(open_envelope(envelope.sealed, identities), recipients))
            done += 1
        except CannotOpen:
            unopened += 1
    return done, unopened


def _passphrase() -> str | None:
    said = settings.TEAM_KEY_PASSPHRASE_FILE
    return Path(said).read_text("utf-8").strip() if said else None


def _write_identities(file: Path, identities: tuple[str, ...], passphrase: str | None) -> None:
    text = "".join(f"{one}\n" for one in identities)
    _replace(file, close_identities(text, passphrase) if passphrase else text.encode("ascii"))


def _replace(path: Path, data: bytes) -> None:
    fresh = path.with_name(f".{path.name}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    flush_folder(path.parent)  # before anything is sealed for a key that only this file holds
