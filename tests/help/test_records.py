import json
import re
from datetime import date

import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.records import read_service, read_services, services_folder, shipped_services, write_service
from lightkeeper.help.service import Confidence, Kind, Verification


@pytest.fixture
def folder(tmp_path):
    for name in ("childline", "ceop"):
        (tmp_path / f"{name}.json").write_bytes((services_folder() / f"{name}.json").read_bytes())
    return tmp_path


def spoil(path, **changes):
    record = {**json.loads(path.read_text("utf-8")), **changes}
    path.write_text(json.dumps(record), "utf-8")
    return path


def test_every_record_says_where_it_comes_from_and_when_it_is_due():
    for service in shipped_services():
        assert service.evidence.source, service.id
        assert service.review_by > service.evidence.retrieved, service.id


def test_a_record_of_general_knowledge_alone_is_never_called_good():
    for service in shipped_services():
        if service.evidence.source.startswith("general knowledge"):
            assert service.evidence.confidence is not Confidence.HIGH, service.id


def test_no_name_or_description_smuggles_a_number_past_the_rule():
    for service in shipped_services():
        if service.id != "uk-999":
            words = [service.name, service.name_cy or "", *service.description.values()]
            assert not any(re.search(r"\d{3}", text) for text in words), service.id


def test_every_region_and_kind_of_the_brief_is_there():
    areas = {area for service in shipped_services() for area in service.service_areas}
    assert areas >= {"GB", "GB-WLS", "GB-SCT", "GB-NIR", "IE", "US", "CA", "AU", "NZ", "FR", "EU", "world"}
    assert {service.kind for service in shipped_services()} == set(Kind)


def test_marking_a_record_changes_only_who_checked_it_and_when_it_is_due(folder):
    before = json.loads((folder / "childline.json").read_text("utf-8"))
    service = read_service(folder / "childline.json")
    write_service(folder, service, Verification(date(2026, 12, 1), ("A. Person", "B. Person"), "rang it"))
    after = json.loads((folder / "childline.json").read_text("utf-8"))
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {"verified", "review_by"}
    assert after["review_by"] == "2027-01-30"  # a helpline is looked at every 60 days
    assert list(after) == list(before)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"url": "http://example.com/"}, "https"),
        ({"url": "https://bit.ly/abc"}, "shortened"),
        ({"phones": [{"number": "0906 700 900"}]}, "costs extra"),
        ({"phones": [{"number": "ring us"}]}, "digits"),
        ({"service_areas": ["Atlantis"]}, "no such area"),
        ({"status": "open"}, "status"),
        ({"kind": "shop"}, "shop"),
        ({"description": {"en": "Only English."}}, "no description in cy"),
        ({"id": "other"}, "file's name"),
        ({"verified": {"on": "2026-11-21", "by": ["A. Person"], "note": "rang it"}}, "two different people"),
        ({"verified": {"on": "2026-11-21", "by": ["A. Person"] * 2, "note": "rang it"}}, "two different people"),
    ],
)
def test_a_bad_record_is_refused_by_its_files_name(folder, changes, said):
    with pytest.raises(UnreadableInput, match=r"childline\.json") as refused:
        read_service(spoil(folder / "childline.json", **changes))
    assert said in str(refused.value)


def test_a_missing_field_is_named(folder):
    path = folder / "ceop.json"
    record = json.loads(path.read_text("utf-8"))
    del record["evidence"]
    path.write_text(json.dumps(record), "utf-8")
    with pytest.raises(UnreadableInput, match=r"ceop\.json: evidence is missing"):
        read_services(folder)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(UnreadableInput):
        read_services(tmp_path)
