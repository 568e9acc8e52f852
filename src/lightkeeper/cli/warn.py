"""The command `warn`: from figures to a letter, a bulletin, posts and a feed, or the reasons why not."""

import argparse
import json
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lightkeeper.core.errors import UnreadableInput

if TYPE_CHECKING:
    from lightkeeper.warn.compose import Choices
    from lightkeeper.warn.figures import Figures
    from lightkeeper.warn.warning import Kind

SUMMARY = "Write a letter, a bulletin, posts or a feed from figures, or say what must change before they go out."
EXAMPLE = """
lightkeeper warn bulletin --figures figures.json --place wiltshire --out drafts
lightkeeper warn letter --place gloucestershire --school school.toml --out drafts
lightkeeper warn check drafts/wiltshire-warning-2026-01-31-en.draft.json
lightkeeper warn examples --out docs/examples
"""
FORMS = {
    "letter": ("html", "pdf", "text", "word", "box", "draft"),
    "bulletin": ("html", "pdf", "text", "word", "poster", "cap", "feed", "draft"),
    "post": ("posts", "card", "sms", "poster", "draft"),
    "feed": ("feed", "cap", "draft"),
}
# What a fluent reader must see before they can sign it, and an author while writing.
_PREVIEWABLE = frozenset({"translation_unreviewed", "reading_grade", "hard_sentence"})
_T = TypeVar("_T")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", choices=(*FORMS, "check", "examples"), help="what to write, or what to do")
    parser.add_argument("file", nargs="?", type=Path, help="for check: a warning's JSON, or any text")
    parser.add_argument("--figures", type=Path, metavar="F.json", help="what `lightkeeper watch --json` printed")
    parser.add_argument("--place", metavar="NAME", help="a police force area, such as gloucestershire")
    parser.add_argument("--kind", help="warning, bulletin, appeal, summary or letter; else by form and figures")
    parser.add_argument(
        "--school", type=Path, metavar="S.toml", help="name, leads, signed_by, role, website, pupils"
    )
    parser.add_argument("--quote", type=Path, metavar="Q.toml", help="text, role, unit and, where needed, note")
    parser.add_argument("--language", default="en", help="en or cy")
    parser.add_argument("--reviewed-by", default="", metavar="NAME", help="the fluent reader of a translation")
    parser.add_argument("--exact", type=Path, metavar="A.toml", help="name, rank, reason: say the exact number")
    parser.add_argument("--at-least", action="store_true", help='say "at least" before the number')
    parser.add_argument("--issued", metavar="D", help="the day it is issued, like 2026-01-31; else today")
    parser.add_argument("--page", default="", metavar="URL", help="where it will stand on the web")
    parser.add_argument("--behind", type=Path, metavar="IDS.txt", help="ids it was made from, one a line")
    parser.add_argument("--held", type=Path, metavar="IDS.txt", help="ids under a hold, one a line")
    parser.add_argument(
        "--preview", action="store_true", help="write a translation or a hard text for its readers"
    )
    parser.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="where the files are written")


def run(options: argparse.Namespace) -> int:
    if options.form == "examples":
        from lightkeeper.cli.examples.five_pieces import write_examples

        print("\n".join(str(path) for path in write_examples(options.out)))
        return 0
    if options.form == "check":
        return _check(options)
    return _write(options)


def _write(options: argparse.Namespace) -> int:
    """Compose, ask the gate, write. Everything written here is a draft and says so."""
    from lightkeeper.core.errors import WarningRefused
    from lightkeeper.core.place import place
    from lightkeeper.warn.circumstances import Circumstances
    from lightkeeper.warn.compose import compose_warning
    from lightkeeper.warn.files import files_of
    from lightkeeper.warn.formats.outline import DRAFT
    from lightkeeper.warn.gate import pass_gate, refusals_of

    if not options.place:
        raise UnreadableInput("name a police force area with --place")
    figures = _figures(options.figures)
    choices = _choices(options)
    kind = _kind(options, figures)
    warning = compose_warning(kind, place(options.place), choices, figures)
    circumstances = Circumstances(choices.issued, held=frozenset(_ids(options.held)))
    if options.preview and {one.check for one in refusals_of(warning, circumstances)} <= _PREVIEWABLE:
        warned = [f"{one}" for one in refusals_of(warning, circumstances)]
        print("\n".join(f"preview only, {line}" for line in warned))
    else:
        try:
            pass_gate(warning, circumstances)
        except WarningRefused as error:
            raise WarningRefused(f"{error}\n(--preview writes a draft for its reviewers)") from None
    options.out.mkdir(parents=True, exist_ok=True)
    for name, content in files_of(warning, DRAFT, FORMS[options.form]).items():
        (options.out / name).write_bytes(content)
        print(options.out / name)
    return 0


