"""No note to the school, no empty slot, nothing that was meant for the author alone."""

import re
from collections.abc import Iterator
from functools import cache

from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import PublicWarning, texts
from lightkeeper.warn.wording import read_table

_MUST_BE_FILLED = ("place", "force", "headline", "summary")
_SCHOOL_MUST_FILL = ("name", "signed_by", "role", "website")


def check_leftovers(warning: PublicWarning, _: Circumstances) -> Iterator[Refusal]:
    for field, text in texts(warning):
        for match in _pattern().finditer(text):
            yield Refusal(
                "left_in", field, "This was meant for the author, not for readers.", "Take it out.", match.span()
            )
    empty = [name for name in _MUST_BE_FILLED if not getattr(warning, name).strip()]
    if warning.school:
        empty += [f"school.{name}" for name in _SCHOOL_MUST_FILL if not getattr(warning.school, name).strip()]
        empty += [] if warning.school.leads else ["school.leads"]
    for field in empty:
        yield Refusal("empty_field", field, "Nothing stands here.", "Fill it in.")


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(read_table("leftovers.toml")["patterns"]), re.IGNORECASE)
