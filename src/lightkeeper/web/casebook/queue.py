"""The queue read from the database: in its order by the index, and counted without reading a row."""

from django.db.models import Count, Q, QuerySet

from lightkeeper.desk.case import Band
from lightkeeper.desk.casebook import Page, Wanted
from lightkeeper.web.casebook import rows, search
from lightkeeper.web.casebook.held import held_roots
from lightkeeper.web.casebook.models import AllowedRow, CaseRow


def read_page(wanted: Wanted) -> Page:
    """A part of the queue, and how many cases each band has altogether."""
    anchors, suspects = held_roots()
    found = search.with_words(_visible(wanted), wanted.words)
    if wanted.leaves:
        found = found.exclude(report_id__in=anchors).exclude(suspect__in=suspects)
    counted = dict(found.values_list("band").annotate(Count("id")).order_by())
    if wanted.bands:
        found = found.filter(band__in=[int(band) for band in wanted.bands])
    ordered = found.order_by("band", "due", "received", "id").defer("report", "desk")
    part = list(ordered[wanted.after : wanted.after + wanted.limit])
    sizes = _sizes(part)
    held = {row.id for row in part if row.report_id in anchors or row.suspect in suspects}
    lines = tuple(rows.read_line(row, sizes.get(row.suspect, 1), row.id in held) for row in part)
    return Page(lines, tuple((band, counted.get(int(band), 0)) for band in Band))


def _sizes(part: list[CaseRow]) -> dict[str, int]:
    names = {row.suspect for row in part if row.suspect}
    counted = CaseRow.objects.filter(suspect__in=names).values_list("suspect").annotate(Count("id"))
    return dict(counted.order_by())


def _visible(wanted: Wanted) -> QuerySet[CaseRow]:
    """The cases of the queue that is asked for, before bands and words."""
    teams = sorted(wanted.teams)
    # One team is an equality, so that the index gives the queue in its order without sorting it.
    found = CaseRow.objects.filter(team=teams[0]) if len(teams) == 1 else CaseRow.objects.filter(team__in=teams)
    if wanted.states:
        found = found.filter(state__in=[str(state) for state in wanted.states])
    else:
        found = found.filter(is_open=True)
    if wanted.areas:
        found = found.filter(area__in=wanted.areas)
    if not wanted.sees_restricted:
        mine = AllowedRow.objects.filter(person=wanted.person).values("case_id")
        found = found.filter(Q(restricted=False) | Q(id__in=mine))
    if wanted.owner is not None:
        found = found.filter(owner=wanted.owner)
    return found
