"""What goes out to partners and comes in from them; what a reporter may have of their own."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
import stix2
from hypothesis import given
from hypothesis import strategies as st
from tests.desk.made_up import NOW, OFFICER, READER, REPLY_TO, made_up, open_case

from lightkeeper.core.errors import InvalidReport, NotAllowed
from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.core.report import Harm, Reporter, write_reports
from lightkeeper.desk.actions.write_item import write_note, write_reply
from lightkeeper.desk.disclosure import write_disclosure
from lightkeeper.desk.exchange.ncmec import read_referral
from lightkeeper.desk.exchange.partner import take_partner_file
from lightkeeper.desk.exchange.stix import write_stix
from lightkeeper.desk.in_memory import InMemoryCasebook
from lightkeeper.desk.suspect_page import draw, platforms_to_ask, preservation_wording, seen_identifiers

CHILD = "a child's own words"
REPORTS = [
    made_up(
        number,
        narrative=CHILD,
        age=13,
        area="wiltshire",
        received=NOW - timedelta(days=number),
        suspect=(
            Identifier(IdentifierKind.HANDLE, "made.up", platform="instagram"),
            Identifier(IdentifierKind.EMAIL, "made.up@example.com"),
            Identifier(IdentifierKind.URL, "https://example.com/made.up"),
            Identifier(IdentifierKind.PHONE, "07700 900123"),
            Identifier(IdentifierKind.SCRIPT, f"you know me {CHILD}"),
            Identifier(IdentifierKind.IMAGE_PDQ, "0f" * 32),
        ),
    )
    for number in (1, 2)
]


def test_stix_is_valid_marked_and_holds_nothing_of_a_child() -> None:
    text = write_stix("S-1", seen_identifiers(REPORTS), "Made-up desk", NOW)
    bundle = stix2.parse(text)
    assert {one.type for one in bundle.objects} == {
        *("identity", "marking-definition", "user-account", "email-addr", "url", "observed-data", "grouping")
    }
    marking = next(one for one in bundle.objects if one.type == "marking-definition")
    assert marking.name == "TLP:AMBER+STRICT"
    for one in bundle.objects:
        if one.type not in ("identity", "marking-definition"):
            assert one.object_marking_refs == [marking.id]
    for never in (CHILD, "R-0001", "wiltshire", "0f" * 32, "13"):
        assert never not in json.dumps(
            [dict(one) for one in bundle.objects if one.type != "bundle"], default=str
        ) or (never == "13" and '"age"' not in text)


def test_ways_of_writing_are_one_identifier_where_they_agree() -> None:
    written = ("Made.Up", "made_up", "other")
    reports = [
        made_up(number, suspect=(Identifier(IdentifierKind.HANDLE, value),), received=NOW - timedelta(days=number))
        for number, value in enumerate(written)
    ]
    seen = seen_identifiers(reports, lambda one: one.value.lower().replace("_", "").replace(".", ""))
    assert [(one.identifier.value, len(one.reports), [way.value for way in one.also]) for one in seen] == [
        ("Made.Up", 2, ["made_up"]),
        ("other", 1, []),
    ]
    assert (seen[0].first, seen[0].last) == (NOW - timedelta(days=1), NOW)


def test_stix_of_nothing_is_valid_too() -> None:
    assert stix2.parse(write_stix("S-1", (), "Made-up desk", NOW)).type == "bundle"


def test_a_partners_lines_are_taken_once_and_bad_ones_named() -> None:
    book = InMemoryCasebook()
    lines = [*write_reports(REPORTS), "{}", "not json", ""]
    taken = take_partner_file(book, OFFICER, NOW, "desk", lines, "lightkeeper")
    assert (len(taken.cases), taken.here_already, len(taken.unreadable)) == (2, 0, 2)
    assert taken.unreadable[0].startswith("line 3, id")
    again = take_partner_file(book, OFFICER, NOW, "desk", lines, "lightkeeper")
    assert (len(again.cases), again.here_already) == (0, 2)
    with pytest.raises(NotAllowed):
        take_partner_file(book, READER, NOW, "desk", lines, "lightkeeper")


def test_a_partners_hold_is_kept() -> None:
    book = InMemoryCasebook()
    take_partner_file(book, OFFICER, NOW, "desk", write_reports([replace(REPORTS[0], hold=True)]), "lightkeeper")
    assert book.held_reports() == {"R-0001"}


REFERRAL = {
    "reportId": 900001,
    "incidentSummary": {"incidentType": "Sextortion", "incidentDateTime": "2026-01-30T10:00:00Z"},
    "personOrUserReported": {
        "espService": "Instagram",
        "screenName": ["made.up", "made_up2"],
        "espIdentifier": "17840000000",
        "email": "made.up@example.com",
        "phone": "07700 900123",
        "displayName": "Made Up",
        "profileUrl": "https://example.com/made.up",
    },
    "victim": {"age": 14},
    "additionalInfo": "asked for gift cards",
}


def test_a_referral_is_read_by_its_field_names() -> None:
    report = read_referral(json.dumps(REFERRAL))
    assert (report.id, report.reporter, report.harms) == ("ncmec-900001", Reporter.PLATFORM, (Harm.SEXTORTION,))
    assert (report.age, report.platforms, report.narrative) == (14, ("instagram",), "asked for gift cards")
    assert [(one.kind, one.value, one.platform) for one in report.suspect] == [
        (IdentifierKind.HANDLE, "made.up", "instagram"),
        (IdentifierKind.HANDLE, "made_up2", "instagram"),
        (IdentifierKind.HANDLE, "17840000000", "instagram"),
        (IdentifierKind.DISPLAY_NAME, "Made Up", None),
        (IdentifierKind.EMAIL, "made.up@example.com", None),
        (IdentifierKind.PHONE, "07700 900123", None),
        (IdentifierKind.URL, "https://example.com/made.up", None),
    ]


@pytest.mark.parametrize("change", [{"reportId": None}, {"files": ["x"]}, {"victim": 3}, {"incidentSummary": {}}])
def test_a_referral_that_cannot_be_read_says_which_field(change: dict[str, object]) -> None:
    with pytest.raises(InvalidReport) as refused:
        read_referral(json.dumps({**REFERRAL, **change}))
    assert "asked for gift cards" not in str(refused.value)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_a_referral(text: str) -> None:
    for line in (text, json.dumps(text), json.dumps({**REFERRAL, "personOrUserReported": {"screenName": text}})):
        with suppress(InvalidReport):
            read_referral(line)


def test_a_reporter_gets_their_own_words_and_nobody_elses() -> None:
    book = InMemoryCasebook()
    case = open_case(book, narrative=CHILD, suspect=REPORTS[0].suspect, reply_to=REPLY_TO)
    write_note(book, case, OFFICER, NOW, "a private thought")
    write_reply(book, case, OFFICER, NOW, "we have it")
    text = write_disclosure([case], book.items(case.id), NOW).decode()
    assert CHILD in text
    assert "we have it" in text
    for never in ("a private thought", "made.up", "sam", "07700"):
        assert never not in text


def test_the_request_to_keep_records_names_accounts_and_no_child() -> None:
    assert platforms_to_ask(REPORTS) == ("instagram",)
    words = preservation_wording("instagram", REPORTS, "S-1")
    assert "  - made.up\n" in words
    assert "30 January 2026" in words
    for never in (CHILD, "13", "wiltshire", "R-0001"):
        assert never not in words


@pytest.mark.parametrize("many", [1, 7, 12, 13, 70])
def test_a_graph_draws_or_groups_every_report(many: int) -> None:
    reports = [made_up(number, received=NOW - timedelta(days=9 * number)) for number in range(many)]
    graph = draw(reports, {}, ())
    assert len(graph.nodes) <= 12
    assert sum(len(node.reports) for node in graph.nodes) == many
    assert graph.grouped is (many > 12)
    assert all(0 <= node.x <= graph.width and 0 <= node.y <= graph.height for node in graph.nodes)
