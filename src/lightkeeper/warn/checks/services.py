"""No service that has closed: a parent who looks for it stops trusting the rest."""

import re
from collections.abc import Iterator
from functools import cache

from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import PublicWarning, texts
from lightkeeper.warn.wording import read_table


def check_services(warning: PublicWarning, _: Circumstances) -> Iterator[Refusal]:
    for field, text in texts(warning):
        for pattern, ended, now in _closed():
            for match in pattern.finditer(text):
                yield Refusal("closed_service", field, f"This service ended in {ended}.", now, match.span())


@cache
def _closed() -> tuple[tuple[re.Pattern[str], int, str], ...]:
    # Capitals count: "Vine" is the service, a vine is a plant.
    return tuple(
        (re.compile(rf"\b{re.escape(one['name'])}\b"), one["ended"], one["now"])
        for one in read_table("platforms.toml")["closed"]
    )
