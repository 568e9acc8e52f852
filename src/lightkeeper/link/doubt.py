"""How likely a suspect holds a stranger: an impersonated or hacked account is a victim too.

The figures in `doubt.json` are measured, not thought out: how many links of each strength were wrong among made-up
reports whose answer is known.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from lightkeeper.core.suspect import Link, Strength

WHAT_WOULD_MAKE_IT_WRONG = (
    "What would make this wrong: an account that was taken over or impersonated, a number or an account for",
    "payments that several people use, a name that two people chose. Look for what the reports do not share.",
)


@dataclass(frozen=True, slots=True)
class Band:
    """Links of a weight of `least` and above, up to the next band: how many were measured, how many were wrong."""

    least: float
    links: int
    wrong: int

    @property
    def rate(self) -> float:
        """How often such a link was wrong, 0 to 1."""
        return self.wrong / self.links


def doubt(link: Link) -> float:
    """The chance that a link is wrong, 0 to 1, from its evidence: one in 1 + e^weight."""
    return 1.0 / (1.0 + math.exp(min(link.weight, 700.0)))


def say_rate(rate: float) -> str:
    """How often, in words that a court understands: "20 in 100", "1 in 1,100"."""
    return f"{round(rate * 100)} in 100" if rate >= 0.1 else f"1 in {round(1 / rate):,}"


def measured_bands() -> tuple[Band, ...]:
    """From the weakest links that join to the strongest."""
    return tuple(Band(**one) for one in _table()["bands"])


def measured_source() -> str:
    return str(_table()["source"])


def band_of(link: Link) -> Band:
    """What was measured of links as strong as this one; a weaker one is taken as one of the weakest."""
    bands = measured_bands()
    return next((band for band in reversed(bands) if link.weight >= band.least), bands[0])


def expected_strangers(links: Iterable[Link]) -> float:
    """How many wrong joins to expect among the links that hold suspects together, as measured."""
    return sum(band_of(link).rate for link in links if link.strength == Strength.LINKED)


def wrong_if(links: Iterable[Link]) -> tuple[str, ...]:
    """What would make these links wrong, by what they rest on, with what to look for."""
    kinds = {
        kind for link in links for reason in link.reasons for kind in reason.kind.split("+") if reason.weight > 0
    }
    return tuple(one["what"] for one in _table()["wrong_if"] if kinds.intersection(one["kinds"]))


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(__package__).joinpath("doubt.json").read_text("utf-8"))
    return found
