"""What holds cover, read from the database: the reports they stand on, and the suspects that these reach."""

from lightkeeper.desk.case import Hold
from lightkeeper.desk.holds import anchors_of
from lightkeeper.web.casebook import rows
from lightkeeper.web.casebook.models import CaseRow, HoldRow


def read_holds() -> tuple[Hold, ...]:
    return tuple(rows.read_hold(row) for row in HoldRow.objects.order_by("placed_at", "id"))


def held_roots() -> tuple[set[str], set[str]]:
    """The reports that holds were placed on, and the suspects that these reach."""
    on_arrival = CaseRow.objects.filter(held_on_arrival=True).values_list("report_id", flat=True)
    anchors = anchors_of(read_holds(), on_arrival)
    linked = CaseRow.objects.filter(report_id__in=anchors).exclude(suspect="")
    return set(anchors), set(linked.values_list("suspect", flat=True))


def held_reports() -> frozenset[str]:
    """Every report that may not leave the house."""
    anchors, suspects = held_roots()
    linked = CaseRow.objects.filter(suspect__in=suspects).values_list("report_id", flat=True)
    return frozenset(anchors) | frozenset(linked)
