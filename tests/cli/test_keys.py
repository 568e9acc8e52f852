"""Keys: made, closed with a passphrase, added, removed, and changed without losing an envelope."""

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from tests.postgres import Cluster
from tests.sites import House, build_house
from tests.trust.faults import prepared_inbox

from lightkeeper.cli.main import main
from lightkeeper.core.errors import CannotOpen
from lightkeeper.desk.keys import read_identities
from lightkeeper.report.seal import make_keys, open_envelope, read_recipients, seal

PASSPHRASE = "four words that nobody else has"
DESK = "import django\ndjango.setup()\nfrom django.core.management import call_command\n"
MIGRATE = DESK + "[call_command('migrate', database=one, verbosity=0) for one in ('default', 'inbox')]\n"


def test_a_key_closed_with_a_passphrase_opens_with_it_alone(tmp_path: Path) -> None:
    (tmp_path / "words").write_text(PASSPHRASE)
    make = ["keys", "make", "--out", str(tmp_path), "--passphrase-file", str(tmp_path / "words")]
    assert main(make) == 0
    key, recipient = tmp_path / "team.key", (tmp_path / "team.pub").read_text().strip()
    assert b"AGE-SECRET-KEY" not in key.read_bytes()
    assert key.stat().st_mode & 0o077 == 0
    sealed = seal(b"{}", [recipient])
    assert open_envelope(sealed, read_identities(key, PASSPHRASE)) == b"{}"
    for wrong in (None, "another passphrase entirely"):
        with pytest.raises(CannotOpen):
            read_identities(key, wrong)
    assert main(make) == 2  # a key is never overwritten


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("short")
    assert main(["keys", "make", "--out", str(tmp_path), "--passphrase-file", str(tmp_path / "words")]) == 2
    assert not (tmp_path / "team.key").exists()


def test_recipients_are_added_and_removed_but_never_the_last(tmp_path: Path) -> None:
    file, keys = tmp_path / "recipients.txt", [make_keys() for _ in range(2)]
    for number, pair in enumerate(keys):
        (tmp_path / f"{number}.pub").write_text(pair.recipient + "\n")
        assert main(["keys", "recipients", "--file", str(file), "--add", str(tmp_path / f"{number}.pub")]) == 0
    assert read_recipients(file.read_text()) == (keys[0].recipient, keys[1].recipient)
    assert main(["keys", "recipients", "--file", str(file), "--remove", keys[0].recipient]) == 0
    assert read_recipients(file.read_text()) == (keys[1].recipient,)
    for wrong in (keys[1].recipient, "age1nonsense"):
        assert main(["keys", "recipients", "--file", str(file), "--remove", wrong]) == 2
    (tmp_path / "secret.pub").write_text(keys[0].identity)
    assert main(["keys", "recipients", "--file", str(file), "--add", str(tmp_path / "secret.pub")]) == 2
    assert read_recipients(file.read_text()) == (keys[1].recipient,)


def on_the_team_site(house: House, code: str) -> str:
    return _run(house, [sys.executable, "-c", code])


def command(house: House, *words: str, fails: bool = False) -> str:
    return _run(house, [sys.executable, "-m", "lightkeeper.cli.main", *words], fails)


def _run(house: House, words: list[str], fails: bool = False) -> str:
    settings = {"DJANGO_SETTINGS_MODULE": "lightkeeper.web.shared.settings.team"}
    environment = {**os.environ, **house.environment("team"), **settings}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode != 0) is fails, done.stderr
    return done.stdout + done.stderr


PUSH = """
import sys
from datetime import UTC, datetime
from uuid import UUID
from lightkeeper.report.slot import EnvelopeKind, SealedEnvelope
from lightkeeper.web.inbox.slot import InboxSlot
name, sealed = {name!r}, bytes.fromhex({sealed!r})
InboxSlot().add(SealedEnvelope(EnvelopeKind.REPORT, UUID(name), UUID(name).hex * 2, sealed, datetime.now(UTC)))
"""
WAITING = (
    DESK + "from lightkeeper.web.inbox.tray import Tray\nprint([one.sealed.hex() for one in Tray().waiting()])"
)


