"""A reporter without a browser: fills the report in, and sends it as often as it takes."""

import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException

PATIENCE = 20.0  # seconds for one request


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status (0 when nobody answered), and the page."""

    status: int
    page: str

    @property
    def acknowledged(self) -> bool:
        return self.status == 200 and "data-done" in self.page

    @property
    def words(self) -> str:
        """The receipt on the page of thanks."""
        return " ".join(re.findall(r"<li>([a-z]+)</li>", self.page.split('class="words"', 1)[1].split("</ol>")[0]))


def ask(address: str, form: dict[str, str] | None = None) -> Answer:
    """One request. A server that goes away in the middle is status 0, never an error."""
    data = urllib.parse.urlencode(form).encode() if form is not None else None
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data), timeout=PATIENCE) as answer:
            return Answer(answer.status, answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.read().decode(errors="replace"))
    except (OSError, ValueError, HTTPException):  # cut in the middle, refused, or half a header
        return Answer(0, "")


def fill_in(site: str, story: str, **more: str) -> str:
    """Answer the one required question, and give back the sealed answers that the page carries."""
    begun = ask(f"{site}/report")
    form = {"kept": kept_of(begun.page), "screen": "what", "what": story, "go": "next", **more}
    return kept_of(ask(f"{site}/report", form).page)


def fill_in_until_it_works(site: str, story: str, tries: int = 200) -> str:
    for _ in range(tries):
        try:
            return fill_in(site, story)
        except LookupError:
            continue
    raise AssertionError("the form could not be filled in")


def send(site: str, kept: str) -> Answer:
    return ask(f"{site}/report", {"kept": kept, "go": "send"})


def kept_of(page: str) -> str:
    """The answers on their way. Raises LookupError when the page has none."""
    found = re.search(r'name="kept" value="([^"]+)"', page)
    if found is None:
        raise LookupError("no form on this page")
    return found[1]
