"""Where verbs meet: desk to link to watch to warn. The nightly round, and the button that runs it by day."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.place import Place, places
from lightkeeper.core.report import Report
from lightkeeper.core.suspect import Decision
from lightkeeper.desk.casebook import Casebook
from lightkeeper.desk.regroup import regroup
from lightkeeper.link.engine import Linkage
from lightkeeper.link.engines import in_memory
from lightkeeper.warn.campaign import BeforeAndAfter, Campaign, look_before_and_after
from lightkeeper.warn.circumstances import Circumstances, SaidCount
from lightkeeper.warn.compose import Choices, compose_warning
from lightkeeper.warn.figures import figures_from_json
from lightkeeper.warn.gate import refusals_of
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import Kind, PublicWarning
from lightkeeper.watch.compare import Comparison, compare_tables
from lightkeeper.watch.counts import Basis, Known, Table, count_reports, day_of, open_reports
from lightkeeper.watch.events import Event
from lightkeeper.watch.period import Period, home_day
from lightkeeper.watch.review import Review
from lightkeeper.watch.weekly import review_areas

A_YEAR = 365  # days
PLAIN_ENOUGH = 3_000  # reports that the plain engine links in seconds
Linker = Callable[[Iterable[Report], Sequence[Decision]], Linkage]


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """The figures of one police force area: this period, the one before, and how they compare."""

    place: Place
    now: Table
    before: Table
    comparison: Comparison
    reports: tuple[str, ...]  # ids of all that were counted, now or before

    def as_json(self) -> dict[str, object]:
        """The form that `lightkeeper watch --json` prints and `warn` reads."""
        return {"counts": self.now.as_json(), "comparison": self.comparison.as_json()}


@dataclass(frozen=True, slots=True)
class Draft:
    """A warning that the figures suggest, and every reason why it may not go out yet. Nothing is published."""

    warning: PublicWarning
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What a round made of the casebook, in the order in which it was made."""

    linkage: Linkage
    figures: tuple[AreaFigures, ...]  # the area with most reports first
    drafts: tuple[Draft, ...]
    alarms: tuple[Review, ...] = ()


def link_all(reports: Iterable[Report], decisions: Sequence[Decision]) -> Linkage:
    """Link with the plain engine while that is quick, else with the one for a year of the world's reports."""
    all_reports = tuple(reports)
    if len(all_reports) <= PLAIN_ENOUGH:
        return in_memory.link_reports(all_reports, decisions)
    from lightkeeper.link.engines import duckdb  # compiles its loops, which few books need

    return duckdb.link_reports(all_reports, decisions)


def run_round(
    casebook: Casebook,
    today: date,
    link: Linker = link_all,
    days: int = A_YEAR,
    published: tuple[SaidCount, ...] = (),
    events: tuple[Event, ...] = (),
) -> RoundResult:
    """Link all reports anew, count the last `days` days against those before, and draft what could be said.

    The new linkage is written into the casebook; figures, drafts and alarms are returned and written nowhere.
    Held reports take part in linking, which stays inside, and in nothing else. `published` are the numbers that
    are public already: the gate refuses a draft that gives a small one beside them. An alarm asks for a person
    to look; it publishes nothing.
    """
    reports = tuple(casebook.reports())
    words = casebook.decisions()
    linkage = link(reports, words)
    casebook.store_linkage(linkage)
    for said in set(casebook.decisions()).symmetric_difference(words):  # while the engine was at work
        regroup(casebook, (said.a, said.b))
    known = Known(suspects=linkage.assignments, held=casebook.held_reports())
    figures = count_areas(reports, Period(today - timedelta(days=days - 1), today), known)
    now = datetime.combine(today, time(9), UTC)
    drafts = tuple(draft_warning(one, now, known.held, published) for one in figures)
    return RoundResult(linkage, figures, drafts, find_alarms(reports, today, known, events))


def find_alarms(
    reports: Sequence[Report], today: date, known: Known, events: tuple[Event, ...] = ()
) -> tuple[Review, ...]:
    """The areas whose newest whole week is more than chance explains, for an officer to look at.

    `events` are what may explain it otherwise (a campaign, holidays); each alarm names those of its weeks.
    """
    try:
        return tuple(review_areas(reports, today, known, events=events))
    except UnreadableInput:
        return ()  # no whole week of reports yet


def open_tables(casebook: Casebook, today: date) -> tuple[Table, ...]:
    """The tables that are offered to the public: the last twelve whole months, by area, by platform and by age.

    Whole months, so that two publications share their first and last days or have none in common. They are true
    counts still: `watch.publish` decides what of them may leave the house.
    """
    end = today.replace(day=1) - timedelta(days=1)
    begin = date(end.year, 1, 1) if end.month == 12 else date(end.year - 1, end.month + 1, 1)
    reports = tuple(casebook.reports())
    suspects = {report: one.id for one in casebook.suspects() for report in one.reports}
    known = Known(suspects=suspects, held=casebook.held_reports())
    return tuple(
        count_reports(reports, Period(begin, end), (name,), known=known) for name in ("area", "platform", "age")
    )


def look_around(casebook: Casebook, campaign: Campaign, today: date) -> BeforeAndAfter | None:
    """The reports of up to four weeks from a campaign's first day, and of as many days before it, for the team.

    None in its first week: fewer days say nothing.
    """
    first = home_day(campaign.begins)
    last = min(today - timedelta(days=1), first + timedelta(days=27))
    if (last - first).days < 6:
        return None
    after, reports = Period(first, last), tuple(casebook.reports())
    known = Known(held=casebook.held_reports())
    now, before = (count_reports(reports, one, known=known) for one in (after, after.just_before()))
    figures = {"counts": now.as_json(), "comparison": compare_tables(now, before).as_json()}
    return look_before_and_after(figures_from_json(figures))


def count_areas(reports: Sequence[Report], period: Period, known: Known) -> tuple[AreaFigures, ...]:
    """Count each area that has a report in the period, and compare it with the period just before."""
    slugs = sorted({report.area for report in reports if report.area})
    # A partner may name an area that is no police force's; it is counted where it is known.
    found = [_count_area(reports, places()[slug], period, known) for slug in slugs if slug in places()]
    return tuple(sorted((one for one in found if one.now.total.reports), key=lambda one: -one.now.total.reports))


def draft_warning(
    figures: AreaFigures, now: datetime, held: frozenset[str], published: tuple[SaidCount, ...] = ()
) -> Draft:
    """A bulletin where the numbers show a rise, else a plain warning; with what the gate says of it.

    The draft remembers the reports it was made from, so that a hold put on one of them later stops it.
    """
    kind = Kind.BULLETIN if figures.comparison.shows_rise else Kind.WARNING
    choices = Choices(issued=now, behind=figures.reports)
    warning = compose_warning(kind, figures.place, choices, figures_from_json(figures.as_json()))
    return Draft(warning, refusals_of(warning, Circumstances(now=now, held=held, published=published)))


def _count_area(reports: Sequence[Report], place: Place, period: Period, known: Known) -> AreaFigures:
    here = [report for report in reports if report.area == place.slug]
    by = ("platform", "age")
    earlier = period.just_before()
    now, before = (count_reports(here, one, by, known=known) for one in (period, earlier))
    dated = ((report.id, day_of(report, Basis.RECEIVED, known)) for report in open_reports(here, known))
    counted = tuple(sorted(report for report, day in dated if day in period or day in earlier))
    return AreaFigures(place, now, before, compare_tables(now, before), counted)
