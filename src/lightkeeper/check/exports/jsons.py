"""Small, strict steps into JSON whose shape nobody promises: whatever is not as expected is simply not there."""

import json
from typing import Any, NoReturn

from lightkeeper.check.exports.draft import whole_text
from lightkeeper.core.errors import UnreadableExport


def parse_json(text: str, format: str = "JSON") -> object:
    """The parsed JSON. Raises UnreadableExport when it is broken or nested too deep for a chat."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        # The decoder's own error holds the text: it must not travel on as a cause.
        raise UnreadableExport("the JSON is broken or cut off", format) from None


def parse_lines(text: str) -> list[object] | None:
    """One JSON value a line, or None when a line is none."""
    try:
        return [json.loads(line, parse_constant=_refuse_constant) for line in text.split("\n") if line.strip(" ")]
    except (ValueError, RecursionError):
        return None


def dict_of(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def list_of(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def dicts_of(value: object) -> list[dict[str, Any]]:
    return [item for item in list_of(value) if isinstance(item, dict)]


def text_of(value: object) -> str:
    """A text as it is; a whole number as its digits; anything else is no text."""
    if isinstance(value, str):
        return whole_text(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _refuse_constant(_: str) -> NoReturn:
    raise ValueError
