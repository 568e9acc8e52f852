"""Every link leads somewhere, in plain sight, to a page that still exists."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import PublicWarning, texts
from lightkeeper.warn.wording import read_table

_IN_TEXT = re.compile(
    r"\b(?:https?://|www\.)\S+|(?<![\w-])[\w-]{1,63}\.(?:ly|co|gl|gd|cc|gy|at|id|ink)(?:/\w+)", re.IGNORECASE
)
_NO_PHONE_NO_LINK = ("emergency", "childline")  # a telephone number is enough for these


def check_links(warning: PublicWarning, _: Circumstances) -> Iterator[Refusal]:
    for field, url in _links(warning):
        if reason := why_not(url):
            yield Refusal("link", field, *reason)
    for field, text in texts(warning):
        for match in _IN_TEXT.finditer(text):
            if reason := why_not(match[0].rstrip(".,;)")):
                yield Refusal("link", field, *reason, match.span())


def why_not(url: str) -> tuple[str, str] | None:
    """What is wrong with a link and how to mend it; None when it may stand."""
    bare = url.strip()
    if not bare or bare == "#" or bare.endswith("://"):
        return "This link leads nowhere.", "Fill in the address, or take the link out."
    parts = urlsplit(bare if "//" in bare else f"https://{bare}")
    host = (parts.hostname or "").lower().removeprefix("www.")
    rules = read_table("links.toml")
    if host in rules["shorteners"]:
        return "A short link hides where it leads, and dies.", "Write the real address."
    if host in rules["gone"]:
        return "This address is gone.", rules["gone"][host]
    if parts.scheme != "https" or "." not in host or parts.username or host.endswith((".example", ".invalid")):
        return "This is no safe address.", "Give a full address that begins with https."
    return None


def _links(warning: PublicWarning) -> Iterator[tuple[str, str]]:
    for place, link in enumerate(warning.links):
        yield f"links[{place}].url", link.url
    for place, contact in enumerate(warning.contacts):
        if contact.url or (contact.id not in _NO_PHONE_NO_LINK):
            yield f"contacts[{place}].url", contact.url
    if warning.school:
        yield "school.website", warning.school.website
    if warning.page:
        yield "page", warning.page
