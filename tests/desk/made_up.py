"""Made-up reports and officers for the desk's tests. No real person, account or number."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.core.report import Harm, Report, Reporter
from lightkeeper.core.suspect import Link, Reason, Strength, Suspect
from lightkeeper.desk.actions.open_report import open_report
from lightkeeper.desk.case import Case, ReplyTo
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import Officer, Role

NOW = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
OFFICER = Officer("sam", "Sam", Role.OFFICER, frozenset({"desk"}))
SECOND = Officer("ali", "Ali", Role.OFFICER, frozenset({"desk"}))
LEAD = Officer("robin", "Robin", Role.LEAD, frozenset({"desk"}))
READER = Officer("kit", "Kit", Role.READER, frozenset({"desk"}))
ADMIN = Officer("jo", "Jo", Role.ADMINISTRATOR, frozenset({"desk"}))
STRANGER = Officer("lee", "Lee", Role.OFFICER, frozenset({"elsewhere"}))
REPLY_TO = ReplyTo("age1example", "ab" * 32)


def made_up(number: int = 1, **changes: Any) -> Report:
    """One report; `changes` replace fields."""
    report = Report(
        id=f"R-{number:04}",
        received=NOW - timedelta(minutes=5),
        reporter=Reporter.CHILD,
        harms=(Harm.OTHER,),
        area="wiltshire",
        age=17,
        suspect=(Identifier(IdentifierKind.HANDLE, f"made.up_{number}", platform="instagram"),),
    )
    return replace(report, **changes)


def open_case(book: Casebook, number: int = 1, team: str = "desk", **changes: Any) -> Case:
    """Open one made-up report as a case."""
    more = {key: changes.pop(key) for key in ("reply_to", "contact", "facts", "told") if key in changes}
    return open_report(book, made_up(number, **changes), team, NOW, **more)


class MadeUpLinkage:
    """A linkage of chains: `MadeUpLinkage(("R-0001", "R-0002"), ("R-0003",))`."""

    def __init__(self, *groups: tuple[str, ...], possible: tuple[tuple[str, str], ...] = ()) -> None:
        self.suspects = tuple(Suspect(f"S-{group[0]}", tuple(sorted(group))) for group in groups)
        reason = (Reason("handle", "same after normalising", 9.0),)
        strong = [Link(a, b, reason) for group in groups for a, b in pairwise(group)]
        weak = [Link(a, b, (Reason("display_name", "same", 2.0),), Strength.POSSIBLE) for a, b in possible]
        self.links = (*strong, *weak)
