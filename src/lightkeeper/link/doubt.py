"""How likely a suspect holds a stranger: an impersonated or hacked account is a victim too."""

import math
from collections.abc import Iterable

from lightkeeper.core.suspect import Link, Strength

WHAT_WOULD_MAKE_IT_WRONG = (
    "What would make this wrong: an account that was taken over or impersonated, a number or an account for",
    "payments that several people use, a name that two people chose. Look for what the reports do not share.",
)


def doubt(link: Link) -> float:
    """The chance that a link is wrong, 0 to 1, from its evidence: one in 1 + e^weight."""
    return 1.0 / (1.0 + math.exp(min(link.weight, 700.0)))


def expected_strangers(links: Iterable[Link]) -> float:
    """How many wrong joins to expect among the links that hold suspects together."""
    return sum(doubt(link) for link in links if link.strength == Strength.LINKED)
