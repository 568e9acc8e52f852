"""A campaign: posts and films over some days, and an honest look at the reports before and after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lightkeeper.core.errors import WarningRefused
from lightkeeper.warn.checks.links import why_not
from lightkeeper.warn.figures import Comparison, Figures
from lightkeeper.warn.formats.post import channels, count_length
from lightkeeper.warn.grade import reading_grade
from lightkeeper.warn.language import find_loaded_words
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.wording import read_table, wording


class Medium(StrEnum):
    POST = "post"
    FILM = "film"


@dataclass(frozen=True, slots=True)
class Item:
    """One post or film on one channel. `alt` is for a picture; a film needs captions and transcript."""

    medium: Medium
    channel: str
    at: datetime
    text: str
    link: str
    alt: str = ""
    captions: str = ""  # the address of the captions file
    transcript: str = ""  # in words


@dataclass(frozen=True, slots=True)
class Campaign:
    """A set of items between two moments, in one language."""

    name: str
    begins: datetime
    ends: datetime
    items: tuple[Item, ...]
    language: str = "en"


def refusals_of_campaign(campaign: Campaign) -> tuple[Refusal, ...]:
    """Every reason why it may not begin, item by item, in the order of its schedule."""
    found: list[Refusal] = []
    if not campaign.items:
        found.append(Refusal("campaign_empty", "items", "There is nothing in it.", "Add a post or a film."))
    if campaign.begins >= campaign.ends:
        found.append(Refusal("campaign_dates", "ends", "It ends before it begins.", "Give it at least a day."))
    for place, item in enumerate(campaign.items):
        found += _check_item(campaign, item, f"items[{place}]")
    return tuple(found)


def schedule(campaign: Campaign) -> tuple[Item, ...]:
    """The items in the order in which they go out. Raises WarningRefused while anything speaks against it."""
    if refusals := refusals_of_campaign(campaign):
        raise WarningRefused("this campaign cannot begin yet:\n" + "\n".join(map(str, refusals)))
    return tuple(sorted(campaign.items, key=lambda item: (item.at, item.channel)))


def due(
    campaign: Campaign, now: datetime, sent: frozenset[tuple[str, datetime]] = frozenset()
) -> tuple[Item, ...]:
    """What should be out by now and is not; `sent` are (channel, at) of what is."""
    return tuple(item for item in schedule(campaign) if item.at <= now and (item.channel, item.at) not in sent)


@dataclass(frozen=True, slots=True)
class BeforeAndAfter:
    """Reports before and after a campaign. It never says that a campaign caused harm, or prevented it."""

    before: int
    before_days: int
    after: int
    after_days: int
    sentences: tuple[str, ...]


def look_before_and_after(figures: Figures) -> BeforeAndAfter:
    """Say how reports changed around a campaign, and what such a change can and cannot mean.

    `figures` counts the days after and compares them with the days before. Raises WarningRefused
    without a comparison.
    """
    if figures.comparison is None:
        raise WarningRefused("a look before and after needs both counts: make the figures with --against")
    compared, now = figures.comparison, figures.total
    return BeforeAndAfter(
        compared.before.number,
        compared.before.days,
        now.number,
        now.days,
        (
            f"{compared.before.number:,} reports in the {compared.before.days} days before, "
            f"{now.number:,} in the {now.days} days after.",
            _SAID[compared.verdict(now.number)],
            "Reports normally rise after a campaign, because more children tell someone. "
            "A rise here is no sign that more children were harmed, and a fall is no sign that fewer were.",
            *_uneven(compared, figures),
        ),
    )


_SAID = {
    "rise": "That is a rise that chance does not explain.",
    "fall": "That is a fall that chance does not explain.",
    "unclear": "A difference like this comes by chance.",
    "too_few": "These are too few to say whether anything changed.",
}


def _uneven(compared: Comparison, figures: Figures) -> Iterator[str]:
    if compared.before.days != figures.total.days:
        yield "The two periods are not equally long; the comparison is made per day."


def _check_item(campaign: Campaign, item: Item, field: str) -> Iterator[Refusal]:
    if not campaign.begins <= item.at <= campaign.ends:
        yield Refusal("item_time", f"{field}.at", "It is planned outside the campaign.", "Move it inside.")
    yield from _check_form(item, field)
    if reason := why_not(item.link):
        yield Refusal("link", f"{field}.link", *reason)
    for part in ("text", "alt", "transcript"):
        for word in find_loaded_words(getattr(item, part), campaign.language):
            yield Refusal("loaded_word", f"{field}.{part}", word.why, f"Write: {word.instead}.", word.span)
    target = read_table("targets.toml")["post"]
    if (grade := reading_grade(item.text, campaign.language)) > target:
        yield Refusal("reading_grade", f"{field}.text", f"It asks for grade {grade:.1f}.", f"Aim at {target}.")
    help_number = "0800 1111"
    if help_number not in item.text:
        said = wording(campaign.language).at("post/help")
        yield Refusal("help_line_missing", f"{field}.text", "Nobody to call is named.", f"Add: {said}.")


def _check_form(item: Item, field: str) -> Iterator[Refusal]:
    if item.channel not in channels():
        yield Refusal(
            "channel", f"{field}.channel", "Nobody knows this channel.", f"One of: {', '.join(channels())}."
        )
        return
    rules = read_table("formats/channels.toml")[item.channel]
    if (length := count_length(f"{item.text}\n\n{item.link}", rules["link"])) > rules["limit"]:
        yield Refusal(
            "too_long", f"{field}.text", f"It has {length} characters with its link.", f"At most {rules['limit']}."
        )
    if item.medium is Medium.FILM and not item.captions:
        yield Refusal(
            "captions", f"{field}.captions", "Who cannot hear it gets nothing.", "Add the captions file."
        )
    if item.medium is Medium.FILM and not item.transcript.strip():
        yield Refusal(
            "transcript", f"{field}.transcript", "Who cannot see it gets nothing.", "Add what is said and shown."
        )
    if item.medium is Medium.POST and not item.alt.strip():
        yield Refusal("alt", f"{field}.alt", "Who cannot see the picture gets nothing.", "Describe the picture.")