def _check(options: argparse.Namespace) -> int:
    """Say everything that must change in a saved warning, or the loaded words and the grade of any text."""
    from lightkeeper.core.errors import WarningRefused
    from lightkeeper.warn.circumstances import Circumstances
    from lightkeeper.warn.exchange import from_json
    from lightkeeper.warn.gate import refusals_of
    from lightkeeper.warn.refusal import excerpt
    from lightkeeper.warn.warning import PublicWarning

    if options.file is None:
        raise UnreadableInput("name a file to check: a warning's JSON, or any text")
    text = _read(options.file)
    if options.file.suffix != ".json":
        return _check_text(text, options.language)
    warning = from_json(PublicWarning, _parse(text), "warning")
    refusals = refusals_of(warning, Circumstances(datetime.now(UTC), held=frozenset(_ids(options.held))))
    for refusal in refusals:
        print(f"{refusal}\n    {excerpt(warning, refusal)}")
    if refusals:
        raise WarningRefused(f"{len(refusals)} to mend before this can go out")
    print("nothing speaks against it; four steps of approval come next")
    return 0


def _check_text(text: str, language: str) -> int:
    from lightkeeper.core.errors import WarningRefused
    from lightkeeper.warn.grade import reading_grade, worst_sentences
    from lightkeeper.warn.language import find_loaded_words

    print(f"reading grade {reading_grade(text, language):.1f}; the hardest sentences:")
    for worst in worst_sentences(text, 3, language):
        print(f"  {worst.grade:5.1f}  {worst.sentence}")
    words = find_loaded_words(text, language)
    for word in words:
        line, quoted = text.count("\n", 0, word.span[0]) + 1, " (in a quotation)" if word.quoted else ""
        print(f"line {line}{quoted}: [{text[slice(*word.span)]}] {word.why} Write: {word.instead}.")
    if any(not word.quoted for word in words):
        raise WarningRefused("words to mend before this can go out")
    return 0


def _choices(options: argparse.Namespace) -> "Choices":
    from lightkeeper.warn.compose import Choices
    from lightkeeper.warn.warning import NumberApproval, Quote, School

    return Choices(
        issued=_issued(options.issued),
        language=options.language,
        reviewed_by=options.reviewed_by,
        at_least=options.at_least,
        exact=_toml(NumberApproval, options.exact),
        quote=_toml(Quote, options.quote),
        school=_toml(School, options.school),
        behind=_ids(options.behind),
        page=options.page,
    )


def _kind(options: argparse.Namespace, figures: "Figures | None") -> "Kind":
    from lightkeeper.warn.warning import Kind

    if options.kind:
        if options.kind not in list(Kind):
            raise UnreadableInput(f"a kind is one of: {', '.join(Kind)}")
        return Kind(options.kind)
    if options.form == "letter":
        return Kind.LETTER
    return Kind.BULLETIN if figures and figures.comparison else Kind.WARNING


def _issued(day: str | None) -> datetime:
    if day is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=9)
    except ValueError:
        raise UnreadableInput("a day is written like 2026-01-31") from None


def _figures(path: Path | None) -> "Figures | None":
    from lightkeeper.warn.figures import read_figures

    return read_figures(_read(path)) if path else None


def _toml(kind: type[_T], path: Path | None) -> _T | None:
    from lightkeeper.warn.exchange import from_json

    if path is None:
        return None
    try:
        return from_json(kind, tomllib.loads(_read(path)), path.name)
    except (ValueError, RecursionError):
        raise UnreadableInput(f"{path} is not TOML") from None


def _ids(path: Path | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in _read(path).splitlines() if line.strip()) if path else ()


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise UnreadableInput("this is not the JSON of a warning") from None


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise UnreadableInput(f"cannot read {path}") from None
