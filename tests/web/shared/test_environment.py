"""A site that is set up wrongly does not start, and says why in one line without the secret."""

from pathlib import Path

import pytest

from lightkeeper.core.errors import UnsafeToStart
from lightkeeper.report.seal import make_keys
from lightkeeper.web.shared.settings import environment as env


def test_what_is_not_set_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIGHTKEEPER_DATA", raising=False)
    with pytest.raises(UnsafeToStart, match="LIGHTKEEPER_DATA is not set"):
        env.folder("LIGHTKEEPER_DATA")


@pytest.mark.parametrize("value", ["true", "1", "on", "nope"])
def test_a_misspelt_switch_does_not_count_as_off(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("LIGHTKEEPER_X", value)
    with pytest.raises(UnsafeToStart, match="yes or no"):
        env.yes_or_no("LIGHTKEEPER_X", default=True)


@pytest.mark.parametrize(
    ("hosts", "allowed"), [(["localhost"], True), (["127.0.0.1", "[::1]"], True), (["help.example"], False)]
)
def test_without_tls_only_this_machine_is_served(
    monkeypatch: pytest.MonkeyPatch, hosts: list[str], allowed: bool
) -> None:
    monkeypatch.setenv("LIGHTKEEPER_HTTPS", "no")
    if allowed:
        assert env.https("LIGHTKEEPER_HTTPS", hosts) is False
    else:
        with pytest.raises(UnsafeToStart):
            env.https("LIGHTKEEPER_HTTPS", hosts)


def test_a_secret_that_others_can_read_or_that_is_short_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    monkeypatch.setenv("LIGHTKEEPER_S", str(file))
    for text, mode, reason in (("x" * 50, 0o644, "read by others"), ("x" * 20, 0o600, "shorter")):
        file.write_text(text)
        file.chmod(mode)
        with pytest.raises(UnsafeToStart, match=reason) as caught:
            env.secret("LIGHTKEEPER_S")
        assert text not in str(caught.value)


def test_a_folder_that_all_can_write_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o777)
    monkeypatch.setenv("LIGHTKEEPER_F", str(tmp_path))
    with pytest.raises(UnsafeToStart, match="written by everybody"):
        env.folder("LIGHTKEEPER_F")


def test_without_a_public_key_nothing_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "recipients.txt"
    monkeypatch.setenv("LIGHTKEEPER_R", str(file))
    file.write_text("# nobody yet\n")
    with pytest.raises(UnsafeToStart, match="no public key"):
        env.recipients("LIGHTKEEPER_R")
    key = make_keys().recipient
    file.write_text(key)
    assert env.recipients("LIGHTKEEPER_R") == (key,)


def test_databases_are_read_from_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.database("LIGHTKEEPER_D", tmp_path / "x")["NAME"] == tmp_path / "x"
    monkeypatch.setenv("LIGHTKEEPER_D", "postgresql://someone:p%40ss@db.example:5433/inbox?sslmode=verify-full")
    read = env.database("LIGHTKEEPER_D", tmp_path / "x")
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"]) == (
        "someone",
        "p@ss",
        "db.example",
        "5433",
        "inbox",
    )
    options = read["OPTIONS"]
    assert isinstance(options, dict)
    assert options["sslmode"] == "verify-full"
    monkeypatch.setenv("LIGHTKEEPER_D", "mysql://x")
    with pytest.raises(UnsafeToStart):
        env.database("LIGHTKEEPER_D", tmp_path / "x")
