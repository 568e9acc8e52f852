"""The command `warn`: from figures to a letter, a bulletin, posts and a feed, or the reasons why not."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from lightkeeper.core.errors import UnreadableInput

SUMMARY = "Write a letter, a bulletin, posts or a feed from figures, or say what must change before they go out."
EXAMPLE = """
lightkeeper watch reports.jsonl --by platform --json > figures.json
lightkeeper warn bulletin --figures figures.json --place wiltshire --out drafts
lightkeeper warn letter --place gloucestershire --school school.toml --out drafts
"""
FORMS = ("letter", "bulletin", "post", "feed")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", choices=FORMS, help="what to write")
    parser.add_argument("--figures", type=Path, metavar="F.json", help="what `lightkeeper watch --json` printed")
    parser.add_argument(
        "--place", required=True, metavar="NAME", help="a police force area, such as gloucestershire"
    )
    parser.add_argument(
        "--school", type=Path, metavar="S.toml", help="name, leads, signed_by, role, website, pupils"
    )
    parser.add_argument("--language", default="en", help="en or cy")
    parser.add_argument("--held", action="append", default=[], metavar="ID", help="an id under a hold")
    parser.add_argument("--behind", action="append", default=[], metavar="ID", help="an id it was made from")
    parser.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="where the files are written")


def run(options: argparse.Namespace) -> int:
    from lightkeeper.core.place import place
    from lightkeeper.warn.circumstances import Circumstances
    from lightkeeper.warn.compose import Choices, compose_warning
    from lightkeeper.warn.figures import read_figures
    from lightkeeper.warn.formats.html import write_html
    from lightkeeper.warn.formats.letter import outline_letter
    from lightkeeper.warn.gate import pass_gate
    from lightkeeper.warn.warning import Kind

    now = datetime.now(UTC).replace(microsecond=0)
    choices = Choices(
        issued=now, language=options.language, behind=tuple(options.behind), school=_school(options.school)
    )
    figures = read_figures(_read(options.figures)) if options.figures else None
    warning = compose_warning(Kind.LETTER, place(options.place), choices, figures)
    pass_gate(warning, Circumstances(now, held=frozenset(options.held)))
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / f"{warning.id}.html"
    path.write_text(write_html(outline_letter(warning)), encoding="utf-8")
    print(path)
    return 0


def _school(path: Path | None):  # type: ignore[no-untyped-def]
    import tomllib

    from lightkeeper.warn.exchange import from_json
    from lightkeeper.warn.warning import School

    return from_json(School, tomllib.loads(_read(path)), "school") if path else None


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise UnreadableInput(f"cannot read {path}") from None
