"""Lower a band: one named person asks with a reason, another agrees (FACTS E6, E7)."""

from dataclasses import replace
from datetime import datetime

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.actions.second_person import require_second
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import Band, Case, Proposal
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import Officer
from lightkeeper.desk.policy import about_case, require
from lightkeeper.desk.triage import due_at


def ask_to_lower(book: Casebook, case: Case, officer: Officer, now: datetime, band: Band, reason: str) -> Case:
    """Ask for a lower band. Nothing changes until another person agrees. Raises NotAllowed."""
    require(officer, "case.lower", about_case(case))
    if band <= case.band:
        raise NotAllowed(f"{band} is not lower than {case.band}")
    if not reason.strip():
        raise NotAllowed("say why the band should be lower")
    newer = replace(case, proposal=Proposal("lower", officer.id, now, reason.strip(), band=band))
    book.save_case(newer, Act(officer.id, "case.ask_lower", case.id, reason, (("band", str(band)),)))
    return newer


def agree_to_lower(book: Casebook, case: Case, officer: Officer, now: datetime) -> Case:
    """Agree to a lower band that another person asked for. Raises NotAllowed."""
    require(officer, "case.lower", about_case(case))
    proposal = require_second(case, officer, "lower")
    band = proposal.band or case.band
    newer = replace(case, band=band, due=due_at(case.report, band, case.team), proposal=None)
    detail = (("band", str(band)), ("was", str(case.band)), ("asked_by", proposal.by))
    book.save_case(newer, Act(officer.id, "case.lower", case.id, proposal.reason, detail))
    return newer
