"""Where the words of the help pages live: one folder a language, English being the one that is always whole."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from lightkeeper.core.errors import UnreadableInput

LANGUAGES = ("en", "cy")


def content_folder(language: str) -> Path:
    """The folder with a language's pages. Raises UnreadableInput for a language that has none."""
    if language not in LANGUAGES:
        raise UnreadableInput(f"there are no help pages in that language; one of: {', '.join(LANGUAGES)}")
    return Path(str(files("lightkeeper.help"))) / "content" / language


@cache
def read_table(language: str, name: str) -> dict[str, Any]:
    """One file of words in TOML, read once."""
    return tomllib.loads((content_folder(language) / name).read_text("utf-8"))


def unreviewed_tables() -> tuple[str, ...]:
    """The files of words, by language and name, that no person has reviewed yet."""
    return tuple(
        f"{language}/{path.name}"
        for language in LANGUAGES
        for path in sorted(content_folder(language).glob("*.toml"))
        if not read_table(language, path.name).get("reviewed")
    )
