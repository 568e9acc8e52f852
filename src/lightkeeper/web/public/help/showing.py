"""What the help pages have in common: their words, and the services as a page shows them."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from lightkeeper.help.directory import Offer, offer_service
from lightkeeper.help.records import shipped_services
from lightkeeper.help.rendering import render_line, render_text
from lightkeeper.help.service import Audience
from lightkeeper.help.steps import Step, find_steps
from lightkeeper.help.wording import LANGUAGES, read_table

# Pages of other rooms that a help text may point to by one word.
ELSEWHERE = {
    "report": "report",
    "check": "check",
    "takedown": "takedown",
    "platforms": "platforms",
    "services": "services",
}


@dataclass(frozen=True, slots=True)
class ShownService:
    """A service in the words of the reader's language."""

    offer: Offer
    name: str
    about: str
    expect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownStep:
    do: SafeString
    why: SafeString


def language() -> str:
    """The language of the page, English where there is no content in the one asked for."""
    now = (get_language() or "en").split("-")[0]
    return now if now in LANGUAGES else "en"


def words(part: str) -> dict[str, Any]:
    """The words of the frame and of one kind of page, by key."""
    table = read_table(language(), "words.toml")
    return {**table["frame"], **table[part]}


def offers_for(audience: Audience) -> dict[str, Offer]:
    """Every service, as this audience may see it today, by id."""
    today = timezone.localdate()
    return {service.id: offer_service(service, audience, today) for service in shipped_services()}


def show_service(offer: Offer, expect: tuple[str, ...] = ()) -> ShownService:
    return ShownService(offer, offer.service.called(language()), offer.service.described(language()), expect)


def show_steps(keys: tuple[str, ...], audience: Audience) -> tuple[ShownStep, ...]:
    offers = offers_for(audience)
    return tuple(show_step(step, offers) for step in find_steps(keys, audience, language()))


def show_step(step: Step, offers: dict[str, Offer]) -> ShownStep:
    return ShownStep(html(step.do, offers, line=True), html(step.why, offers, line=True))


def html(markdown: str, offers: dict[str, Offer], line: bool = False) -> SafeString:
    """Our own text as HTML. Raw HTML in it is shown as text, so this is safe to mark as such."""
    render = render_line if line else render_text
    return mark_safe(render(markdown, address_of, offers))  # noqa: S308


def address_of(name: str) -> str:
    """A page's address by its short name: "takedown", or "child/paid". The front page while it is not made."""
    if "/" in name:
        return reverse("help-page", args=name.split("/"))
    try:
        return reverse(ELSEWHERE[name])
    except NoReverseMatch:
        return reverse("home")
