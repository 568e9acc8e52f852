"""Whether something in a page acts that somebody typed: the judge of every test of cross-site scripting."""

from html.parser import HTMLParser
from typing import Any

from tests.trust.payloads import MARK


class Acting(HTMLParser):
    """Every place of a page where the payloads' mark, or a script in an address, would do something."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.places: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            does = name.startswith("on") or name in ("srcdoc", "style")
            leads = name in ("href", "src", "action", "formaction") and (value or "").strip().startswith(
                "javascript"
            )
            if (does and MARK in (value or "")) or leads or MARK in name:
                self.places.append(f"{tag} {name}")

    def handle_data(self, data: str) -> None:
        if MARK in data and self.cdata_elem in ("script", "style"):
            self.places.append("inside a script")


def acts(response: Any) -> list[str]:
    """The places in a response where a payload acts; empty when all is well, or when it is no page."""
    if "html" not in response.get("Content-Type", ""):
        return []
    return Acting(response.content.decode(errors="replace")).places
