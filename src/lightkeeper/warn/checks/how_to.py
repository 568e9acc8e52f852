"""Nothing that would teach an offender, or tell one what the police know."""

import re
from collections.abc import Iterator
from functools import cache

from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import PublicWarning, texts
from lightkeeper.warn.wording import read_table


def check_how_to(warning: PublicWarning, _: Circumstances) -> Iterator[Refusal]:
    for field, text in texts(warning):
        for why, pattern in _details():
            for match in pattern.finditer(text):
                yield Refusal(
                    "how_to", field, why, "Say only what a child would notice, and what to do then.", match.span()
                )


@cache
def _details() -> tuple[tuple[str, re.Pattern[str]], ...]:
    details = read_table("how_to.toml")["detail"]
    return tuple((one["why"], re.compile("|".join(one["patterns"]), re.IGNORECASE)) for one in details)
