from lightkeeper.core.finding import Level, Reading, Stage
from lightkeeper.help.pages import read_pages
from lightkeeper.help.service import Audience
from lightkeeper.help.suggest import suggest_for, suggest_pages, suggestions


def test_self_harm_comes_before_everything_else():
    reading = Reading(Level.DANGER, 3, (), {Stage.DEMAND: (3, 4), Stage.THREAT: (2, 2)}, flags=("self_harm",))
    assert suggest_pages(reading, Audience.CHILD) == ("child/hurting-myself", "child/threat")


def test_a_parent_is_led_to_pages_for_parents():
    assert suggest_for(("recovery_offer",), ("threat",), Audience.PARENT) == ("parent/paid", "parent/start")


def test_a_harmless_chat_leads_to_the_start():
    assert suggest_pages(Reading(Level.NONE, None, (), {}), Audience.FRIEND) == ("child/start",)


def test_every_suggestion_is_a_page_and_every_stage_a_stage():
    for one in suggestions():
        assert {one["child"], one["parent"]} <= read_pages("en").keys()
        assert ("flag" in one) != ("stage" in one)
        assert "stage" not in one or Stage(one["stage"])
