"""Posts for each channel, that fit, with the words for people who do not see the picture."""

import re
import unicodedata
from dataclasses import dataclass

from lightkeeper.core.errors import UnreadableInput, WarningRefused
from lightkeeper.warn.warning import PublicWarning
from lightkeeper.warn.wording import read_table, wording

_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Post:
    """One post: its words and the alt text of its card (see `poster.write_card`)."""

    channel: str
    text: str
    alt: str
    length: int  # as the channel counts it
    limit: int


def write_posts(warning: PublicWarning) -> tuple[Post, ...]:
    """One post for every channel. Raises WarningRefused where even the shortest form does not fit."""
    return tuple(write_post(warning, channel) for channel in channels())


def write_post(warning: PublicWarning, channel: str) -> Post:
    """The fullest form that fits: headline, what to do, whom to call, link. Whom to call always stays."""
    if channel not in channels():
        raise UnreadableInput(f"a channel is one of: {', '.join(channels())}")
    words, rules = wording(warning.language), read_table("formats/channels.toml")[channel]
    harm_free = words.say("post/short", what="").strip()
    link = warning.page if rules.get("clickable_links", True) else ""
    help_line = words.at("post/help")
    forms = (
        (warning.headline + ".", warning.summary, harm_free, help_line, link),
        (warning.headline + ".", harm_free, help_line, link),
        (harm_free, help_line, link),
        (harm_free, help_line),
    )
    alt = words.say("post/alt", headline=words.at("poster/line"))
    for form in forms:
        text = "\n\n".join(part for part in form if part)
        if (length := count_length(text, rules["link"])) <= rules["limit"] and len(alt) <= rules["alt"]:
            return Post(channel, text, alt, length, rules["limit"])
    raise WarningRefused(f"no form of this fits {channel}: shorten the headline")


def check_post(text: str, channel: str) -> int:
    """The length of a post somebody wrote, as the channel counts it. Raises WarningRefused when too long."""
    rules = read_table("formats/channels.toml")[channel]
    length = count_length(text, rules["link"])
    if length > rules["limit"]:
        raise WarningRefused(f"{channel} takes {rules['limit']} characters, this has {length}")
    return length


def count_length(text: str, link: int) -> int:
    """Characters as people see them: an accent belongs to its letter, a link counts as the channel says."""
    links = _LINK.findall(text) if link else []
    shown = unicodedata.normalize("NFC", _LINK.sub("", text) if link else text)
    return len(shown) + link * len(links)


def channels() -> tuple[str, ...]:
    return tuple(read_table("formats/channels.toml"))
