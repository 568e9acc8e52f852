"""Take in a partner's reports: JSON Lines in our own contract, or referrals with NCMEC-style fields."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lightkeeper.core.errors import AlreadyHere, InvalidReport
from lightkeeper.core.report import Report, parse_report
from lightkeeper.desk.actions.open_report import open_report
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Case
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.exchange.ncmec import read_referral
from lightkeeper.desk.people import Officer
from lightkeeper.desk.policy import require


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an import: new cases, how many were here already, and the lines that could not be read."""

    cases: tuple[Case, ...]
    here_already: int
    unreadable: tuple[str, ...]  # "line 3, received: is missing"


def take_partner_file(
    book: Casebook, officer: Officer, now: datetime, team: str, lines: Iterable[str], form: str
) -> Taken:
    """Take every line that can be read; say which could not, and why. `form` is `lightkeeper` or `ncmec`."""
    require(officer, "import.take")
    read = read_referral if form == "ncmec" else parse_report
    cases: list[Case] = []
    here, bad = 0, []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            cases.append(_take(book, officer, now, team, read(line)))
        except AlreadyHere:
            here += 1
        except InvalidReport as error:
            bad.append(str(error.at(number)))
    detail = (("form", form), ("cases", str(len(cases))), ("here", str(here)), ("unreadable", str(len(bad))))
    book.record(Act(officer.id, "import.take", team, detail=detail))
    return Taken(tuple(cases), here, tuple(bad))


def _take(book: Casebook, officer: Officer, now: datetime, team: str, report: Report) -> Case:
    return open_report(book, report, team, now, officer)
