"""The help pages: Markdown with front matter, one folder a language, one file a situation.

The front matter is TOML between two lines of `+++`, read with the standard library. `reviewed` is false until a
person has read the page and said yes; then it holds the date, and `reviewed_by` the name.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.service import Audience
from lightkeeper.help.steps import find_steps
from lightkeeper.help.wording import LANGUAGES, content_folder

# The school grade a page may ask for at most, by who reads it.
HIGHEST_GRADE: Mapping[Audience, int] = {
    Audience.CHILD: 4,
    Audience.FRIEND: 4,
    Audience.PARENT: 6,
    Audience.ADULT: 6,
    Audience.SCHOOL: 7,
    Audience.PROFESSIONAL: 7,
}

_LINK = re.compile(r"\[([^\]]{0,300})\]\(([^)]{0,500})\)")
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}(?!\w)")


@dataclass(frozen=True, slots=True)
class Page:
    """One help page in one language. Its address is `audience/situation`, the same in every language."""

    language: str
    audience: Audience
    situation: str
    title: str
    short: str  # how the person would say it, for the list of choices
    hope: str  # the first thing that is read
    now: tuple[str, ...]  # keys of steps, in the order of STEP_ORDER
    services: tuple[str, ...]  # ids of the directory
    next: tuple[str, ...]  # addresses of other pages
    sources: tuple[str, ...]  # ids of facts
    written: date
    reviewed: date | None
    reviewed_by: str | None
    translation: str | None  # "machine, unreviewed" until a fluent reader has said yes
    body: str  # Markdown

    @property
    def address(self) -> str:
        return f"{self.audience}/{self.situation}"


@cache
def read_pages(language: str) -> Mapping[str, Page]:
    """Every page of a language by its address. Raises UnreadableInput with the file's name and the reason."""
    folder = content_folder(language)
    pages = [read_page(path, language) for path in sorted(folder.glob("*/*.md"))]
    return MappingProxyType({page.address: page for page in pages})


def read_page(path: Path, language: str) -> Page:
    """One page from its file. Raises UnreadableInput with the file's name and the reason."""
    parts = path.read_text("utf-8").split("+++\n", 2)
    if len(parts) != 3 or parts[0]:
        raise UnreadableInput(f"{path.name}: front matter must stand between two lines of +++")
    try:
        page = _page(tomllib.loads(parts[1]), parts[2].strip() + "\n", language)
    except KeyError as missing:
        raise UnreadableInput(f"{path.name}: {missing.args[0]} is missing") from None
    except ValueError as wrong:
        raise UnreadableInput(f"{path.name}: {wrong}") from None
    if page.address != f"{path.parent.name}/{path.stem}":
        raise UnreadableInput(f"{path.name}: audience and situation are not the folder and the file's name")
    return page


def find_page(language: str, audience: str, situation: str) -> Page | None:
    return read_pages(language).get(f"{audience}/{situation}")


def pages_for(language: str, audience: Audience) -> tuple[Page, ...]:
    """The pages for one audience, the one to start with first."""
    mine = [page for page in read_pages(language).values() if page.audience is audience]
    order = {
        address: place for page in mine if page.situation == "start" for place, address in enumerate(page.next)
    }
    return tuple(
        sorted(mine, key=lambda page: (page.situation != "start", order.get(page.address, 99), page.address))
    )


def plain_text(markdown: str) -> str:
    """Markdown as it is read aloud: links become their words, marks of emphasis go."""
    return _EMPHASIS.sub("", _LINK.sub(r"\1", markdown))


def read_aloud(page: Page) -> str:
    """All that a person reads on a page, a heading or a list item being a paragraph of its own."""
    steps = [f"{step.do}\n\n{step.why}" for step in find_steps(page.now, page.audience, page.language)]
    return plain_text("\n\n".join([page.title, page.hope, *steps, page.body]))


def links_of(markdown: str) -> tuple[str, ...]:
    """Where a text points to: `page:child/paid`, `service:ceop`."""
    return tuple(target for _, target in _LINK.findall(markdown))


def unreviewed_pages() -> tuple[Page, ...]:
    """The pages that no person has reviewed yet, in every language."""
    return tuple(
        page
        for language in LANGUAGES
        for page in read_pages(language).values()
        if page.reviewed is None or page.translation is not None
    )


def _page(front: Mapping[str, Any], body: str, language: str) -> Page:
    reviewed = front["reviewed"] or None
    if reviewed is not None and not isinstance(reviewed, date):
        raise ValueError("reviewed must be false or a date")
    return Page(
        language=language,
        audience=Audience(front["audience"]),
        situation=front["situation"],
        title=front["title"],
        short=front["short"],
        hope=front["hope"],
        now=tuple(front["now"]),
        services=tuple(front["services"]),
        next=tuple(front["next"]),
        sources=tuple(front["sources"]),
        written=front["written"],
        reviewed=reviewed,
        reviewed_by=front.get("reviewed_by"),
        translation=front.get("translation"),
        body=body,
    )
