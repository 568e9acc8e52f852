"""What is known about a suspect: identifiers over time, how reports hang together, who else is in danger."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.core.report import Report
from lightkeeper.core.suspect import Link
from lightkeeper.desk.case import Band, Case
from lightkeeper.desk.casebook import SeenIdentifier
from lightkeeper.desk.states import OPEN

MOST_DRAWN = 12  # nodes; a larger suspect is drawn in groups, with the table beside it
MIDDLE = (380, 210)  # of the drawing


def as_given(one: Identifier) -> Hashable:
    """Two identifiers are the same when they are written in the same way."""
    return one


def seen_identifiers(
    reports: Iterable[Report], same: Callable[[Identifier], Hashable] = as_given
) -> tuple[SeenIdentifier, ...]:
    """Each identifier with its first and last report, the most often seen first.

    `same` gives the form in which ways of writing agree; the first way that was reported stands for all.
    """
    seen: dict[Hashable, list[tuple[Identifier, Report]]] = {}
    for report in reports:
        for one in dict.fromkeys(report.suspect):
            seen.setdefault(same(one), []).append((one, report))
    found = (_seen(where) for where in seen.values())
    return tuple(sorted(found, key=lambda one: (-len(one.reports), one.first)))


def _seen(where: list[tuple[Identifier, Report]]) -> SeenIdentifier:
    times = [report.received for _, report in where]
    ways = tuple(dict.fromkeys(one for one, _ in where))
    return SeenIdentifier(
        ways[0], min(times), max(times), tuple(dict.fromkeys(report.id for _, report in where)), ways[1:]
    )


def platforms_to_ask(reports: Iterable[Report]) -> tuple[str, ...]:
    """Platforms that may hold records: those of the handles, and those where it happened."""
    names = {
        name
        for report in reports
        for name in (*report.platforms, *(one.platform for one in report.suspect if one.platform))
    }
    return tuple(sorted(names))


def others_in_danger(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Children of the same suspect whose case is still open, the most urgent first."""
    waiting = [case for case in cases if case.state in OPEN]
    return tuple(sorted(waiting, key=lambda case: (case.band, case.report.received)))


def preservation_wording(platform: str, reports: Iterable[Report], reference: str) -> str:
    """Words for asking a platform to keep records. It names accounts and times, and no child."""
    told = tuple(reports)
    accounts = sorted(
        {
            one.value
            for report in told
            for one in report.suspect
            if one.kind is IdentifierKind.HANDLE and one.platform in (platform, None)
        }
    )
    first = min(report.received for report in told)
    last = max(report.received for report in told)
    lines = [
        f"To {platform}: request to preserve records (our reference {reference})",
        "",
        "We look into blackmail of children online. Please keep what you hold for the accounts below, from",
        f"{first:%d %B %Y} to today, until we send you legal process or tell you that it is no longer needed:",
        "subscriber details, sign-in times and addresses, devices, contacts, messages and payments.",
        f"The accounts were last reported to us on {last:%d %B %Y}.",
        "",
        *(f"  - {account}" for account in accounts),
        *([] if accounts else ["  - (no account on this platform is known yet)"]),
        "",
        "Please do not close the accounts and do not tell their users about this request: a child may be at risk.",
        "This request does not contain, and must not be answered with, any image.",
    ]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Node:
    """One report in the drawing, or a group of them. Places in the drawing's own units."""

    x: float
    y: float
    label: str
    reports: tuple[str, ...]
    band: Band | None = None

    @property
    def label_y(self) -> float:
        """Where the label stands: on the side away from the middle, where no link passes."""
        away = 18 if self.band else 24
        return self.y - away if self.y <= MIDDLE[1] else self.y + away + 9


@dataclass(frozen=True, slots=True)
class Edge:
    """A link in the drawing; `why` is read out and stands in the table."""

    x1: float
    y1: float
    x2: float
    y2: float
    possible: bool
    why: str


@dataclass(frozen=True, slots=True)
class Graph:
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: float = 760
    height: float = 420
    grouped: bool = False


def draw(reports: Iterable[Report], cases: dict[str, Case], links: Iterable[Link]) -> Graph:
    """Put reports on an ellipse, in the order of time. More than twelve are grouped by month, honestly counted."""
    from math import cos, pi, sin

    told = tuple(reports)
    groups = _groups(told)
    places: dict[str, tuple[float, float]] = {}
    nodes = []
    for number, (label, members) in enumerate(groups):
        angle = -pi / 2 + 2 * pi * number / len(groups)
        x, y = MIDDLE[0] + 250 * cos(angle), MIDDLE[1] + 150 * sin(angle)
        case = cases.get(members[0]) if len(members) == 1 else None
        shown = case.id if case else label
        nodes.append(Node(round(x, 1), round(y, 1), shown, members, case.band if case else None))
        places.update({report: (round(x, 1), round(y, 1)) for report in members})
    return Graph(tuple(nodes), _edges(links, places), grouped=len(groups) < len(told))


def _groups(reports: tuple[Report, ...]) -> list[tuple[str, tuple[str, ...]]]:
    if len(reports) <= MOST_DRAWN:
        return [(f"{report.received:%d %b}", (report.id,)) for report in reports]
    by_month: dict[str, list[str]] = {}
    for report in reports:
        by_month.setdefault(f"{report.received:%b %Y}", []).append(report.id)
    months = [(f"{month}: {len(members)} reports", tuple(members)) for month, members in by_month.items()]
    if len(months) <= MOST_DRAWN:
        return months
    kept, rest = months[: MOST_DRAWN - 1], months[MOST_DRAWN - 1 :]
    late = tuple(report for _, members in rest for report in members)
    return [*kept, (f"later: {len(late)} reports", late)]


def _edges(links: Iterable[Link], places: dict[str, tuple[float, float]]) -> tuple[Edge, ...]:
    drawn: dict[tuple[float, float, float, float], Edge] = {}
    for link in links:
        if link.a not in places or link.b not in places or places[link.a] == places[link.b]:
            continue
        ends = (*places[link.a], *places[link.b])
        why = ", ".join(reason.kind for reason in link.reasons)
        edge = Edge(*ends, possible=str(link.strength) == "possible", why=why)
        if ends not in drawn or drawn[ends].possible:
            drawn[ends] = edge
    return tuple(drawn.values())
