"""From groups to suspects: stable names, and the whole result in one order."""

from collections.abc import Iterable, Sequence

from lightkeeper.core.suspect import Link, Suspect
from lightkeeper.link.engine import Linkage
from lightkeeper.link.weigh import Class


def suspect_name(first_report: str) -> str:
    """A suspect is named after its first report, so that the name stays while nothing earlier joins."""
    return f"S-{first_report}"


def linkage_of(
    ids: Sequence[str], groups: Sequence[int], links: Iterable[Link], table: tuple[Class, ...], worlds: float
) -> Linkage:
    """The result of a run over reports in the order of their ids; `groups` names each one's smallest fellow."""
    members: dict[int, list[str]] = {}
    for place, group in enumerate(groups):
        members.setdefault(group, []).append(ids[place])
    return Linkage(
        assignments={one: suspect_name(ids[group]) for one, group in zip(ids, groups, strict=True)},
        links=tuple(sorted(links, key=lambda link: (link.a, link.b, link.strength))),
        suspects=tuple(Suspect(suspect_name(ids[group]), tuple(has)) for group, has in sorted(members.items())),
        weights=table,
        worlds=worlds,
    )
