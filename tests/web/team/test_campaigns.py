"""Campaigns on the team's site: read from their files, held to the checks, looked back on honestly."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from tests.desk.made_up import open_case

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.web.casebook.casebook import DjangoCasebook
from lightkeeper.web.team.campaigns import campaign_events, kept_campaigns, read_campaigns
from lightkeeper.web.team.night import run_night

pytestmark = pytest.mark.django_db(databases=["default", "inbox"])
NOW = datetime.now(UTC).replace(microsecond=0)
START = NOW - timedelta(days=20)
GUIDE = Path(__file__).parents[3] / "docs/how-to/publish.md"


@pytest.fixture
def folder() -> Iterator[Path]:
    made = settings.DESK_TABLES / "campaigns"
    made.mkdir(parents=True, exist_ok=True)
    yield made
    for file in made.glob("*"):
        file.unlink()


def written(text: str = "You are not in trouble. Tell someone. Childline 0800 1111. In danger: 999.") -> str:
    """The example of the how-to, moved to twenty days ago."""
    example = next(part for part in GUIDE.read_text().split("```") if part.startswith("toml\nname"))
    moved = example.removeprefix("toml\n").replace("2026-05-04T09:00:00+01:00", START.isoformat())
    moved = moved.replace("2026-05-11T09:00:00+01:00", (START + timedelta(days=7)).isoformat())
    return moved.replace("You are not in trouble. Tell someone. Childline 0800 1111. In danger: 999.", text)


def test_the_page_shows_schedule_and_both_counts(sign_in: Callable[..., Any], folder: Path) -> None:
    book = DjangoCasebook()
    for number in range(30):
        open_case(book, number, received=START + timedelta(days=(number % 3) * 7 - 7))
    assert "No campaign yet" in sign_in("kit").get(reverse("campaigns")).content.decode()
    (folder / "may.toml").write_text(written())
    page = sign_in("kit").get(reverse("campaigns")).content.decode()
    assert "One week in May" in page
    assert "10 reports in the 20 days before, 20 in the 20 days after." in page
    assert "no sign that more children were harmed" in page
    assert "What must change" not in page
    assert "20 days before" not in sign_in("kent").get(reverse("campaigns")).content.decode()


def test_what_speaks_against_it_is_said(sign_in: Callable[..., Any], folder: Path) -> None:
    (folder / "may.toml").write_text(written(text="Look after yourself."))
    page = sign_in("kit").get(reverse("campaigns")).content.decode()
    assert "What must change before it begins" in page
    assert "Nobody to call is named." in page


def test_a_campaign_is_an_event(folder: Path) -> None:
    (folder / "may.toml").write_text(written())
    (event,) = campaign_events()
    assert (event.words, event.period.days) == ("One week in May", 8)


@pytest.mark.parametrize("wrong", ["= x", 'name = "x"', "zone"])
def test_a_file_that_cannot_be_read_is_said(folder: Path, wrong: str) -> None:
    (folder / "may.toml").write_text(written().replace("+00:00", "") if wrong == "zone" else wrong)
    with pytest.raises(UnreadableInput):
        read_campaigns()


def test_a_slip_in_a_file_does_not_stop_the_night(folder: Path) -> None:
    (folder / "may.toml").write_text("= x")
    book = DjangoCasebook()
    open_case(book, 1)
    assert run_night(book, NOW).linkage.assignments


def test_a_campaign_is_planned_filled_and_taken_away_on_the_page(
    sign_in: Callable[..., Any], folder: Path
) -> None:
    sam = sign_in("sam")
    days = {"begins": "2026-05-04T09:00", "ends": "2026-05-11T09:00"}
    assert sam.post(reverse("plan_campaign"), {"name": "May", "language": "en", **days}).status_code == 302
    (kept,) = kept_campaigns()
    assert kept.campaign.begins.isoformat() == "2026-05-04T09:00:00+01:00"  # the clock on the wall, in summer
    assert "There is nothing in it." in sam.get(reverse("campaigns")).content.decode()
    words = "You are not in trouble. Tell someone. Childline 0800 1111. In danger: 999."
    post = {
        "medium": "post",
        "channel": "mastodon",
        "text": words,
        "link": "https://www.ceop.police.uk/",
        "alt": "A card with a lamp.",
    }
    for at in ("2026-05-06T09:00", "2026-05-05T17:30", "2026-06-06T09:00"):
        assert sam.post(reverse("add_item", args=[kept.number]), {**post, "at": at}).status_code == 302
    page = sam.get(reverse("campaigns")).content.decode()
    assert page.index("5 May 2026, 17:30") < page.index("6 May 2026, 09:00")
    assert "planned outside the campaign" in page
    sam.post(reverse("remove_item", args=[kept.number, 2]))
    assert "What must change" not in sam.get(reverse("campaigns")).content.decode()
    assert [event.words for event in campaign_events()] == ["May"]
    assert "Plan it" not in sign_in("kit").get(reverse("campaigns")).content.decode()
    sam.post(reverse("remove_campaign", args=[kept.number]))
    assert kept_campaigns() == ()
    done = [entry.what for entry in DjangoCasebook().entries(who="sam") if entry.what.startswith("campaign.")]
    assert done == ["campaign.plan", *["campaign.add"] * 3, "campaign.take_out", "campaign.remove"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"language": "xx"},
        {"begins": "soon"},
        {"ends": "2026-05-04T09:00"},
        {"begins": "2026-05-04"} | {"ends": "2026-05-03"},
    ],
)
def test_a_campaign_that_cannot_be_is_not_kept(
    sign_in: Callable[..., Any], folder: Path, wrong: dict[str, str]
) -> None:
    given = {"name": "May", "language": "en", "begins": "2026-05-04T09:00", "ends": "2026-05-11T09:00", **wrong}
    assert sign_in("sam").post(reverse("plan_campaign"), given).status_code in (400, 403)
    assert kept_campaigns() == ()
