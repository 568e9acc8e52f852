"""Writes what the browser's twin shares with this room, the facts and the limits, as one JavaScript module.

The file is kept in the repository; a test compares it with what is written here.
"""

import json

from lightkeeper.check.exports import limits
from lightkeeper.check.exports.facts import FACTS

_HEAD = "// Written from the Python side (lightkeeper.check.exports.browser); do not edit here.\n"


def facts_module() -> str:
    """The text of `facts.js`."""
    named = {name: value for name, value in vars(limits).items() if name.isupper()}
    numbers = "".join(f"export const {name} = {value};\n" for name, value in named.items())
    return (
        f"{_HEAD}{numbers}export const FACTS = {json.dumps(FACTS, ensure_ascii=False, separators=(',', ':'))};\n"
    )
