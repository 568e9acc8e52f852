"""A campaign's items are checked one by one, go out in their order, and are looked back on honestly."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lightkeeper.core.errors import WarningRefused
from lightkeeper.warn.campaign import (
    Campaign,
    Item,
    Medium,
    due,
    look_before_and_after,
    refusals_of_campaign,
    schedule,
)
from lightkeeper.warn.figures import Comparison, Counted, Figures

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
TEXT = "You are not in trouble. Tell someone. Childline 0800 1111. In danger: 999."
POST = Item(Medium.POST, "mastodon", START, TEXT, "https://www.example.org/talk", alt="A card with a lamp.")
FILM = Item(
    Medium.FILM,
    "facebook",
    START + timedelta(days=2),
    TEXT,
    "https://www.example.org/film",
    captions="https://www.example.org/film.vtt",
    transcript="A lamp is lit. A voice says: tell someone.",
)
CAMPAIGN = Campaign("One week in May", START, START + timedelta(days=7), (FILM, POST))


def test_nothing_speaks_against_a_good_campaign() -> None:
    assert refusals_of_campaign(CAMPAIGN) == ()


def test_items_go_out_in_their_order() -> None:
    assert schedule(CAMPAIGN) == (POST, FILM)
    assert due(CAMPAIGN, START - timedelta(seconds=1)) == ()
    assert due(CAMPAIGN, START) == (POST,)
    assert due(CAMPAIGN, START + timedelta(days=3), frozenset({("mastodon", START)})) == (FILM,)


@pytest.mark.parametrize(
    ("item", "check"),
    [
        (replace(POST, alt=" "), "alt"),
        (replace(FILM, captions=""), "captions"),
        (replace(FILM, transcript=""), "transcript"),
        (replace(POST, link="https://bit.ly/abc"), "link"),
        (replace(POST, link=""), "link"),
        (replace(POST, channel="telegraph"), "channel"),
        (replace(POST, at=START - timedelta(days=1)), "item_time"),
        (replace(POST, text=TEXT + " a" * 300), "too_long"),
        (replace(POST, text=TEXT + " Think before you post."), "loaded_word"),
        (replace(FILM, transcript="She fell for a trick."), "loaded_word"),
        (replace(POST, text="Tell someone."), "help_line_missing"),
        (
            replace(POST, text=f"{TEXT} {'Immediately discontinue unsolicited communication. ' * 5}"),
            "reading_grade",
        ),
    ],
)
def test_an_item_that_would_harm_or_leave_out_is_refused(item: Item, check: str) -> None:
    campaign = replace(CAMPAIGN, items=(item,))
    assert check in {refusal.check for refusal in refusals_of_campaign(campaign)}
    with pytest.raises(WarningRefused, match="cannot begin"):
        schedule(campaign)


def test_an_empty_campaign_and_one_that_ends_first_are_refused() -> None:
    checks = {one.check for one in refusals_of_campaign(replace(CAMPAIGN, items=(), ends=START))}
    assert checks == {"campaign_empty", "campaign_dates"}


def figures(before: int, now: int, low: float | None, high: float | None, days: int = 28) -> Figures:
    start = date(2026, 5, 4)
    compared = Counted(before, start - timedelta(days=28), start - timedelta(days=1))
    return Figures(
        Counted(now, start, start + timedelta(days=days - 1)),
        "sextortion-1",
        "reports",
        comparison=Comparison(compared, None, low, high, None, "-"),
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (figures(40, 85, 1.4, 3.2), "a rise that chance does not explain"),
        (figures(85, 40, 0.3, 0.7), "a fall that chance does not explain"),
        (figures(40, 44, 0.7, 1.7), "comes by chance"),
        (figures(3, 6, 0.4, 12.4), "too few"),
    ],
)
def test_a_look_back_always_says_that_reports_rise_after_a_campaign(found: Figures, said: str) -> None:
    text = " ".join(look_before_and_after(found).sentences)
    assert said in text
    assert "Reports normally rise after a campaign" in text
    assert "no sign that more children were harmed" in text


def test_periods_of_different_length_are_said_to_be_so() -> None:
    assert "not equally long" in " ".join(look_before_and_after(figures(40, 44, 0.7, 1.7, days=14)).sentences)
    assert "not equally long" not in " ".join(look_before_and_after(figures(40, 44, 0.7, 1.7)).sentences)


def test_without_a_before_there_is_no_look_back() -> None:
    with pytest.raises(WarningRefused, match="--against"):
        look_before_and_after(replace(figures(40, 44, 0.7, 1.7), comparison=None))
