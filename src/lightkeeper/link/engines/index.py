"""The index: a new report is linked the moment it comes, by the same keys and weights as the batch engines.

Between two nights a report joins the one suspect that it fits best, and never joins two suspects with each other;
what else it touches is shown as possible. The nightly round, with any batch engine, settles everything.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from lightkeeper.core.report import Report
from lightkeeper.core.suspect import Decision, Link, Strength, Verdict
from lightkeeper.link import weigh
from lightkeeper.link.family import ALIKE
from lightkeeper.link.forms.script import overlap
from lightkeeper.link.hash_index import HashIndex
from lightkeeper.link.keys import KeyKind, keys_of
from lightkeeper.link.online.evidence import Finding, Keyed, Known, weigh_report
from lightkeeper.link.online.night import LinkFiles, get_beliefs, get_showing, put_known, run_night
from lightkeeper.link.online.sketch import bands_of
from lightkeeper.link.online.store import Row, Store, marks
from lightkeeper.link.suspects import suspect_name

MOST_LISTED = 64  # reports; a key of more is looked up only together with another
MOST_WEIGHED = 12  # suspects looked at closely for one report
_KIND = {kind: place for place, kind in enumerate(weigh.KINDS)}


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the index says of a new report: its suspect (of itself alone, perhaps) and the links with reasons."""

    suspect: str
    links: tuple[Link, ...]


