"""Details that are harmless one by one can name a child together; a small school has few children."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import Audience, PublicWarning, texts
from lightkeeper.warn.wording import read_table

_OWN_NAMES = ("school.name", "school.leads", "school.signed_by", "school.role", "contacts", "links")
Place = tuple[str, tuple[int, int] | None]


def check_jigsaw(warning: PublicWarning, _: Circumstances) -> Iterator[Refusal]:
    """Refuses what may never stand there, and more kinds of detail than the audience allows."""
    kinds: dict[str, Place] = {}
    for detail in _details():
        for place in _places(detail, warning):
            kinds.setdefault(detail["name"], place)
            if _never(detail, warning):
                yield Refusal(
                    "jigsaw",
                    place[0],
                    f"This names {detail['name']}: people who know the place can work out who it was.",
                    "Say it more widely, or leave it out.",
                    place[1],
                )
    yield from _too_many(kinds, warning)


def _too_many(kinds: dict[str, Place], warning: PublicWarning) -> Iterator[Refusal]:
    audience, allowed = _allowed(warning)
    if len(kinds) > allowed:
        last = list(kinds.values())[-1]
        yield Refusal(
            "jigsaw",
            last[0],
            f"Together these can point at one child: {', '.join(kinds)}. {audience} may read at most {allowed}.",
            f"Take out {len(kinds) - allowed}.",
            last[1],
        )


def _allowed(warning: PublicWarning) -> tuple[str, int]:
    rules = read_table("jigsaw.toml")["allowed"]
    if warning.audience is Audience.AREA:
        return "An area", rules["area"]
    pupils = warning.school.pupils if warning.school else 0
    if pupils < rules["small_school_pupils"]:
        return f"A school with fewer than {rules['small_school_pupils']} pupils", rules["small_school"]
    return "A school", rules["school"]


def _never(detail: dict[str, Any], warning: PublicWarning) -> bool:
    at_school = warning.audience is Audience.SCHOOL
    return bool(detail.get("never") or (at_school and detail.get("never_at_school")))


def _places(detail: dict[str, Any], warning: PublicWarning) -> Iterator[Place]:
    if "field" in detail:
        if getattr(warning, detail["field"]):
            yield f"{detail['field']}[0]", None
        return
    for field, text in texts(warning):
        if not field.startswith((*_OWN_NAMES, "ages")):
            for match in detail["pattern"].finditer(text):
                yield field, match.span()


@cache
def _details() -> tuple[dict[str, Any], ...]:
    details = []
    for one in read_table("jigsaw.toml")["detail"]:
        flags = re.NOFLAG if one.get("case") else re.IGNORECASE
        pattern = re.compile("|".join(one["patterns"]), flags) if "patterns" in one else None
        details.append({**one, "pattern": pattern})
    return tuple(details)
