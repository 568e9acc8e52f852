"""Writes what the browser's twin shares with this room: the facts and the limits, as JavaScript modules.

The two files are kept in the repository; a test compares them with what is written here.
"""

import json

from lightkeeper.check.exports import limits
from lightkeeper.check.exports.facts import FACTS

_HEAD = "// Written from the Python side (lightkeeper.check.exports.browser); do not edit here.\n"


def facts_module() -> str:
    """The text of `facts.js`."""
    return f"{_HEAD}export const FACTS = {json.dumps(FACTS, ensure_ascii=False, separators=(',', ':'))};\n"


def limits_module() -> str:
    """The text of `limits.js`."""
    named = {name: value for name, value in vars(limits).items() if name.isupper()}
    return _HEAD + "".join(f"export const {name} = {value};\n" for name, value in named.items())