def test_changing_the_team_key_loses_no_envelope(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    on_the_team_site(house, MIGRATE)
    report = {
        "version": 1,
        "report": {"id": "x", "received": "2026-01-31T09:30:00Z", "reporter": "child", "harms": ["other"]},
    }
    sealed = seal(json.dumps(report).encode(), [house.team_key.recipient])
    on_the_team_site(house, DESK + PUSH.format(name=str(uuid4()), sealed=sealed.hex()))
    assert "1 waiting envelopes" in command(house, "keys", "rotate")
    newest, old = read_identities(tmp_path / "team.key")
    assert old == house.team_key.identity
    recipients = read_recipients((tmp_path / "recipients.txt").read_text())
    assert house.team_key.recipient not in recipients
    assert house.recovery_key.recipient in recipients
    (waiting,) = [bytes.fromhex(one) for one in json.loads(on_the_team_site(house, WAITING).replace("'", '"'))]
    for identity in (newest, house.recovery_key.identity):
        assert json.loads(open_envelope(waiting, [identity])) == report
    with pytest.raises(CannotOpen):
        open_envelope(waiting, [old])
    late = seal(json.dumps(report).encode(), [house.team_key.recipient])  # the public site was told later
    on_the_team_site(house, DESK + PUSH.format(name=str(uuid4()), sealed=late.hex()))
    assert "needs an old key" in command(house, "keys", "forget-old", fails=True)
    assert "1 new" in command(house, "night", "--tray-only")
    assert "1 old keys" in command(house, "keys", "forget-old")
    assert read_identities(tmp_path / "team.key") == (newest,)
    assert "the log holds" in command(house, "verify", "audit")


@pytest.mark.postgres
def test_the_teams_own_database_user_may_change_the_key_and_change_nothing_else(
    tmp_path: Path, postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = build_house(tmp_path)
    on_the_team_site(house, MIGRATE)
    name, _ = prepared_inbox(house, postgres)
    sealed = seal(b"{}", [house.team_key.recipient])
    row = (
        "INSERT INTO inbox_envelope (reference, key, kind, sealed, arrived) VALUES (%s, 'k', 'report', %s, now())"
    )
    with postgres.connect(name) as owner:
        owner.execute(row, [uuid4(), sealed])
    with postgres.connect(name, "lightkeeper_team") as team, pytest.raises(psycopg.errors.InsufficientPrivilege):
        team.execute("UPDATE inbox_envelope SET sealed = ''")
    settings = house.environment("team", INBOX_URL=postgres.url(name, "lightkeeper_team"))
    monkeypatch.setattr(House, "environment", lambda *_: settings)
    assert "1 waiting envelopes" in command(house, "keys", "rotate")
    with postgres.connect(name) as owner:
        ((kept,),) = owner.execute("SELECT sealed FROM inbox_envelope").fetchall()
    newest = read_identities(tmp_path / "team.key")[0]
    assert open_envelope(bytes(kept), [newest]) == b"{}"


def test_the_first_administrator_is_invited_and_a_cut_log_is_found(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    on_the_team_site(house, MIGRATE)
    told = command(house, "users", "invite", "--name", "Jo Example", "--username", "jo")
    assert "/account/join/" in told
    command(house, "night")
    heads = house.folder / "team" / "audit-heads.txt"
    assert heads.read_text().count("\n") == 1
    assert "held against 1 heads" in command(house, "verify", "audit")
    cut = DESK + (
        "from django.db import connection\nc = connection.cursor()\n"
        "c.execute('DROP TRIGGER log_no_delete')\n"
        "c.execute('DELETE FROM casebook_entryrow WHERE number = (SELECT max(number) FROM casebook_entryrow)')"
    )
    on_the_team_site(house, cut)
    assert "is missing" in command(house, "verify", "audit", fails=True)
    assert "not there" in command(house, "verify", "audit", "--heads", str(tmp_path / "none"), fails=True)
