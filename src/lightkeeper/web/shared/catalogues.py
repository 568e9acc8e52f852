"""Builds the message catalogues (.po, kept in the repository) into what Django reads (.mo, in the data folder).

At every start, when a source is newer than what was built: no tool has to be installed, and a container whose
code is read-only builds them all the same. A translation marked `fuzzy` (made by a machine, not yet read by a
person) is used too, because half a page in the wrong language helps nobody; `lightkeeper languages` lists them.
"""

import ast
import os
import re
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import polib

WEB = Path(__file__).resolve().parent.parent
_SPEAKERS = {"_", "gettext", "gettext_lazy"}
_CALL = re.compile(r"(?:gettext|\b_)\(u?(?P<text>(?P<quote>['\"]).*?(?<!\\)(?P=quote))\)", re.DOTALL)


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


def messages_in_use() -> Iterator[tuple[str, Path]]:
    """Every English sentence that the pages show through a catalogue, with the file it stands in."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:  # for the command line, which runs without a site
        settings.configure()

    for template in sorted(WEB.glob("public/templates/**/*.html")):
        for call in _CALL.finditer(templatize(template.read_text(encoding="utf-8"))):
            yield str(ast.literal_eval(call.group("text"))), template
    for source in sorted(WEB.glob("public/**/*.py")):
        yield from ((text, source) for text in _spoken_in(source))
    questions = WEB.parent / "report" / "questions.toml"
    for screen in tomllib.loads(questions.read_text(encoding="utf-8"))["screen"]:
        yield screen["title"], questions
        for field in screen["field"]:
            yield from ((field[part], questions) for part in ("label", "hint", "under") if part in field)
            yield from ((label, questions) for _, label in field.get("choices", ()))


def _spoken_in(source: Path) -> Iterator[str]:
    """The sentences that Python code hands to gettext."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(text)), *_]) if name in _SPEAKERS:
                yield text


def missing(language: str) -> list[str]:
    """The sentences that a language has no words for yet."""
    known = {
        entry.msgid
        for source in sources_by_language().get(language, [])
        for entry in polib.pofile(str(source))
        if entry.msgstr and not entry.obsolete
    }
    return list(dict.fromkeys(message for message, _ in messages_in_use() if message not in known))
