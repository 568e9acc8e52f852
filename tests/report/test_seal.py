"""Sealing: any recipient opens, nobody else does, and the plain `age` tool opens as well."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lightkeeper.core.errors import CannotOpen, UnreadableInput
from lightkeeper.report.seal import STEP, make_keys, open_envelope, read_recipients, seal

TEAM, RECOVERY, STRANGER = make_keys(), make_keys(), make_keys()


@given(st.text(max_size=5000).map(str.encode).filter(lambda data: not data.endswith(b" ")))
def test_each_recipient_opens_and_gets_what_was_sealed(data: bytes) -> None:
    sealed = seal(data, [TEAM.recipient, RECOVERY.recipient])
    assert open_envelope(sealed, [TEAM.identity]) == open_envelope(sealed, [RECOVERY.identity]) == data


def test_nobody_else_opens() -> None:
    with pytest.raises(CannotOpen):
        open_envelope(seal(b"{}", [TEAM.recipient]), [STRANGER.identity])


@pytest.mark.parametrize("place", [0, 40, 150, -1])
def test_one_flipped_bit_and_it_does_not_open(place: int) -> None:
    sealed = bytearray(seal(b'{"version":1}', [TEAM.recipient]))
    sealed[place] ^= 1
    with pytest.raises(CannotOpen):
        open_envelope(bytes(sealed), [TEAM.identity])


def test_a_short_story_and_a_longer_one_are_filled_to_the_same_length() -> None:
    short, longer = b"{}", b'{"what":"' + b"x" * 1500 + b'"}'
    lengths = {len(open_filled(text)) for text in (short, longer)}
    assert lengths == {STEP}


def open_filled(data: bytes) -> bytes:
    import pyrage

    key = pyrage.x25519.Identity.from_str(TEAM.identity)
    return bytes(pyrage.decrypt(seal(data, [TEAM.recipient]), [key]))


def test_without_a_recipient_nothing_is_sealed_and_nothing_kept_open() -> None:
    with pytest.raises(UnreadableInput):
        seal(b"{}", [])


def test_a_recipients_file_is_read_with_comments() -> None:
    text = f"# the team\n{TEAM.recipient}\n\n{RECOVERY.recipient} # offline\n"
    assert read_recipients(text) == (TEAM.recipient, RECOVERY.recipient)


@pytest.mark.parametrize(
    "line",
    [TEAM.identity, TEAM.identity.lower(), "age1nonsense", "hello"],
    ids=["secret key", "in small letters", "nonsense", "word"],
)
def test_a_secret_key_or_nonsense_in_the_recipients_file_is_refused_and_not_repeated(line: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_recipients(f"{TEAM.recipient}\n{line}\n")
    assert line not in str(caught.value)


def test_a_key_pair_does_not_show_its_secret() -> None:
    assert TEAM.identity not in repr(TEAM)


@pytest.mark.age
def test_the_plain_age_tool_opens_an_envelope(tmp_path: Path) -> None:
    if not shutil.which("age"):
        pytest.skip("the age tool is not installed")
    (tmp_path / "key").write_text(RECOVERY.identity + "\n")
    sealed = seal(b'{"version":1}', [TEAM.recipient, RECOVERY.recipient])
    opened = subprocess.run(
        ["age", "--decrypt", "-i", str(tmp_path / "key")], input=sealed, capture_output=True, check=True
    )
    assert opened.stdout.rstrip() == b'{"version":1}'
