"""A poster for a wall, and the card of a post: a lamp and a few large words. Never a photograph of a child."""

from dataclasses import dataclass
from datetime import datetime
from html import escape

from lightkeeper.warn.formats.html import show_url
from lightkeeper.warn.warning import PublicWarning
from lightkeeper.warn.wording import wording


@dataclass(frozen=True, slots=True)
class Line:
    """A name and how to reach it, as large as a thumb."""

    name: str
    reach: str


@dataclass(frozen=True, slots=True)
class Poster:
    language: str
    sender: str
    line: str  # what somebody in fear recognises
    hope: str
    steps: tuple[str, ...]
    help: tuple[Line, ...]
    issued: datetime

    @property
    def title(self) -> str:
        return self.line


def make_poster(warning: PublicWarning) -> Poster:
    """The words that are read from two metres away; nothing of the figures is on it."""
    words = wording(warning.language)
    return Poster(
        language=warning.language,
        sender=warning.force,
        line=words.at("poster/line"),
        hope=words.at("poster/hope"),
        steps=words.steps("poster/steps"),
        help=tuple(Line(one.name, one.phone or show_url(one.url)) for one in warning.contacts),
        issued=warning.issued,
    )


def write_card(poster: Poster) -> str:
    """The picture of a post as SVG, 1200 by 675, in the house's colours; its alt text comes with the post."""
    called = " · ".join(
        one.reach if one.name == one.reach else f"{one.name} {one.reach}" for one in poster.help[:2]
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 675" width="1200" height="675" '
        'font-family="system-ui, sans-serif" fill="#eef2f7"><rect width="1200" height="675" fill="#0f1826"/>'
        '<path d="M1022 392 1200 300v184z" fill="#ffc94d"/><path d="M930 675 948 452h62l18 223z"/>'
        '<path d="M934 438h90v-66l-45-40-45 40z"/><circle cx="979" cy="396" r="19" fill="#ffc94d"/>'
        + _rows(_lines(poster.line, 26), 130, 80, 'font-size="66" font-weight="700"')
        + _rows([poster.hope], 305, 0, 'font-size="40" font-weight="600" fill="#ffc94d"')
        + _rows(list(poster.steps), 385, 62, 'font-size="44" font-weight="600"')
        + _rows([called], 610, 0, 'font-size="38"')
        + "</svg>\n"
    )


def _rows(lines: list[str], top: int, step: int, style: str) -> str:
    rows = (
        f'<text x="80" y="{top + step * place}" {style}>{escape(line)}</text>' for place, line in enumerate(lines)
    )
    return "".join(rows)


def _lines(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
