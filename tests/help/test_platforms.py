from datetime import timedelta

import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.platforms import find_platform, find_platforms
from lightkeeper.help.service import Audience, Kind, PlatformRoute, Reach
from lightkeeper.help.wording import LANGUAGES

STEPS = dict.fromkeys(LANGUAGES, ("one", "two"))


def test_every_app_that_runs_says_how_to_report_and_block_in_both_languages():
    for platform in find_platforms():
        if platform.reachable:
            for language in LANGUAGES:
                assert platform.report_steps(language), platform.slug
                assert platform.block_steps(language), platform.slug


def test_the_apps_of_the_sources_are_there_and_the_closed_ones_come_last():
    slugs = [platform.slug for platform in find_platforms()]
    assert {"instagram", "snapchat", "youtube", "omegle", "oovoo", "skype", "younow"} <= set(slugs)
    running = [platform.reachable for platform in find_platforms()]
    assert running == sorted(running, reverse=True)


def test_a_closed_app_says_what_to_do_instead():
    omegle = find_platform("omegle")
    assert not omegle.reportable
    assert "police" in omegle.described("en")


def test_a_way_that_nobody_checked_for_a_month_counts_as_unchecked(make_service, checked, today):
    service = make_service(
        id="platform-made-up",
        kind=Kind.PLATFORM,
        phones=(),
        verified=checked,
        review_by=today + timedelta(days=30),
        route=PlatformRoute(Reach.OPEN, STEPS, STEPS),
    )
    platform = find_platform("made-up", (service,))
    assert platform.is_checked(today + timedelta(days=30))
    assert not platform.is_checked(today + timedelta(days=31))
    assert platform.checked_on() == today
    assert platform.link(Audience.CHILD, today) == "https://example.com/"


def test_no_shipped_app_links_a_child_to_an_unchecked_address(today):
    assert all(platform.link(Audience.CHILD, today) is None for platform in find_platforms())


def test_an_unknown_app_is_refused():
    with pytest.raises(UnreadableInput):
        find_platform("myspace")
