"""Place and lift a live-investigation hold on a case or a suspect."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Case, Hold
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import Officer
from lightkeeper.desk.policy import about_case, require


def place_hold(
    book: Casebook,
    officer: Officer,
    now: datetime,
    about: str,
    cases: Iterable[Case],
    reason: str,
    owner: str,
    review_on: date,
) -> Hold:
    """Keep these cases, and everything linked to them, in the house. Raises NotAllowed."""
    covered = tuple(cases)
    for case in covered:
        require(officer, "hold.place", about_case(case))
    if not covered or not reason.strip() or not owner.strip():
        raise NotAllowed("a hold needs a case, a reason and an owner")
    if review_on < now.date():
        raise NotAllowed("the review date has passed")
    anchors = tuple(sorted(case.report.id for case in covered))
    hold = Hold(secrets.token_hex(8), about, anchors, reason.strip(), owner.strip(), review_on, now)
    detail = (("hold", hold.id), ("owner", hold.owner), ("review_on", review_on.isoformat()))
    book.put_hold(hold, Act(officer.id, "hold.place", about, reason, detail))
    return hold


def lift_hold(
    book: Casebook, officer: Officer, now: datetime, hold: Hold, cases: Iterable[Case], reason: str
) -> Hold:
    """Let go of a hold, as a named person who says why. `cases` are those it was placed on. Raises NotAllowed."""
    covered = tuple(cases)
    for case in covered:
        require(officer, "hold.lift", about_case(case))
    if not covered:
        raise NotAllowed("there is no case behind this hold")
    if not reason.strip():
        raise NotAllowed("say why the hold is lifted")
    if not hold.stands:
        raise NotAllowed("this hold was lifted before")
    lifted = replace(hold, lifted_by=officer.id, lifted_at=now, lifted_why=reason.strip())
    book.put_hold(lifted, Act(officer.id, "hold.lift", hold.about, reason, (("hold", hold.id),)))
    return lifted
