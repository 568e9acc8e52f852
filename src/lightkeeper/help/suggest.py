"""From a reading of a chat to the pages that fit it. Help knows a Reading's words, never the chat."""

import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from lightkeeper.core.finding import Reading
from lightkeeper.help.service import Audience


def suggest_pages(reading: Reading, audience: Audience) -> tuple[str, ...]:
    """The addresses of the pages that fit a reading, the most urgent first; the start page where none does."""
    return suggest_for(reading.flags, [str(stage) for stage in reading.stages], audience)


def suggest_for(flags: Collection[str], stages: Collection[str], audience: Audience) -> tuple[str, ...]:
    """The same from the words alone, for a page that holds no Reading."""
    voice = "child" if audience.young else "parent"
    fitting = (one[voice] for one in suggestions() if one.get("flag") in flags or one.get("stage") in stages)
    return tuple(dict.fromkeys(fitting)) or (f"{voice}/start",)


@cache
def suggestions() -> tuple[dict[str, str], ...]:
    """The table, in its order; the check page takes it along, so that nothing has to be asked of the server."""
    table = tomllib.loads(files("lightkeeper.help").joinpath("suggestions.toml").read_text("utf-8"))
    return tuple(table["suggestion"])
