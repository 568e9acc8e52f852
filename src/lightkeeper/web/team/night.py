"""The nightly round on this site's casebook, and what is kept of it: figures, and drafts for authors."""

import logging
from datetime import datetime

from django.db import transaction

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.desk.audit import Act
from lightkeeper.desk.case import name_case
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import CLOCKWORK, Officer
from lightkeeper.rounds import Draft, RoundResult, run_round
from lightkeeper.warn.approval import Approval
from lightkeeper.warn.exchange import as_json
from lightkeeper.watch.events import Event
from lightkeeper.web.casebook.linked import settle
from lightkeeper.web.team.linking import fill_index, link_latecomers, look_again
from lightkeeper.web.team.models import Alarm, Round, Warned
from lightkeeper.web.team.open_figures import known_events
from lightkeeper.web.team.publications import put_on_shelf, recalls, said_so_far


def run_night(book: Casebook, now: datetime, officer: Officer = CLOCKWORK) -> RoundResult:
    """Link, count, draft; keep the figures and the drafts, and look at every waiting case again.

    Linking a large book takes minutes, and no transaction is open meanwhile: the desk works on through the night.
    """
    result = run_round(book, now.date(), published=said_so_far(), events=_events())
    _keep(book, result, now, officer)
    look_again(book, (report for suspect in book.suspects() for report in suspect.reports), now)
    return result


@transaction.atomic
def _keep(book: Casebook, result: RoundResult, now: datetime, officer: Officer) -> None:
    book.record(Act(officer.id, "rounds.run", detail=(("suspects", str(len(result.linkage.suspects))),)))
    fill_index(book)
    settle(result.linkage)
    link_latecomers(book)
    body = [
        {"area": one.place.slug, "name": one.place.name, "sentence": one.comparison.sentence, **one.as_json()}
        for one in result.figures
    ]
    held = sorted(name_case(report) for report in book.held_reports())
    Round.objects.create(at=now, by=officer.id, body=body, held=held)
    for one, draft in zip(result.figures, result.drafts, strict=True):
        _keep_draft(one.place.slug, draft, now)
    for alarm in result.alarms:
        Alarm.objects.get_or_create(
            series=alarm.series,
            week=alarm.week,
            defaults={"at": now, "sentence": " ".join((alarm.sentence, *(f"{one}." for one in alarm.events)))},
        )
    for recall in recalls(book, now):
        book.record(Act(officer.id, "warning.recall", recall.warning_id))
    put_on_shelf()


def _keep_draft(area: str, draft: Draft, now: datetime) -> None:
    """A draft that nobody has begun to approve gives way to the newer one; the others stay."""
    for row in Warned.objects.filter(area=area, state="draft"):
        if not row.approval["steps"]:  # one that is being updated is a draft again, and public
            row.delete()
    if Warned.objects.filter(warning_id=draft.warning.id).exists():
        return
    approval = Approval(draft.warning.id)
    Warned.objects.create(
        warning_id=draft.warning.id,
        area=area,
        at=now,
        state=approval.state,
        warning=as_json(draft.warning),
        approval=as_json(approval),
    )


def _events() -> tuple[Event, ...]:
    """A slip of the pen in a file of events must not keep a night's reports from being linked."""
    try:
        return known_events()
    except UnreadableInput:
        logging.getLogger(__name__).error(
            "the events or campaigns cannot be read; this round goes on without them"
        )
        return ()
