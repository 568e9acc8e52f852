"""The five pieces in `docs/examples`, each made from the demo's made-up reports and passed through everything."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from lightkeeper.core.place import place
from lightkeeper.core.report import Report, read_reports
from lightkeeper.link.engines.in_memory import link_reports
from lightkeeper.warn.approval import Approval, Person, standing_of, take_step
from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.compose import Choices, compose_warning
from lightkeeper.warn.exchange import as_json
from lightkeeper.warn.figures import Figures, figures_from_json
from lightkeeper.warn.files import files_of
from lightkeeper.warn.warning import Kind, NumberApproval, PublicWarning, Quote, School
from lightkeeper.watch.compare import compare_tables
from lightkeeper.watch.counts import Known, count_reports, open_reports
from lightkeeper.watch.definition import DEFINITIONS
from lightkeeper.watch.period import Period

_EXACT = NumberApproval(
    "Head of the child protection team", "superintendent", "The public should know how many it is."
)
_QUOTE = Quote(
    "Telling someone is the bravest thing you can do, and it works. Whatever you were asked for, and whatever you "
    "did, we will listen and we will help you.",
    "Detective Inspector",
    "Child Exploitation Team",
)
_SCHOOL = School(
    name="Harbour View School",
    leads=("Ms Lantern", "Mr Keel"),
    signed_by="Ms Lantern",
    role="Designated Safeguarding Lead",
    website="https://www.example.org/",
    pupils=900,
)
# The four who look at it, as examples; a real team signs with its own names.
_PEOPLE = {
    "submit": Person("the author", frozenset({"author"})),
    "agree": Person("the safeguarding lead", frozenset({"safeguarding_lead"})),
    "clear": Person("the police lead", frozenset({"police"})),
    "publish": Person("the publisher", frozenset({"publisher"})),
}
_FORMS = ("html", "pdf", "text", "card", "posts", "sms", "cap", "feed", "json")


@dataclass(frozen=True, slots=True)
class Example:
    """One piece: whose reports, which days, what is said, and what is held."""

    name: str
    kind: Kind
    area: str
    reports: str
    definition: str
    period: Period
    issued: date
    against: Period | None = None
    at_least: bool = False
    held: frozenset[str] = frozenset()
    forms: tuple[str, ...] = _FORMS


EXAMPLES = (
    Example(
        "warning",
        Kind.WARNING,
        "gloucestershire",
        "gloucestershire-2022-since-may",
        "sextortion-1",
        Period(date(2022, 5, 1), date(2022, 9, 30)),
        date(2022, 10, 3),
        at_least=True,
        forms=(*_FORMS, "poster"),
    ),
    Example(
        "bulletin",
        Kind.BULLETIN,
        "wiltshire",
        "wiltshire-2021-2023",
        "sextortion-1",
        Period(date(2022, 10, 1), date(2023, 9, 30)),
        date(2023, 10, 9),
        against=Period(date(2021, 10, 1), date(2022, 9, 30)),
    ),
    Example(
        "appeal",
        Kind.APPEAL,
        "cheshire",
        "cheshire-2023-one-suspect",
        "all-1",
        Period(date(2023, 1, 1), date(2023, 12, 31)),
        date(2024, 1, 8),
        held=frozenset({"CH-001"}),
    ),
    Example(
        "summary",
        Kind.SUMMARY,
        "gloucestershire",
        "gloucestershire-2017-six-weeks",
        "image-shared-1",
        Period(date(2017, 11, 20), date(2018, 1, 7)),
        date(2018, 1, 11),
    ),
    Example(
        "letter",
        Kind.LETTER,
        "gloucestershire",
        "gloucestershire-2022-since-may",
        "sextortion-1",
        Period(date(2022, 5, 1), date(2022, 9, 30)),
        date(2022, 10, 5),
        at_least=True,
        forms=("html", "pdf", "text", "box", "json"),
    ),
)


def write_examples(folder: Path) -> Iterator[Path]:
    """Write every piece with its forms and its approval; the same bytes each time. Yields what was written."""
    for example in EXAMPLES:
        warning, approval = publish_example(example)
        home = folder / example.name
        home.mkdir(parents=True, exist_ok=True)
        standing = standing_of(approval, warning, warning.issued)
        written = files_of(warning, standing, example.forms)
        written[f"{warning.id}.approval.json"] = _json(as_json(approval))
        for name, content in written.items():
            (home / name).write_bytes(content)
            yield home / name


def publish_example(example: Example) -> tuple[PublicWarning, Approval]:
    """Count, compose, ask the gate and take the four steps, as a team would."""
    reports = read_demo(example.reports)
    # Linking is asked only where something is held, so that these files change with our words and not with it.
    suspects = link_reports(reports).assignments if example.held else {}
    known = Known(suspects=suspects, held=example.held)
    warning = compose_example(example, reports, known)
    approval = Approval(warning.id)
    for number, (step, person) in enumerate(_PEOPLE.items()):
        circumstances = Circumstances(warning.issued + timedelta(minutes=number), held=_held(reports, known))
        approval = take_step(approval, step, person, f"Read by {person.name}.", warning, circumstances)
    return warning, approval


def compose_example(example: Example, reports: Sequence[Report], known: Known) -> PublicWarning:
    choices = Choices(
        issued=datetime.combine(example.issued, datetime.min.time(), UTC).replace(hour=9),
        id=f"{example.area}-{example.issued}-{example.name}",
        at_least=example.at_least,
        exact=_EXACT,
        quote=None if example.kind is Kind.LETTER else _QUOTE,
        school=_SCHOOL if example.kind is Kind.LETTER else None,
        behind=tuple(sorted(one.id for one in open_reports(reports, known))),
        page=f"https://www.example.org/warnings/{example.issued}",
    )
    figures = None if example.kind is Kind.APPEAL else count_example(example, reports, known)
    return compose_warning(example.kind, place(example.area), choices, figures)


def count_example(example: Example, reports: Sequence[Report], known: Known) -> Figures:
    """The figures as `lightkeeper watch --json` prints them."""
    definition = DEFINITIONS[example.definition]
    now = count_reports(reports, example.period, ("platform",), definition, known=known)
    compared = None
    if example.against:
        before = count_reports(reports, example.against, ("platform",), definition, known=known)
        compared = compare_tables(now, before).as_json()
    return figures_from_json({"counts": now.as_json(), "comparison": compared})


def read_demo(name: str) -> tuple[Report, ...]:
    """One of the demo's files of made-up reports."""
    with files("lightkeeper.cli").joinpath("demo_reports", f"{name}.jsonl").open("rb") as lines:
        return tuple(read_reports(lines))


def _held(reports: Sequence[Report], known: Known) -> frozenset[str]:
    return frozenset(one.id for one in reports) - frozenset(one.id for one in open_reports(reports, known))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
