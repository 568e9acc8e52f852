"""The button that publishes the figures: each table through the ledger, or refused with its reason."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from lightkeeper.core.errors import Held, NotAllowed, TooFewToShow
from lightkeeper.desk.audit import Act
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.people import Officer
from lightkeeper.rounds import open_tables
from lightkeeper.warn.checks.subtraction import tells_a_small_number
from lightkeeper.watch.counts import Table
from lightkeeper.watch.events import Event, read_events
from lightkeeper.watch.figures import public_figures
from lightkeeper.watch.ledger import Ledger, release_as_json, release_from_json
from lightkeeper.watch.publish import Publishable, publish
from lightkeeper.web.team.campaigns import campaign_events
from lightkeeper.web.team.models import OpenFigure
from lightkeeper.web.team.publications import area_counts, in_turn, put_on_shelf, said_so_far


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one table: `refused` says why it stays in the house, and `old` that it is public already."""

    what: str
    refused: str = ""
    old: bool = False


def publish_figures(book: Casebook, officer: Officer, now: datetime) -> tuple[Outcome, ...]:
    """Publish the tables of the last twelve whole months that the ledger lets through.

    Raises NotAllowed for an officer who sees some areas only, because the tables hold every area.
    """
    if officer.areas:
        raise NotAllowed("open figures hold every area; they are published by somebody who sees all of them")
    in_turn()
    # The log's lock is the ledger's too: whoever writes next reads what was published here.
    book.record(Act(officer.id, "figures.publish"))
    outcomes = tuple(_publish_one(table, officer, now) for table in open_tables(book, now.date()))
    for one in outcomes:
        came = "refused" if one.refused else "public already" if one.old else "published"
        book.record(Act(officer.id, "figures.publish", one.what, one.refused, (("came", came),)))
    put_on_shelf()
    return outcomes


def read_ledger() -> Ledger:
    """Everything that was ever published as a figure."""
    return Ledger(tuple(release_from_json(row.release) for row in OpenFigure.objects.order_by("pk")))


def known_events() -> tuple[Event, ...]:
    """What this installation wrote down of campaigns, new forms and holidays. Raises UnreadableInput."""
    file = settings.DESK_TABLES / "events.toml"
    told = read_events(file.read_text("utf-8")) if file.exists() else ()
    return (*told, *campaign_events())


def _publish_one(table: Table, officer: Officer, now: datetime) -> Outcome:
    (what,) = table.by
    if not table.total.reports:
        return Outcome(what, "there is no report in these months")
    try:
        made = publish(table, read_ledger(), day=now.date())
        _refuse_beside_warnings(what, made)
    except (Held, TooFewToShow) as refusal:
        return Outcome(what, str(refusal))
    newest = OpenFigure.objects.filter(what=what).order_by("pk").last()
    if newest and newest.table == made.as_json():
        return Outcome(what, old=True)
    OpenFigure.objects.create(
        at=now,
        by=officer.id,
        what=what,
        table=made.as_json(),
        page=public_figures(made, ident=f"by-{what}", events=known_events()).as_json(),
        release=release_as_json(made.release),
    )
    return Outcome(what)


def _refuse_beside_warnings(what: str, made: Publishable) -> None:
    """A warning may have said an exact number; a row beside it must not leave a small one."""
    if what == "area" and any(tells_a_small_number(one, said_so_far()) for one in area_counts(made.as_json())):
        raise TooFewToShow("taken from the number of a warning that is public, a row would leave a small one")
