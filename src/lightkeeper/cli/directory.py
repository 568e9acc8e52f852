"""lightkeeper directory: what needs a person's check, and the note that a check was made."""

import argparse
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.build_report import find_pending, find_stale
from lightkeeper.help.directory import find_service
from lightkeeper.help.feed import publish_feed
from lightkeeper.help.pages import HIGHEST_GRADE, read_aloud, read_pages, unreviewed_pages
from lightkeeper.help.records import read_services, services_folder, write_service
from lightkeeper.help.reference import write_reference
from lightkeeper.help.service import Service, Verification
from lightkeeper.help.wording import LANGUAGES, unreviewed_tables
from lightkeeper.warn.grade import reading_grade, worst_sentences

SUMMARY = "Keep the directory of helplines and report routes true: list what is unchecked, mark what was checked."
EXAMPLE = """
lightkeeper directory report
lightkeeper directory verify samaritans --by "A. Person" --by "B. Person" --note "rang it; their page agrees"
lightkeeper directory pages
lightkeeper directory feed > directory.json
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    report = actions.add_parser("report", help="list the records that are unchecked or stale")
    report.add_argument("--strict", action="store_true", help="exit with 1 when a record is past its review date")
    verify = actions.add_parser("verify", help="note that a record was checked, by whom and when")
    verify.add_argument("service", metavar="ID", help="the record, such as samaritans")
    verify.add_argument(
        "--by", action="append", required=True, metavar="NAME", help="who checked; twice for a number"
    )
    verify.add_argument("--note", required=True, help="how it was checked, in a few words")
    pages = actions.add_parser("pages", help="list the help pages and translations that no person has reviewed")
    pages.add_argument("--grades", action="store_true", help="each page's reading grade, and its hardest sentence")
    feed = actions.add_parser("feed", help="print the directory as an open JSON feed")
    reference = actions.add_parser("reference", help="print the tables of docs/reference/directory.md")
    for action in (report, verify, pages, feed, reference):
        action.add_argument("--today", type=_day, default=None, metavar="DATE", help="act as if it were this day")
        action.add_argument("--folder", type=Path, default=services_folder(), help="the folder with the records")


def run(options: argparse.Namespace) -> int:
    today = options.today or datetime.now(UTC).date()
    match options.action:
        case "verify":
            return verify_record(
                options.folder, options.service, Verification(today, tuple(options.by), options.note)
            )
        case "pages":
            return print_grades() if options.grades else print_pages()
        case "feed":
            json.dump(publish_feed(read_services(options.folder), today), sys.stdout, ensure_ascii=False, indent=2)
            print()
            return 0
        case "reference":
            every_page = [page for language in LANGUAGES for page in read_pages(language).values()]
            print(write_reference(read_services(options.folder), every_page), end="")
            return 0
        case _:
            return print_report(read_services(options.folder), today, strict=options.strict)


def print_report(services: tuple[Service, ...], today: date, strict: bool) -> int:
    """Print the build report. Returns 1 under `strict` when a record is past its review date."""
    pending, stale = find_pending(services, today), find_stale(services, today)
    print(f"{len(services)} records, {len(pending)} not checked by a person, {len(stale)} past their review date")
    for one in pending:
        print(f"  {one.line}")
    return 1 if strict and stale else 0


def print_pages() -> int:
    for page in unreviewed_pages():
        state = page.translation or "written, not reviewed"
        print(f"  {page.language}/{page.address}: {state}")
    for table in unreviewed_tables():
        print(f"  {table}: not reviewed")
    return 0


def print_grades() -> int:
    """Print each page's reading grade beside the highest it may have. Returns 1 when one is too hard."""
    too_hard = 0
    for language in LANGUAGES:
        for page in read_pages(language).values():
            text, highest = read_aloud(page), HIGHEST_GRADE[page.audience]
            grade = reading_grade(text, language)
            too_hard += grade > highest
            (hardest,) = worst_sentences(text, 1, language)
            print(f"{grade:5.1f} of {highest}  {language}/{page.address}")
            print(f"           hardest ({hardest.grade:.1f}): {hardest.sentence}")
    return 1 if too_hard else 0


def verify_record(folder: Path, service_id: str, verified: Verification) -> int:
    """Write who checked a record and when. Raises UnreadableInput when the check is not good enough."""
    service = find_service(read_services(folder), service_id)
    if service is None:
        raise UnreadableInput("no such record; `lightkeeper directory report` lists them")
    if not verified.note.strip() or not all(name.strip() for name in verified.by):
        raise UnreadableInput("say who checked the record, and how")
    people = {name.strip().casefold() for name in verified.by}
    if service.phones and len(people) < 2:
        raise UnreadableInput("a record with a number needs two different people: give --by twice")
    path = write_service(folder, service, verified)
    print(f"{path.name}: checked on {verified.on}, next review by {service.next_review(verified.on)}")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a date like 2026-01-31") from None
