"""What may be shown to whom: the rule that keeps a wrong number out of a frightened hand."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.directory import (
    ALWAYS_SHOWN,
    find_service,
    find_services,
    may_show_link,
    may_show_number,
    offer_service,
)
from lightkeeper.help.records import shipped_services
from lightkeeper.help.service import Audience, Confidence, Kind

YOUNG = (Audience.CHILD, Audience.FRIEND)
GROWN = tuple(audience for audience in Audience if audience not in YOUNG)


@pytest.mark.parametrize("audience", YOUNG)
@pytest.mark.parametrize("confidence", Confidence)
def test_a_child_sees_no_number_that_nobody_checked(make_service, evidence_of, today, audience, confidence):
    service = make_service(evidence=evidence_of(confidence))
    assert not may_show_number(service, audience, today)
    assert offer_service(service, audience, today).withheld


@pytest.mark.parametrize("audience", Audience)
def test_a_checked_number_is_shown_until_the_check_is_stale(make_service, checked, today, audience):
    service = make_service(verified=checked, review_by=today)
    assert may_show_number(service, audience, today)
    assert not may_show_number(service, audience, today + timedelta(days=1))


@pytest.mark.parametrize("audience", GROWN)
def test_a_grown_up_sees_a_well_sourced_number_marked_as_unchecked(make_service, evidence_of, today, audience):
    offer = offer_service(make_service(), audience, today)
    assert offer.numbers
    assert not offer.checked
    weaker = make_service(evidence=evidence_of(Confidence.MEDIUM))
    assert not may_show_number(weaker, audience, today)


def test_an_address_needs_a_good_source_for_a_child_and_any_source_for_a_grown_up(
    make_service, evidence_of, today
):
    shown = {
        (confidence, audience): may_show_link(make_service(evidence=evidence_of(confidence)), audience, today)
        for confidence in Confidence
        for audience in (Audience.CHILD, Audience.PARENT)
    }
    assert [pair for pair, may in shown.items() if may] == [
        (Confidence.HIGH, Audience.CHILD),
        (Confidence.HIGH, Audience.PARENT),
        (Confidence.MEDIUM, Audience.PARENT),
    ]


@given(days=st.integers(0, 4000), audience=st.sampled_from(Audience))
def test_999_and_childline_are_shown_on_every_day(days, audience):
    services = shipped_services()
    for always in ALWAYS_SHOWN:
        service = find_service(services, always)
        assert service is not None
        assert may_show_number(service, audience, service.evidence.retrieved + timedelta(days=days))


@given(days=st.integers(0, 4000), audience=st.sampled_from(YOUNG))
def test_no_other_shipped_number_is_shown_to_a_child_unless_checked(days, audience):
    for service in shipped_services():
        day = service.evidence.retrieved + timedelta(days=days)
        if service.id not in ALWAYS_SHOWN and not service.is_checked(day):
            assert not offer_service(service, audience, day).numbers


def test_finds_by_place_audience_and_kind(make_service, today):
    here = make_service(id="wales", service_areas=("GB-WLS",))
    uk = make_service(id="uk", service_areas=("GB",))
    abroad = make_service(id="abroad", service_areas=("AU",))
    parents = make_service(id="parents", audience=(Audience.PARENT,))
    app = make_service(id="app", kind=Kind.PLATFORM, service_areas=("world",))
    everything = (here, uk, abroad, parents, app)
    found = find_services(everything, Audience.CHILD, "GB-WLS", today)
    assert [offer.id for offer in found] == ["wales", "uk"]
    assert [offer.id for offer in find_services(everything, Audience.CHILD, "GB-SCT", today)] == ["uk"]
    apps = find_services(everything, Audience.CHILD, "GB-SCT", today, (Kind.PLATFORM,))
    assert [offer.id for offer in apps] == ["app"]


def test_a_service_that_closed_is_not_offered(make_service, today):
    closed = make_service(valid_to=today - timedelta(days=1))
    assert find_services((closed,), Audience.CHILD, "GB", today) == ()


def test_an_unknown_place_is_refused(make_service, today):
    with pytest.raises(UnreadableInput):
        find_services((make_service(),), Audience.CHILD, "nowhere", today)
