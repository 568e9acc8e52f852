"""Write down a KIRAT band that a trained person worked out elsewhere. We never work one out (FACTS E1)."""

from dataclasses import replace

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Case
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import Officer
from lightkeeper.desk.policy import about_case, require

KIRAT_BANDS = ("low", "medium", "high", "very high")


def record_kirat(book: Casebook, case: Case, officer: Officer, band: str) -> Case:
    """Keep the band beside ours; it changes nothing in the queue. Raises NotAllowed."""
    require(officer, "case.triage", about_case(case))
    if band not in KIRAT_BANDS:
        raise NotAllowed(f"a KIRAT band is {', '.join(KIRAT_BANDS)}")
    newer = replace(case, kirat=band)
    book.save_case(newer, Act(officer.id, "case.kirat", case.id, detail=(("kirat", band),)))
    return newer
