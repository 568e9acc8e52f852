"""What two reports can agree on."""

from datetime import UTC, datetime

from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.core.report import Harm, Report, Reporter
from lightkeeper.link.keys import MOST_IDENTIFIERS, Key, KeyKind, keys_of


def report(*suspect: Identifier) -> Report:
    return Report("r", datetime(2026, 3, 1, tzinfo=UTC), Reporter.CHILD, (Harm.THREAT,), suspect=suspect)


def kinds(*suspect: Identifier) -> list[KeyKind]:
    return [key.kind for key in keys_of(report(*suspect))]


def test_a_handle_gives_its_skeleton_and_its_stem() -> None:
    assert kinds(Identifier(IdentifierKind.HANDLE, "mia.lake77")) == [KeyKind.HANDLE, KeyKind.STEM]
    assert kinds(Identifier(IdentifierKind.HANDLE, "LV")) == []
    assert kinds(Identifier(IdentifierKind.HANDLE, "@Snapchat")) == []


def test_a_mailbox_is_often_a_handle_too() -> None:
    keys = keys_of(report(Identifier(IdentifierKind.EMAIL, "mia.lake77@example.com")))
    handle = keys_of(report(Identifier(IdentifierKind.HANDLE, "mialake12")))
    assert {key.value for key in keys if key.kind == KeyKind.STEM} == {
        key.value for key in handle if key.kind == KeyKind.STEM
    }
    assert kinds(Identifier(IdentifierKind.EMAIL, "support@example.com")) == []


def test_the_same_key_twice_counts_once_and_keeps_its_first_source() -> None:
    keys = keys_of(
        report(
            Identifier(IdentifierKind.HANDLE, "mia.lake77"),
            Identifier(IdentifierKind.URL, "https://www.instagram.com/mialake77"),
        )
    )
    assert [(key.kind, key.source) for key in keys] == [(KeyKind.HANDLE, 0), (KeyKind.STEM, 0)]


def test_a_list_of_thousands_is_cut() -> None:
    many = tuple(Identifier(IdentifierKind.HANDLE, f"somebody.{number}") for number in range(10_000))
    assert max(key.source for key in keys_of(report(*many))) == MOST_IDENTIFIERS - 1


def test_a_key_does_not_show_its_value() -> None:
    assert "mialake" not in repr(Key(KeyKind.HANDLE, "mialake", 0))
