"""Builds the message catalogues (.po, kept in the repository) into what Django reads (.mo, in the data folder).

At every start, when a source is newer than what was built: no tool has to be installed, and a container whose
code is read-only builds them all the same. A translation marked `fuzzy` (made by a machine, not yet read by a
person) is used too, because half a page in the wrong language helps nobody; `lightkeeper languages` lists them.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

WEB = Path(__file__).resolve().parent.parent


def compile_catalogues(target: Path) -> Path:
    """Build every language into `target` and return it, for LOCALE_PATHS."""
    for language, sources in sources_by_language().items():
        built = target / language / "LC_MESSAGES" / "django.mo"
        newest = max(source.stat().st_mtime for source in sources)
        if not built.exists() or built.stat().st_mtime < newest:
            build(sources, built)
    return target


def sources_by_language() -> dict[str, list[Path]]:
    """The .po files of all rooms of the web, by language."""
    found: dict[str, list[Path]] = {}
    for source in sorted(WEB.glob("**/locale/*/*.po")):
        found.setdefault(source.parent.name, []).append(source)
    return found


def build(sources: list[Path], built: Path) -> None:
    """Merge catalogues into one .mo. In place in one step: several processes may start at once."""
    whole = polib.POFile()
    for source in sources:
        part = polib.pofile(str(source))
        whole.metadata = whole.metadata or part.metadata
        for entry in part:
            if not entry.obsolete:
                entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
                whole.append(entry)
    built.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=built.parent)
    os.close(handle)
    whole.save_as_mofile(name)
    Path(name).replace(built)


def unreviewed() -> Iterator[tuple[str, Path, int, str]]:
    """Every entry that no person has read yet: language, file, line, the English."""
    for language, sources in sources_by_language().items():
        for source in sources:
            for entry in polib.pofile(str(source)):
                if not entry.obsolete and ("fuzzy" in entry.flags or not entry.msgstr):
                    yield language, source, entry.linenum, entry.msgid
