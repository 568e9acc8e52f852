"""The parts of a page, free of any file format, so that HTML, PDF, Word and plain text say the same."""

from dataclasses import dataclass
from datetime import datetime

from lightkeeper.warn.warning import Contact, Link, PublicWarning, Quote
from lightkeeper.warn.wording import Wording, wording


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    quiet: bool = False  # a note in small letters


@dataclass(frozen=True, slots=True)
class Steps:
    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Hope:
    """The one highlighted sentence of a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What must be read before anything else: a draft, a withdrawal."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    quote: Quote
    signed: str


@dataclass(frozen=True, slots=True)
class Contacts:
    heading: str
    items: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Links:
    heading: str
    items: tuple[Link, ...]


Block = Heading | Paragraph | Steps | Hope | Notice | Quotation | Contacts | Links


@dataclass(frozen=True, slots=True)
class Outline:
    """A page: its title, who it comes from, and its parts in order."""

    title: str
    sender: str
    language: str
    blocks: tuple[Block, ...]
    issued: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a warning has come, as it must be seen on it. A draft says so on every page."""

    approved: bool = False
    withdrawn: datetime | None = None
    expired: bool = False


DRAFT = Standing()
APPROVED = Standing(approved=True)


def standing_blocks(warning: PublicWarning, standing: Standing) -> tuple[Block, ...]:
    words = wording(warning.language)
    if standing.withdrawn:
        return (Notice(words.say("notes/withdrawn", date=words.day(standing.withdrawn.date()))),)
    if standing.expired:
        return (Notice(words.say("notes/expired", date=words.day(warning.expires.date()))),)
    if not standing.approved:
        return (Notice(words.say("notes/draft")),)
    return ()


def dates_block(warning: PublicWarning) -> Paragraph:
    """When it was issued and changed, and until when it holds."""
    words = wording(warning.language)
    said = [words.say("notes/issued", date=words.day(warning.issued.date()))]
    if warning.updated:
        said.append(words.say("notes/updated", date=words.day(warning.updated.date())))
    said.append(words.say("notes/expires", date=words.day(warning.expires.date())))
    return Paragraph(". ".join(said) + ".", quiet=True)


def known_blocks(warning: PublicWarning) -> tuple[Block, ...]:
    """What the figures say besides the number."""
    words = wording(warning.language)
    sentences = _named(words, warning)
    if not sentences:
        return ()
    return (Heading(words.at("headings/counted")), Paragraph(" ".join(sentences)))


def small_print(warning: PublicWarning) -> tuple[Block, ...]:
    """What was counted, and from when to when the page holds."""
    if warning.count is None:
        return (dates_block(warning),)
    definition = wording(warning.language).say("count/definition", definition=warning.count.definition)
    return (Paragraph(definition, quiet=True), dates_block(warning))


def _named(words: Wording, warning: PublicWarning) -> list[str]:
    sentences = []
    if warning.platforms:
        path = "say/platforms" if len(warning.platforms) > 1 else "say/platform"
        sentences.append(words.say(path, platforms=words.listed(warning.platforms)))
    if warning.ages:
        ages = words.listed([words.at("ages")[age] for age in warning.ages])
        sentences.append(words.say("say/ages", ages=ages))
    return sentences


def quote_blocks(warning: PublicWarning) -> tuple[Block, ...]:
    if warning.quote is None:
        return ()
    words = wording(warning.language)
    signed = words.say("headings/quote", role=warning.quote.role, unit=warning.quote.unit)
    return (Quotation(warning.quote, signed),)


def help_blocks(warning: PublicWarning) -> tuple[Block, ...]:
    words = wording(warning.language)
    return (
        Contacts(words.at("headings/help"), warning.contacts),
        *((Links(words.at("headings/more"), warning.links),) if warning.links else ()),
    )
