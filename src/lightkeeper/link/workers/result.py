"""What the workers found, in words and in files; only links and groups come to the driver, row by row."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lightkeeper.core.suspect import Link, Reason, Strength, Suspect
from lightkeeper.link import weigh
from lightkeeper.link.engine import Linkage
from lightkeeper.link.explain import all_reasons, other_reason
from lightkeeper.link.suspects import suspect_name
from lightkeeper.link.workers.plan import Plan, Table
from lightkeeper.link.workers.rounds import Linked
from lightkeeper.link.write import make_folder, write_lines, write_weights

_WORDS = {(rests_on, one, other): (kind, how) for rests_on, one, other, kind, how in all_reasons()}


class Findings:
    """The result of a run, with ids instead of numbers."""

    def __init__(self, plan: Plan, found: Linked, numbers: Table) -> None:
        self.worlds = found.worlds
        self.weights = weigh.describe(found.beliefs.belief.tolist(), found.beliefs.taught.tolist())
        self._assigned = plan.keep(plan.ask("assigned", member=found.member, numbers=numbers))
        self._groups = plan.ask("suspects", assigned=self._assigned)
        links = found.possible.selectExpr("*", f"'{Strength.POSSIBLE}' AS strength")
        for one in found.linked:
            links = links.unionByName(one.selectExpr("*", f"'{Strength.LINKED}' AS strength"))
        self._links = plan.ask("links", links=links, numbers=numbers)

    def assignments(self) -> Iterator[tuple[str, str]]:
        for row in self._assigned.orderBy("report").toLocalIterator():
            yield row.id, suspect_name(row.first)

    def links(self) -> Iterator[Link]:
        return map(_link, self._links.orderBy("a", "b", "strength").toLocalIterator())

    def suspects(self) -> Iterator[Suspect]:
        for row in self._groups.orderBy("grp").toLocalIterator():
            yield Suspect(suspect_name(row.reports[0]), tuple(row.reports))

    def linkage(self) -> Linkage:
        """All of it at once, for lists that are at hand."""
        suspects, links = tuple(self.suspects()), tuple(self.links())
        return Linkage(dict(self.assignments()), links, suspects, self.weights, self.worlds)

    def write(self, folder: Path) -> tuple[int, int]:
        """Write the files of a run; gives the numbers of reports and suspects."""
        make_folder(folder)
        with (folder / "assignments.csv").open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(("report_id", "suspect_id"))
            rows.writerows(self.assignments())
        write_lines(folder / "links.jsonl", (link.as_json() for link in self.links()))
        write_lines(folder / "suspects.jsonl", (suspect.as_json() for suspect in self.suspects()))
        write_weights(folder, self.weights, self.worlds)
        return self._assigned.count(), self._groups.count()


def _link(row: Any) -> Link:
    kind, how = _WORDS[row.rests_on, row.kind, row.other_kind]
    rest = sorted((row.rest or {}).items())
    reasons = (Reason(kind, how, row.weight), *(other_reason(*one) for one in rest if one[1]))
    return Link(row.a, row.b, reasons, Strength(row.strength))
