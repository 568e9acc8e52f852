"""From two answers to the service that gets a picture taken down, and what to expect there.

We never see, fetch, hash or ask for a picture (FACTS B12): the answer is a name and a link. The rules are data
(`takedown.toml`): under 18 in the UK, Report Remove; under 18 elsewhere, or grown up with a picture from before,
Take It Down; an adult, StopNCII (FACTS B8-B11).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.areas import is_in_uk, reach
from lightkeeper.help.platforms import Platform, find_platform
from lightkeeper.help.service import Audience
from lightkeeper.help.wording import read_table

WEBSITE, NOT_SHARED, UNKNOWN = "website", "not_shared", "unknown"
ELSEWHERE = (WEBSITE, NOT_SHARED, UNKNOWN)  # answers to "where is it?" that are no platform


class PictureAge(StrEnum):
    """How old the person in the picture is: now, and when it was made."""

    UNDER_18 = "under_18"
    WAS_UNDER_18 = "was_under_18"
    ADULT = "adult"


@dataclass(frozen=True, slots=True)
class Route:
    """Where to go first, what helps beside it, and what to know. `rule` says why it came out so."""

    rule: str
    first: str  # id of a service
    also: tuple[str, ...]
    notes: tuple[str, ...]  # keys of the words in takedown.toml of a language
    platform: str | None  # id of the platform whose own report button helps as well

    @property
    def services(self) -> tuple[str, ...]:
        return (self.first, *self.also)


def route_takedown(age: PictureAge, place: str, platform: str = UNKNOWN) -> Route:
    """The service for a picture of someone this old, who lives in `place`, on `platform` (or one of ELSEWHERE).

    Raises UnreadableInput for a place or a platform that is not in the lists.
    """
    rules = _rules()
    where = "uk" if is_in_uk(place) else "elsewhere"
    rule = next(one for one in rules["rule"] if one["age"] == age and one["place"] in (where, "any"))
    local = [service for area in reach(place) for service in rules["local"].get(area, ())]
    also = dict.fromkeys([*rule["also"], *local])  # in order, each once
    found = None if platform in ELSEWHERE else find_platform(platform)
    return Route(
        rule=rule["name"],
        first=rule["first"],
        also=tuple(service for service in also if service != rule["first"]),
        notes=tuple(rules["notes"][_whereabouts(found) if found else platform]),
        platform=found.id if found and found.reportable else None,
    )


def audience_of(age: PictureAge) -> Audience:
    """Who reads the answer: a child, or somebody grown up."""
    return Audience.CHILD if age is PictureAge.UNDER_18 else Audience.ADULT


def what_to_expect(service: str, language: str) -> tuple[str, ...]:
    """What happens at a take-down service, sentence by sentence; empty for a service we have no words for."""
    return tuple(read_table(language, "takedown.toml")["expect"].get(service, ()))


def words_of_note(note: str, language: str) -> str:
    """A note's words. Raises UnreadableInput when a language has none."""
    try:
        return str(read_table(language, "takedown.toml")["notes"][note])
    except KeyError:
        raise UnreadableInput(f"takedown.toml ({language}) has no words for “{note}”") from None


def rule_names() -> tuple[str, ...]:
    return tuple(rule["name"] for rule in _rules()["rule"])


def _whereabouts(platform: Platform) -> str:
    return str(platform.reach) if platform.reachable and platform.reach else "closed"


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(files("lightkeeper.help").joinpath("takedown.toml").read_text("utf-8"))
