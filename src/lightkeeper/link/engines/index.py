"""The index: a new report is linked the moment it comes, by the same keys and weights as the batch engines.

Between two nights a report joins the one suspect that it fits best, and never joins two suspects with each other;
what else it touches is shown as possible. The nightly round, with any batch engine, settles everything.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lightkeeper.core.report import Report
from lightkeeper.core.suspect import Decision, Link, Strength, Verdict
from lightkeeper.link import weigh
from lightkeeper.link.explain import confirmed_reason
from lightkeeper.link.keys import KeyKind
from lightkeeper.link.online.alike import Alike, kept_scripts
from lightkeeper.link.online.counts import (
    COUNTS,
    Counts,
    get_beliefs,
    get_counts,
    put_beliefs,
    put_counts,
    read_counts,
)
from lightkeeper.link.online.evidence import Finding, weigh_report
from lightkeeper.link.online.fill import fill_index
from lightkeeper.link.online.forget import forget_reports
from lightkeeper.link.online.keep import keep_report
from lightkeeper.link.online.lookup import look_up, who_has
from lightkeeper.link.online.night import LinkFiles, beliefs_of, link_all, take_over
from lightkeeper.link.online.store import One, Row, Store
from lightkeeper.link.online.tokens import exact_tokens, of_kind, settled
from lightkeeper.link.suspects import suspect_name

_FAMILIES = (KeyKind.IMAGE, KeyKind.SCRIPT)  # kinds of which near-equal ones count as one
_THERE = "SELECT name FROM link_suspect WHERE number = (SELECT suspect FROM link_report WHERE id = ?)"
_NAMED = "SELECT number FROM link_suspect WHERE name = ?"
_WORDS = (  # what officers said of a report and others that are here
    "SELECT verdict, number, suspect FROM link_decision JOIN link_report ON id = b WHERE a = ? UNION ALL "
    "SELECT verdict, number, suspect FROM link_decision JOIN link_report ON id = a WHERE b = ?"
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the index says of a new report: its suspect (of itself alone, perhaps) and the links with reasons."""

    suspect: str
    links: tuple[Link, ...]


