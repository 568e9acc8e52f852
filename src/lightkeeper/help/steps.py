"""What to do now, in the one order that keeps a child and an inquiry safe.

Keep names, words and times (never the picture), stop replying, do not pay, tell someone, report, and only then
block; nothing may hint to the account that anyone was told (FACTS A36-A51, A71-A77, B20). The words are data,
one file a language; the order is here, because it is the same for everyone.
"""

from dataclasses import dataclass
from functools import cache

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.service import Audience
from lightkeeper.help.wording import read_table

# Every step there is, in the order of every page that uses it.
STEP_ORDER = (
    *("calm", "ask", "promise", "set_up", "danger", "be_near", "talk", "never_look"),
    *("ask_police", "no_child", "one_act"),
    *(
        "report_school",
        "keep",
        "stop",
        "stop_friend",
        "no_pay",
        "bank",
        "tell",
        "report",
        "block",
        "take_down",
        "originals",
    ),
)
FIRST_OF_ALL = (
    "calm",
    "danger",
    "never_look",
    "tell",
    "report_school",
)  # a school tells its lead before it writes


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and why or how. Both may hold links in Markdown."""

    key: str  # "keep", "stop", "no_pay"
    do: str
    why: str


def find_steps(keys: tuple[str, ...], audience: Audience, language: str) -> tuple[Step, ...]:
    """The steps of a page in the words for this audience. Raises UnreadableInput for a step without words."""
    return tuple(_step(key, audience, language) for key in keys)


def advice_steps(audience: Audience, language: str) -> tuple[Step, ...]:
    """The advice order itself, for a page that has no list of its own (such as the answer to a check)."""
    return find_steps(("keep", "stop", "no_pay", "tell", "report", "block"), audience, language)


def _step(key: str, audience: Audience, language: str) -> Step:
    words = _words(language).get(key, {})
    for voice in (str(audience), "child" if audience.young else "grown_up"):
        if voice in words:
            return Step(key, words[voice]["do"], words[voice]["why"])
    raise UnreadableInput(f"steps.toml ({language}) has no words of “{key}” for {audience}")


@cache
def _words(language: str) -> dict[str, dict[str, dict[str, str]]]:
    table = read_table(language, "steps.toml")
    return {key: words for key, words in table.items() if isinstance(words, dict)}
