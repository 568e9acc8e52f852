"""Something more from the reporter: it goes on their case, the rules look again, and a finished case wakes up."""

import secrets
from dataclasses import replace
from datetime import datetime

from lightkeeper.core.errors import NoSuchCase
from lightkeeper.desk.actions.triage_again import triage_again
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import BandReason, Case, Item, ItemKind, Triage
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import CLOCKWORK
from lightkeeper.desk.states import OPEN, State
from lightkeeper.desk.triage import due_at, triage_report


def take_news(book: Casebook, lookup: str, text: str, written: datetime, now: datetime) -> Case:
    """Put what the reporter wrote on their latest case. Raises NoSuchCase when no case has this look-up.

    Words in it can raise the band as words in the report can; a closed or referred case is reopened.
    """
    found = book.cases_behind(lookup)
    if not found:
        raise NoSuchCase("there is no case with this receipt")
    case = book.case_to_change(found[-1].id)
    item = Item(secrets.token_hex(8), case.id, ItemKind.NEWS, written, CLOCKWORK.id, text)
    book.put_item(item, Act(CLOCKWORK.id, "case.news", case.id))
    if case.state not in OPEN:
        case = _wake(book, case)
    elif case.proposal:
        case = _ask_anew(book, case)
    return _raise_for_words(book, triage_again(book, case, now), text, now)


def _wake(book: Casebook, case: Case) -> Case:
    newer = replace(case, state=State.REOPENED, outcome=None, closed=None, proposal=None)
    detail = (("state", str(newer.state)), ("was", str(case.state)))
    book.save_case(newer, Act(CLOCKWORK.id, "case.move", case.id, detail=detail))
    return newer


def _ask_anew(book: Casebook, case: Case) -> Case:
    """What somebody asked for before the news came is not agreed to after it."""
    newer = replace(case, proposal=None)
    book.save_case(newer, Act(CLOCKWORK.id, "case.decline", case.id, detail=(("kind", "news"),)))
    return newer


def _raise_for_words(book: Casebook, case: Case, text: str, now: datetime) -> Case:
    fresh = triage_report(replace(case.report, narrative=text), now, dict(case.facts))
    if fresh.band >= case.band:
        return case
    # The places of the words are in the answer, not in the report: they are not kept.
    reasons = tuple(BandReason(one.rule, one.band, one.says) for one in fresh.reasons if one.band < case.band)
    triage = Triage(fresh.band, (*reasons, *case.triage.reasons), case.triage.unknown)
    newer = replace(case, band=fresh.band, triage=triage, due=due_at(case.report, fresh.band, case.team))
    detail = (("band", str(newer.band)), ("was", str(case.band)))
    book.save_case(newer, Act(CLOCKWORK.id, "case.triage_again", case.id, detail=detail))
    return newer
