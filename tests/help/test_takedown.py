import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.areas import areas
from lightkeeper.help.directory import find_service
from lightkeeper.help.platforms import find_platforms
from lightkeeper.help.records import shipped_services
from lightkeeper.help.service import Audience
from lightkeeper.help.takedown import (
    ELSEWHERE,
    PictureAge,
    audience_of,
    route_takedown,
    rule_names,
    what_to_expect,
    words_of_note,
)
from lightkeeper.help.wording import LANGUAGES

ANSWERS = [
    (age, place, platform)
    for age in PictureAge
    for place in areas()
    for platform in (*ELSEWHERE, *(one.slug for one in find_platforms()))
]


def test_every_answer_leads_to_a_service_that_runs_and_has_words():
    for age, place, platform in ANSWERS:
        route = route_takedown(age, place, platform)
        for service_id in route.services:
            service = find_service(shipped_services(), service_id)
            assert service is not None, service_id
            assert service.status == "active", service_id
        for language in LANGUAGES:
            assert what_to_expect(route.first, language), route.first
            assert all(words_of_note(note, language) for note in route.notes)


def test_the_first_service_always_takes_a_person_of_that_age():
    for age, place, platform in ANSWERS:
        service = find_service(shipped_services(), route_takedown(age, place, platform).first)
        assert service is not None
        years = 17 if age is PictureAge.UNDER_18 else 30
        if age is not PictureAge.WAS_UNDER_18:
            assert (service.minimum_age or 0) <= years <= (service.maximum_age or 200)
        assert audience_of(age) in service.audience


def test_every_rule_is_used():
    used = {route_takedown(age, place, platform).rule for age, place, platform in ANSWERS}
    assert used == set(rule_names())


def test_a_picture_of_a_child_is_never_sent_to_a_service_for_adults():
    for age, place, platform in ANSWERS:
        if age is not PictureAge.ADULT:
            services = route_takedown(age, place, platform).services
            assert not {"stopncii", "revenge-porn-helpline"} & set(services)


def test_a_private_chat_is_told_apart_from_an_open_app():
    private = route_takedown(PictureAge.UNDER_18, "GB-ENG", "whatsapp")
    open_app = route_takedown(PictureAge.UNDER_18, "GB-ENG", "instagram")
    assert "private_chat" in private.notes
    assert "private_chat" not in open_app.notes
    assert open_app.platform == "platform-instagram"


def test_an_app_that_closed_is_not_offered_as_a_place_to_report():
    assert route_takedown(PictureAge.UNDER_18, "GB-ENG", "omegle").platform is None


def test_no_service_is_named_twice():
    for answers in ANSWERS:
        services = route_takedown(*answers).services
        assert len(set(services)) == len(services)


@pytest.mark.parametrize(("place", "platform"), [("Atlantis", "unknown"), ("GB-ENG", "myspace")])
def test_an_unknown_answer_is_refused(place, platform):
    with pytest.raises(UnreadableInput):
        route_takedown(PictureAge.UNDER_18, place, platform)


def test_words_that_are_not_there_are_missed():
    with pytest.raises(UnreadableInput):
        words_of_note("nothing", "en")
    assert what_to_expect("ceop", "en") == ()


def test_a_child_reads_the_answer_for_a_child():
    assert [audience_of(age) for age in PictureAge] == [Audience.CHILD, Audience.ADULT, Audience.ADULT]
