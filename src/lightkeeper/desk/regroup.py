"""Let an officer's word on a link take effect at once, between two runs of the linking engine.

Only the suspects that the word touches are grouped again, from the links that the engine found and the words
that officers gave; the next round does the whole book with the engine.
"""

from collections.abc import Iterable

from lightkeeper.core.suspect import Strength, Suspect, Verdict
from lightkeeper.desk.case import name_suspect
from lightkeeper.desk.casebook import Casebook


def regroup(book: Casebook, touched: Iterable[str]) -> None:
    """Group the suspects of the touched reports again by links and officers' words."""
    reports = _whole_suspects(book, touched)
    links = book.links(reports)
    rejected, confirmed = _words(book, reports)
    groups = {report: {report} for report in reports}
    for pair in confirmed:
        _join(groups, pair, set())
    strong = [link for link in links if link.strength is Strength.LINKED and {link.a, link.b} <= reports]
    for link in sorted(strong, key=lambda link: (-link.weight, link.a, link.b)):
        if (link.a, link.b) not in rejected:
            _join(groups, (link.a, link.b), rejected)
    book.put_suspects(_name_groups(book, groups.values()))


def _whole_suspects(book: Casebook, touched: Iterable[str]) -> set[str]:
    reports: set[str] = set()
    for report in touched:
        suspect = book.suspect_of(report)
        reports.update(suspect.reports if suspect else (report,))
    for link in book.links(reports):  # a link that was undone may lead to a suspect that was parted before
        if link.strength is Strength.LINKED:
            for report in (link.a, link.b):
                suspect = book.suspect_of(report)
                reports.update(suspect.reports if suspect else (report,))
    return reports


def _words(book: Casebook, reports: set[str]) -> tuple[set[tuple[str, str]], list[tuple[str, str]]]:
    mine = [one for one in book.decisions() if {one.a, one.b} <= reports]
    rejected = {(one.a, one.b) for one in mine if one.verdict is Verdict.REJECTED}
    return rejected, [(one.a, one.b) for one in mine if one.verdict is Verdict.CONFIRMED]


def _join(groups: dict[str, set[str]], pair: tuple[str, str], rejected: set[tuple[str, str]]) -> None:
    """Make two groups one, unless somebody said that two of their members are not the same offender."""
    first, second = groups[pair[0]], groups[pair[1]]
    if first is second or any((min(a, b), max(a, b)) in rejected for a in first for b in second):
        return
    first |= second
    for report in second:
        groups[report] = first


def _name_groups(book: Casebook, groups: Iterable[set[str]]) -> tuple[Suspect, ...]:
    """A group keeps the name that its first known report had; the parts of a parted suspect get new ones."""
    taken: set[str] = set()
    named = []
    for members in sorted({tuple(sorted(group)) for group in groups}):
        suspect = book.suspect_of(members[0])
        name = suspect.id if suspect and suspect.id not in taken else name_suspect("\n".join(members))
        taken.add(name)
        named.append(Suspect(name, members))
    return tuple(named)
