"""What a hold covers: its own reports and everything linked to them, and nothing that leaves may hold one."""

from collections.abc import Iterable

from lightkeeper.core.errors import Held
from lightkeeper.core.suspect import Suspect
from lightkeeper.desk.case import Hold


def anchors_of(holds: Iterable[Hold], held_on_arrival: Iterable[str]) -> frozenset[str]:
    """The reports that holds stand on. One that came in held stands until a hold of our own on it was lifted."""
    every = tuple(holds)
    standing = {anchor for hold in every if hold.stands for anchor in hold.anchors}
    lifted = {anchor for hold in every if not hold.stands for anchor in hold.anchors}
    return frozenset(standing | (set(held_on_arrival) - lifted))


def covered_reports(anchors: Iterable[str], suspects: Iterable[Suspect]) -> frozenset[str]:
    """Every report that a hold on the anchors keeps in the house: a suspect is covered as a whole."""
    covered = set(anchors)
    for suspect in suspects:
        if not covered.isdisjoint(suspect.reports):
            covered.update(suspect.reports)
    return frozenset(covered)


def refuse_held(report_ids: Iterable[str], held: frozenset[str]) -> None:
    """The gate before every way out of the house. Raises Held, without saying which report it was."""
    if not held.isdisjoint(report_ids):
        raise Held("part of this is held for a live investigation; a named person must lift the hold first")