class Index:
    """All reports of a team in a store, with their picture hashes in a folder beside it."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._images = HashIndex(folder)
        self._beliefs, self._showing = get_beliefs(store), get_showing(store)
        self._count = int(store.ask("SELECT count(*) FROM report")[0][0])
        self._never = self._rejected()
        self._mend_images()

    def __len__(self) -> int:
        return self._count

    def add(self, report: Report) -> Arrival:
        """Link a report and keep it; on disk when this returns. One that is here already is not kept again."""
        with self._store.transaction():
            there = self._store.ask("SELECT suspect FROM report WHERE id = ?", (report.id,))
            if there:
                return Arrival(self._name(int(there[0][0])), ())
            number = int(self._store.ask("SELECT coalesce(max(number), 0) FROM report")[0][0]) + 1
            keys = self._keys(report)
            findings = self._without_rejected(report.id, weigh_report(keys, self._known(keys)))
            home = findings[0].suspect if findings and findings[0].joins else number
            self._keep(report, number, keys, home)
            links = tuple(self._links(report.id, findings, home))
            name = self._name(home)
        self._count += 1
        return Arrival(name, links)

    def decide(self, decision: Decision) -> None:
        """Remember an officer's word on a pair; the next night honours it, and so does every new report."""
        with self._store.transaction():
            self._store.put(
                "INSERT INTO decision (a, b, verdict) VALUES (?, ?, ?) "
                "ON CONFLICT (a, b) DO UPDATE SET verdict = excluded.verdict",
                [(*sorted((decision.a, decision.b)), str(decision.verdict))],
            )
        self._never = self._rejected()

    def run_night(self, link_files: LinkFiles) -> int:
        """Link everything anew with a batch engine's `link_files`; returns how many suspects there are."""
        rows = self._store.ask("SELECT a, b, verdict FROM decision ORDER BY a, b")
        suspects = run_night(self._store, link_files, [Decision(a, b, Verdict(verdict)) for a, b, verdict in rows])
        self._beliefs, self._showing = get_beliefs(self._store), get_showing(self._store)
        return suspects

    def assignments(self) -> dict[str, str]:
        """Each report's suspect."""
        rows = self._store.ask(
            "SELECT report.id, home.id FROM report JOIN report home ON home.number = report.suspect"
        )
        return {report: suspect_name(home) for report, home in rows}

    def close(self) -> None:
        with self._store.transaction():
            put_known(self._store, "showing", {str(kind): count for kind, count in self._showing.items()})
        self._images.close()
        self._store.close()

    def _keys(self, report: Report) -> list[Keyed]:
        """The report's keys as tokens; near-equal pictures and scripts get their family's."""
        found: dict[int, Keyed] = {}
        for key in keys_of(report):
            match key.kind:
                case KeyKind.IMAGE:
                    token = self._image_token(key.value)
                case KeyKind.SCRIPT:
                    token = self._script_token(key.value)
                case _:
                    token = token_of(key.kind, key.value)
            found.setdefault(token, Keyed(token, _KIND[key.kind], key.source))
        return list(found.values())

    def _image_token(self, value: str) -> int:
        near = self._images.search(bytes.fromhex(value))
        if near:
            rows = self._store.ask("SELECT token FROM image WHERE number = ?", (near[0][0],))
            if near[0][1] == 0 and rows:
                return int(rows[0][0])
        else:
            rows = []
        token = int(rows[0][0]) if rows else token_of(KeyKind.IMAGE, value)
        (number,) = self._images.append([bytes.fromhex(value)])
        self._store.put("INSERT INTO image (number, token, hash) VALUES (?, ?, ?)", [(number, token, value)])
        return token

    def _script_token(self, value: str) -> int:
        words = frozenset(value.split())
        bands = bands_of(sorted(words))
        rows = self._in(
            "SELECT script, words FROM script WHERE script IN (SELECT script FROM band WHERE band IN ({}))",
            bands,
        )
        near = [(overlap(words, frozenset(told.split())), -int(token)) for token, told in rows]
        if near and max(near)[0] >= ALIKE:
            return -max(near)[1]
        token = token_of(KeyKind.SCRIPT, value)
        self._store.put("INSERT INTO script (script, words) VALUES (?, ?)", [(token, value)])
        self._store.put(
            "INSERT INTO band (band, script) VALUES (?, ?) ON CONFLICT DO NOTHING", [(one, token) for one in bands]
        )
        return token

    def _known(self, keys: Sequence[Keyed]) -> Known:
        tokens = [key.token for key in keys]
        count: dict[int, int] = dict(self._in("SELECT token, reports FROM token WHERE token IN ({})", tokens))
        listed = [token for token, reports in count.items() if reports <= MOST_LISTED]
        holders: dict[int, dict[int, int]] = {}
        for token, report, suspect in self._in(
            "SELECT token, report, suspect FROM holding WHERE token IN ({})", listed
        ):
            holders.setdefault(token, {})[report] = suspect
        self._look_up_common(holders, [token for token in count if token not in listed])
        suspects = sorted({suspect for has in holders.values() for suspect in has.values()})
        size: dict[int, int] = dict(self._in("SELECT number, size FROM suspect WHERE number IN ({})", suspects))
        close = sorted(suspects, key=lambda one: (-sum(one in has.values() for has in holders.values()), one))
        profile: dict[int, dict[int, tuple[int, int]]] = {}
        for suspect, token, kind, times in self._in(
            "SELECT suspect, token, kind, count FROM shown WHERE suspect IN ({})", close[:MOST_WEIGHED]
        ):
            profile.setdefault(suspect, {})[token] = (kind, times)
        return Known(self._count, count, holders, size, profile, self._showing, self._beliefs)

    def _look_up_common(self, holders: dict[int, dict[int, int]], common: list[int]) -> None:
        """A key that too many have is asked only about the reports that share another key."""
        reports = sorted({report for has in holders.values() for report in has})[: 4 * MOST_LISTED]
        if common and reports:
            for token in common:
                found = self._in(
                    "SELECT report, suspect FROM holding WHERE report IN ({}) AND token = ?", reports, token
                )
                if found:
                    holders[token] = dict(found)

    def _keep(self, report: Report, number: int, keys: Sequence[Keyed], home: int) -> None:
        body = json.dumps(report.as_json(), ensure_ascii=False, separators=(",", ":"))
        self._store.put(
            "INSERT INTO report (number, id, suspect, body) VALUES (?, ?, ?, ?)", [(number, report.id, home, body)]
        )
        self._store.put(
            "INSERT INTO token (token, kind, reports) VALUES (?, ?, 1) "
            "ON CONFLICT (token) DO UPDATE SET reports = token.reports + 1",
            [(key.token, key.kind) for key in keys],
        )
        self._store.put(
            "INSERT INTO holding (token, report, suspect) VALUES (?, ?, ?)",
            [(key.token, number, home) for key in keys],
        )
        self._store.put(
            "INSERT INTO shown (suspect, token, kind, count) VALUES (?, ?, ?, 1) "
            "ON CONFLICT (suspect, token) DO UPDATE SET count = shown.count + 1",
            [(home, key.token, key.kind) for key in keys],
        )
        self._store.put(
            "INSERT INTO suspect (number, size) VALUES (?, 1) "
            "ON CONFLICT (number) DO UPDATE SET size = suspect.size + 1",
            [(home,)],
        )
        if home == number:
            self._showing.update({key.kind for key in keys})

    def _links(self, report: str, findings: Sequence[Finding], home: int) -> Iterable[Link]:
        shown = 0
        for one in findings:
            joined = one.suspect == home
            if not joined and (one.weight <= weigh.SHOWN or shown == weigh.MOST_SHOWN):
                continue
            shown += not joined
            (other,) = self._store.ask("SELECT id FROM report WHERE number = ?", (one.report,))[0]
            a, b = sorted((report, str(other)))
            yield Link(a, b, one.reasons, Strength.LINKED if joined else Strength.POSSIBLE)

    def _without_rejected(self, report: str, findings: list[Finding]) -> list[Finding]:
        foes = self._never.get(report)
        if not foes:
            return findings
        apart = {int(row[0]) for row in self._in("SELECT suspect FROM report WHERE id IN ({})", sorted(foes))}
        return [one for one in findings if one.suspect not in apart]

    def _rejected(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for a, b in self._store.ask("SELECT a, b FROM decision WHERE verdict = 'rejected'"):
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
        return found

    def _mend_images(self) -> None:
        """After a crash between the two: the database's list decides which hashes there are."""
        known = self._store.ask("SELECT hash FROM image WHERE number >= ? ORDER BY number", (len(self._images),))
        if known:
            self._images.append([bytes.fromhex(value) for (value,) in known])

    def _name(self, suspect: int) -> str:
        return suspect_name(str(self._store.ask("SELECT id FROM report WHERE number = ?", (suspect,))[0][0]))

    def _in(self, statement: str, values: Sequence[object], *more: object) -> list[Row]:
        """Ask with a list: `{}` becomes as many placeholders as there are values; no value is ever in the text."""
        return self._store.ask(statement.format(marks(len(values))), [*values, *more]) if values else []


def token_of(kind: KeyKind, value: str) -> int:
    """64 bits that stand for a key; two different keys share them less often than a disk errs."""
    return int.from_bytes(blake2b(f"{kind}:{value}".encode(), digest_size=8).digest(), "big", signed=True)