class Index:
    """All reports of a team in a store, with their picture hashes in a folder of this machine.

    `keep_bodies` is for an index that stands alone: it keeps the reports, so that its night can link them anew.
    `name` makes a new suspect's name from its first report's id.
    """

    def __init__(
        self, store: Store, folder: Path, keep_bodies: bool = True, name: Callable[[str], str] = suspect_name
    ) -> None:
        self._store, self._alike = store, Alike(store, folder)
        self._keep_bodies, self._name = keep_bodies, name
        self._night, self._beliefs = -1, weigh.first_beliefs()

    def __len__(self) -> int:
        return get_counts(self._store).reports

    def add(self, report: Report) -> Arrival:
        """Link a report and keep it; on disk when this returns. One that is here already is not kept again."""
        with self._store.transaction():
            exact = exact_tokens(report)
            own = self._name(report.id)
            there, taken, counted, words, scripts, rows = self._store.ask_all(
                One(_THERE, (report.id,)),
                One(_NAMED, (own,)),
                COUNTS,
                One(_WORDS, (report.id, report.id)),
                kept_scripts(of_kind(exact, KeyKind.SCRIPT)),
                who_has([token for key, token in exact if key.kind not in _FAMILIES]),
            )
            if there:
                return Arrival(there[0][0], ())
            counts = self._begin(read_counts(counted))
            keys = settled(exact, self._alike, {one for (one,) in scripts})
            families = [key.token for key in keys if weigh.KINDS[key.kind] in _FAMILIES]
            rows += self._store.ask_all(who_has(families))[0]
            apart, same = _read_words(words)
            known, together = look_up(self._store, keys, rows, counts, self._beliefs, list(same))
            findings = with_words(weigh_report(keys, known, together), apart, same)
            home = findings[0].suspect if findings and findings[0].joins else None
            name = known.name[home] if home is not None else self._other_name(own) if taken else own
            links = tuple(self._links(report.id, findings, home))
            keep_report(self._store, known, report.id, keys, home, name)
            if self._keep_bodies:
                self._put_body(counts.last_report, report)
            put_counts(self._store, counts)
        return Arrival(name, links)

    def fill(self, reports: Iterable[Report], suspect_of: Mapping[str, str]) -> int:
        """Take in many reports at once whose suspects are known already (by name); returns how many were new."""
        with self._store.transaction():
            counts = self._begin(get_counts(self._store))
            new = fill_index(self._store, counts, self._alike, reports, suspect_of, self._name, self._keep_bodies)
            put_counts(self._store, counts)
        return new

    def decide(self, decision: Decision) -> None:
        """Remember an officer's word on a pair; the next night honours it, and so does every new report."""
        with self._store.transaction():
            self._store.put(
                "INSERT INTO link_decision (a, b, verdict) VALUES (?, ?, ?) "
                "ON CONFLICT (a, b) DO UPDATE SET verdict = excluded.verdict",
                [(*sorted((decision.a, decision.b)), str(decision.verdict))],
            )

    def run_night(self, link_files: LinkFiles) -> int:
        """Link everything anew with a batch engine's `link_files`; returns how many suspects there are."""
        rows = self._store.ask("SELECT a, b, verdict FROM link_decision ORDER BY a, b")
        decisions = [Decision(a, b, Verdict(verdict)) for a, b, verdict in rows]
        suspect_of, weights, worlds = link_all(self._store, link_files, decisions)
        self.settle(suspect_of, beliefs_of(weights), worlds)
        return get_counts(self._store).suspects

    def settle(self, suspect_of: Mapping[str, str], beliefs: Sequence[float] = (), worlds: float = 1.0) -> int:
        """Give each report the suspect of that name: a batch engine's word or an officer's. How many moved?"""
        with self._store.transaction():
            counts = self._begin(get_counts(self._store))
            moved = take_over(self._store, counts, suspect_of)
            if beliefs:
                put_beliefs(self._store, beliefs)
                counts.worlds = worlds
                counts.night += 1
            put_counts(self._store, counts)
        return moved

    def forget(self, reports: Iterable[str]) -> None:
        """Forget reports, and whatever of scripts and pictures no other report has."""
        with self._store.transaction():
            counts = self._begin(get_counts(self._store))
            forget_reports(self._store, counts, reports)
            put_counts(self._store, counts)

    def assignments(self) -> dict[str, str]:
        """Each report's suspect."""
        rows = self._store.ask(
            "SELECT link_report.id, link_suspect.name "
            "FROM link_report JOIN link_suspect ON link_suspect.number = link_report.suspect"
        )
        return dict(rows)

    def members(self, suspect: str) -> tuple[str, ...]:
        """The reports of the suspect of that name, sorted."""
        rows = self._store.ask(
            "SELECT id FROM link_report WHERE suspect = (SELECT number FROM link_suspect WHERE name = ?)",
            (suspect,),
        )
        return tuple(sorted(report for (report,) in rows))

    def close(self) -> None:
        self._alike.close()
        self._store.close()

    def _other_name(self, taken: str) -> str:
        """A name nobody has: a suspect may be named after a report that has gone, or that comes only now."""
        number = 2
        while self._store.ask(_NAMED, (f"{taken}-{number}",)):
            number += 1
        return f"{taken}-{number}"

    def _begin(self, counts: Counts) -> Counts:
        """What is true now: another process may have written since."""
        if counts.night != self._night:
            self._night, self._beliefs = counts.night, get_beliefs(self._store)
        self._alike.begin(counts)
        return counts

    def _put_body(self, number: int, report: Report) -> None:
        body = json.dumps(report.as_json(), ensure_ascii=False, separators=(",", ":"))
        self._store.put("INSERT INTO link_told (number, body) VALUES (?, ?)", [(number, body)])

    def _links(self, report: str, findings: Sequence[Finding], home: int | None) -> Iterator[Link]:
        """The link that joined, and the best of those that an officer should look at."""
        told = [one for one in findings if one.suspect != home and one.weight > weigh.SHOWN][: weigh.MOST_SHOWN]
        told = [one for one in findings if one.suspect == home] + told
        ids: dict[int, str] = dict(
            self._store.ask_among(
                "SELECT number, id FROM link_report WHERE number {}", [one.report for one in told]
            )
        )
        for one in told:
            a, b = sorted((report, ids[one.report]))
            yield Link(a, b, one.reasons, Strength.LINKED if one.suspect == home else Strength.POSSIBLE)


def _read_words(rows: Iterable[Row]) -> tuple[set[int], dict[int, int]]:
    """The suspects that an officer said it is not, and those that it is, with the report that was named."""
    apart, same = set[int](), dict[int, int]()
    for verdict, number, suspect in rows:
        if verdict == Verdict.REJECTED:
            apart.add(suspect)
        else:
            same[suspect] = number
    return apart, same


def with_words(findings: Sequence[Finding], apart: set[int], same: Mapping[int, int]) -> list[Finding]:
    """Findings after officers' words: a confirmed suspect comes first, a rejected one not at all."""
    sure = [
        Finding(suspect, number, (confirmed_reason(),), joins=True)
        for suspect, number in sorted(same.items())
        if suspect not in apart
    ]
    return sure + [one for one in findings if one.suspect not in apart and one.suspect not in same]
