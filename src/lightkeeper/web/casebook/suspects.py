"""Suspects in the database: the name of each report's suspect stands in the row of its case."""

from django.db.models import Count, QuerySet

from lightkeeper.core.errors import NoSuchCase
from lightkeeper.core.suspect import Suspect
from lightkeeper.web.casebook.models import CaseRow
from lightkeeper.web.casebook.rows import CHUNK


def set_suspects(named: dict[str, str], among: QuerySet[CaseRow] | None = None) -> None:
    """Write the suspect of each report; one that is not named has none. `among`: only these rows."""
    changed = []
    for row in (CaseRow.objects.all() if among is None else among).only("id", "report_id", "suspect"):
        suspect = named.get(row.report_id, "")
        if row.suspect != suspect:
            row.suspect = suspect
            changed.append(row)
    CaseRow.objects.bulk_update(changed, ["suspect"], batch_size=CHUNK)


def read_suspects(least: int) -> tuple[Suspect, ...]:
    named = CaseRow.objects.exclude(suspect="")
    large = named.values("suspect").annotate(size=Count("id")).filter(size__gte=least).values("suspect")
    groups: dict[str, list[str]] = {}
    for suspect, report in named.filter(suspect__in=large).values_list("suspect", "report_id"):
        groups.setdefault(suspect, []).append(report)
    found = [Suspect(name, tuple(sorted(reports))) for name, reports in groups.items()]
    return tuple(sorted(found, key=lambda suspect: (-len(suspect.reports), suspect.id)))


def read_suspect(suspect_id: str) -> Suspect:
    """Raises NoSuchCase."""
    found = CaseRow.objects.filter(suspect=suspect_id).order_by("report_id").values_list("report_id", flat=True)
    if not suspect_id or not found:
        raise NoSuchCase(f"there is no suspect {suspect_id}")
    return Suspect(suspect_id, tuple(found))


def read_suspect_name(report_id: str) -> str:
    """The suspect that a report belongs to; "" for none."""
    return CaseRow.objects.filter(report_id=report_id).values_list("suspect", flat=True).first() or ""


def count_around(report_id: str) -> tuple[int, int]:
    """How many other reports the suspect of a report has, and how many of these are open cases."""
    name = read_suspect_name(report_id)
    if not name:
        return (0, 0)
    others = CaseRow.objects.filter(suspect=name).exclude(report_id=report_id)
    return (others.count(), others.filter(is_open=True).count())
