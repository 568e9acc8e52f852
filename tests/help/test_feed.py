"""The open feed, held against the fields of Open Referral UK (HSDS 3) as its schema documents list them."""

import json

import pytest
from jsonschema import Draft202012Validator

from lightkeeper.help.feed import publish_feed, service_as_hsds
from lightkeeper.help.records import shipped_services

UUID = {"type": "string", "format": "uuid"}
TEXT = {"type": "string"}
PART = {"type": "array", "items": {"type": "object", "properties": {"id": UUID}, "required": ["id"]}}
SERVICE = {
    "type": "object",
    "required": ["id", "organization_id", "name", "status"],
    "properties": {
        "id": UUID,
        "organization_id": UUID,
        "name": TEXT,
        "alternate_name": TEXT,
        "description": TEXT,
        "url": {"type": "string", "format": "uri"},
        "status": {"enum": ["active", "inactive", "defunct", "temporarily closed"]},
        "fees_description": TEXT,
        "eligibility_description": TEXT,
        "minimum_age": {"type": "number"},
        "maximum_age": {"type": "number"},
        "assured_date": {"type": "string", "format": "date"},
        "organization": {
            "type": "object",
            "required": ["id", "name", "description"],
            "properties": {"id": UUID, "name": TEXT, "description": TEXT},
        },
        "phones": {**PART, "items": {"required": ["id", "number"], "properties": {"id": UUID, "number": TEXT}}},
        "schedules": PART,
        "service_areas": PART,
        "languages": PART,
        "lightkeeper": {"type": "object"},
    },
    "additionalProperties": False,
}
PAGE = {
    "type": "object",
    "required": [
        "total_items",
        "total_pages",
        "page_number",
        "size",
        "first_page",
        "last_page",
        "empty",
        "contents",
    ],
    "properties": {"contents": {"type": "array", "items": SERVICE}},
}


@pytest.fixture(scope="module")
def feed(today):
    return json.loads(json.dumps(publish_feed(shipped_services(), today)))


def test_the_feed_has_the_shape(feed):
    Draft202012Validator(PAGE, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(feed)


def test_every_record_is_there_once_with_its_source(feed):
    assert feed["total_items"] == len(shipped_services()) == len({one["id"] for one in feed["contents"]})
    assert all(one["lightkeeper"]["source"] and one["lightkeeper"]["review_by"] for one in feed["contents"])


def test_an_id_stays_the_same_for_ever(feed):
    ids = {one["lightkeeper"]["slug"]: one["id"] for one in feed["contents"]}
    assert ids["childline"] == "0ede70e0-9949-5e3c-913c-05d06c34cf80"


def test_no_unchecked_number_leaves_the_house(feed):
    with_number = {one["lightkeeper"]["slug"] for one in feed["contents"] if one["phones"]}
    assert with_number == {"uk-999", "childline"}
    held_back = [one for one in feed["contents"] if one["lightkeeper"]["number_held_back"]]
    assert len(held_back) > 20


def test_a_checked_record_says_so_without_naming_the_person(make_service, checked, today):
    record = service_as_hsds(make_service(verified=checked), today)
    assert record["assured_date"] == "2026-11-21"
    assert record["phones"][0]["number"] == "07700 900123"
    assert "A. Person" not in json.dumps(record)
